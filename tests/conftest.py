"""How tests run: settings of their own, a clock that stands still, real servers where asked.

`pytest --db=postgres` runs on a PostgreSQL of its own instead of a SQLite file.
`REQUIRE_SERVERS=1` makes a missing server a failure instead of a loud skip.
`HYPOTHESIS_PROFILE=thorough` looks for longer, and elsewhere each time.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from django.conf import settings as site
from django.utils import translation
from hypothesis import HealthCheck, settings
from psycopg.sql import SQL, Identifier

from deliberation.config.servers import Server, ServerMissing, postgres_server, redis_server
from tests.fakes import Clock
from tests.made import HOME

_PREFIX = "DELIBERATION_"
_HANDED_ON = {HOME, "DELIBERATION_DATABASE_URL"}  # to the processes of xdist
_SERVED = {"live", "redis", "postgres", "chaos", "e2e"}  # marks of tests that start servers
_open = ExitStack()


def _environment() -> None:
    """What a developer has set must not decide whether a test passes."""
    handed_on = _HANDED_ON if HOME in os.environ else set()
    for name in [name for name in os.environ if name.startswith(_PREFIX)]:
        if name not in handed_on:
            del os.environ[name]
    if HOME not in os.environ:
        os.environ[HOME] = tempfile.mkdtemp(prefix="deliberation-tests-")
        _open.callback(shutil.rmtree, os.environ[HOME], ignore_errors=True)
    os.environ["DELIBERATION_DATA_DIR"] = os.environ[HOME]
    os.environ["DELIBERATION_LOG_LEVEL"] = "WARNING"
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
        try:
            os.environ["DELIBERATION_DATABASE_URL"] = _open.enter_context(postgres_server())
        except ServerMissing as missing:
            raise pytest.UsageError(str(missing)) from missing
    database = site.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        # A file: Django's own choice, memory, has other locks than production.
        name = Path(os.environ[HOME]) / "tests.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(name)


@pytest.hookimpl(tryfirst=True)  # before xdist looks for groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares a server stays in one process, unless a test says with what it goes."""
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        if isinstance(item, pytest.Function) and marks & _SERVED and "xdist_group" not in marks:
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups that xdist does not see would start each server once a process, and nobody told."""
    if not getattr(session.config.option, "loadgroup", False):
        return
    grouped = (item for item in session.items if item.get_closest_marker("xdist_group"))
    if lost := [item.nodeid for item in grouped if "@" not in item.nodeid]:
        raise pytest.UsageError(f"pytest-xdist keeps no groups with this pytest: {lost[0]}")


def pytest_unconfigure() -> None:
    _open.close()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page leaves its reader's language behind in the thread; the next test starts afresh."""
    with translation.override(site.LANGUAGE_CODE):
        yield


@pytest.fixture
def clock() -> Clock:
    """An evening in March that lasts until the test moves it."""
    return Clock()


@pytest.fixture(scope="session")
def redis() -> Iterator[Server]:
    """A Redis of our own: its address, and the means to kill it."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(redis_server())
        except ServerMissing as missing:
            absent(str(missing))
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of our own: its address, and the means to kill it."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres_server())
        except ServerMissing as missing:
            absent(str(missing))
        yield server


@pytest.fixture(scope="session")
def new_database(postgres: Server) -> Callable[[], str]:
    """Makes an empty database in the PostgreSQL of our own; gives its address."""
    names = (f"of_its_own_{number}" for number in itertools.count(1))

    def make() -> str:
        name = next(names)
        with psycopg.connect(str(postgres), autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        return f"{postgres.rpartition('/')[0]}/{name}"

    return make


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or absent(
        "Chromium is not installed on this machine. Install it, on Debian or Ubuntu with: "
        "sudo apt-get install chromium"
    )


def absent(why: str) -> NoReturn:
    """Skip in one loud line, or fail where every server must be there."""
    if os.environ.get("REQUIRE_SERVERS") == "1":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
