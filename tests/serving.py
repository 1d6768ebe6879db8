"""The real server as a process of its own, on a free port, with a data folder of its own."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deliberation.config.processes import Process, free_port

LOG = "server.log"


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
        prepared = f"import django; django.setup()\n{source}"
        return _run([sys.executable, "-c", prepared], self.environment)

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


@contextmanager
def site(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Site]:
    """A migrated, running server; it is gone afterwards."""
    running = Site(folder, list(arguments), environment or {})
    running.run("release", "--quiet")
    running.process.start()
    try:
        yield running
    finally:
        running.process.kill()
