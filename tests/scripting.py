"""Runs Python with the site's models at hand, each script in a process of its own.

Django is loaded once, in the process that waits for scripts; each is then run in a copy of it.
In and out go lines of JSON: `{"source": …}`, and `{"said": …, "failed": …}` for each.
"""

import io
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping
from contextlib import redirect_stdout


class Scripts:
    """A process that runs scripts with these settings; it starts when the first one comes."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._running: subprocess.Popen[str] | None = None

    def run(self, source: str) -> str:
        """What it printed. An AssertionError says why it failed."""
        running = self._running = self._running or self._started()
        assert running.stdin
        assert running.stdout
        running.stdin.write(json.dumps({"source": source}) + "\n")
        running.stdin.flush()
        answer = json.loads(running.stdout.readline() or '{"said": "", "failed": "it stopped"}')
        assert not answer["failed"], answer["failed"]
        return str(answer["said"])

    def stop(self) -> None:
        if self._running is not None:
            self._running.communicate()
            self._running = None

    def _started(self) -> subprocess.Popen[str]:
        settings = {"DJANGO_SETTINGS_MODULE": "deliberation.config.settings"}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.scripting"],
            env={**os.environ, **settings, **self._environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def serve() -> None:
    """Run each script that comes in, until there are no more."""
    import django

    django.setup()
    __import__("tests.given")  # models, known only from here on; most scripts use them
    for line in sys.stdin:
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            if status:
                _answer("", f"a script ended with status {status}")
        else:
            _run(json.loads(line)["source"])
            os._exit(0)


def _run(source: str) -> None:
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            exec(compile(source, "<script>", "exec"), {"__name__": "__script__"})
    except BaseException:
        _answer(said.getvalue(), traceback.format_exc())
    else:
        _answer(said.getvalue(), "")


def _answer(said: str, failed: str) -> None:
    print(json.dumps({"said": said, "failed": failed}), flush=True)


if __name__ == "__main__":
    serve()
