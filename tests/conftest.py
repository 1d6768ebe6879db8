"""How tests run: settings of their own, a clock that stands still, real servers where asked.

`pytest --db=postgres` runs on a PostgreSQL of its own instead of a SQLite file.
`REQUIRE_SERVERS=1` makes a missing server a failure instead of a loud skip.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes import Clock

_PREFIX = "DELIBERATION_"
_HOME = "DELIBERATION_TEST_HOME"  # handed on to the processes of xdist
_CHROMIUM = ("chromium", "chromium-browser")
_open = ExitStack()


def _environment() -> None:
    """What a developer has set must not decide whether a test passes."""
    kept = {
        name: os.environ[name]
        for name in (_HOME, _PREFIX + "DATABASE_URL")
        if _HOME in os.environ and name in os.environ
    }
    for name in [name for name in os.environ if name.startswith(_PREFIX)]:
        del os.environ[name]
    os.environ.update(kept)
    if _HOME not in os.environ:
        os.environ[_HOME] = tempfile.mkdtemp(prefix="deliberation-tests-")
        _open.callback(shutil.rmtree, os.environ[_HOME], ignore_errors=True)
    os.environ["DELIBERATION_DATA_DIR"] = os.environ[_HOME]
    os.environ.setdefault("DELIBERATION_LOG_LEVEL", "WARNING")
    os.environ["DJANGO_SETTINGS_MODULE"] = "deliberation.config.settings"


_environment()
_calm = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("quick", derandomize=True, database=None, **_calm)
settings.register_profile("thorough", max_examples=2000, print_blob=True, **_calm)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgres"), default="sqlite")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--db") == "postgres" and not hasattr(config, "workerinput"):
        missing = _missing("postgres")
        if missing:
            raise pytest.UsageError(missing)
        from deliberation.config.servers import postgres_server

        os.environ["DELIBERATION_DATABASE_URL"] = _open.enter_context(postgres_server())
    _name_test_database()


def _name_test_database() -> None:
    """A SQLite file: Django's own choice, memory, has other locks than production."""
    from django.conf import settings as site

    database = site.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = Path(os.environ[_HOME]) / "tests.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(name)


def pytest_unconfigure() -> None:
    _open.close()


@pytest.fixture
def clock() -> Clock:
    """An evening in March that lasts until the test moves it."""
    return Clock()


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis of our own."""
    _need("redis-server")
    from deliberation.config.servers import redis_server

    with redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL of our own."""
    _need("postgres")
    from deliberation.config.servers import postgres_server

    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is None:
        _absent(
            "Chromium is not installed: no browser is tested. Install: apt-get install chromium"
        )
    return str(found)


def _missing(server: str) -> str:
    return ""


def _need(server: str) -> None:
    if missing := _missing(server):
        _absent(missing)


def _absent(words: str) -> None:
    say: Callable[[str], object] = (
        pytest.fail if os.environ.get("REQUIRE_SERVERS") == "1" else pytest.skip
    )
    say(words)
