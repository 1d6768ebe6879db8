"""The real server as a process of its own, on a free port, with a data folder of its own."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deliberation.config.processes import Process, free_port

from .made import copied
from .scripting import Scripts

LOG = "server.log"
DATABASE = "deliberation.sqlite3"


class Site:
    """A running server: `url`, and the means to kill it and start it again at the same address."""

    def __init__(self, folder: Path, arguments: list[str], environment: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.environment = {
            "DELIBERATION_DATA_DIR": str(folder),
            "DELIBERATION_LOG_LEVEL": "INFO",
            "DELIBERATION_METRICS_TOKEN": "meten",
            "PYTHONPATH": str(Path(__file__).parents[1]),
            **environment,
        }
        self._scripts = Scripts(self.environment)
        command = [sys.executable, "-m", "deliberation", "serve", "--port", str(self.port)]
        self.process = Process(
            [*command, *arguments],
            log=folder / LOG,
            ready=self.answers,
            environment=self.environment,
        )

    def live(self, room: str, query: str = "") -> str:
        """The address of a room's WebSocket."""
        return f"ws://127.0.0.1:{self.port}/live/{room}?{query}"

    @property
    def log(self) -> str:
        """Everything the server said."""
        return (self.folder / LOG).read_text(errors="replace")

    def run(self, *words: str) -> str:
        """Run a `deliberation` command with this server's settings; returns what it printed."""
        return _run([sys.executable, "-m", "deliberation", *words], self.environment)

    def script(self, source: str) -> str:
        """Run Python with the site's models at hand; returns what it printed."""
        return self._scripts.run(source)

    def close(self) -> None:
        """Kill it, and what ran its scripts."""
        self._scripts.stop()
        self.process.kill()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def _run(command: list[str], environment: Mapping[str, str]) -> str:
    whole = {**os.environ, "DJANGO_SETTINGS_MODULE": "deliberation.config.settings", **environment}
    done = subprocess.run(command, env=whole, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def demonstration(folder: Path, states: str = "") -> None:
    """Fill a folder with the demonstration; what `states` prints is in `made.json` there."""
    filled = Site(folder, [], {"DELIBERATION_DEMO": "1"})
    filled.run("release", "--quiet")
    filled.run("demo")
    if states:
        (folder / "made.json").write_text(filled.script(states))
    filled.close()


@contextmanager
def site(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """A migrated, running server; it is gone afterwards. A folder that has data is kept so."""
    running = Site(folder, list(arguments), environment or {})
    if "DELIBERATION_DATABASE_URL" in running.environment:
        running.run("release", "--quiet")
    elif not (folder / DATABASE).exists():
        copied("migrated", folder, _migrate)
    running.process.start()
    try:
        yield running
    finally:
        running.close()


def _migrate(folder: Path) -> None:
    Site(folder, [], {}).run("release", "--quiet")
