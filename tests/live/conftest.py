"""Real servers for the tests here."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deliberation.config.servers import Server
from tests.serving import site

from .town import Place, Town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One process on SQLite."""
    with site(tmp_path_factory.mktemp("town")) as running:
        yield Town.of(running)


@pytest.fixture(scope="session")
def city(
    tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str], redis: Server
) -> Iterator[Town]:
    """Two processes on PostgreSQL and Redis."""
    settings = {"DELIBERATION_DATABASE_URL": new_database(), "DELIBERATION_REDIS_URL": str(redis)}
    folder = tmp_path_factory.mktemp("city")
    with site(folder, "--workers", "2", environment=settings) as running:
        yield Town.of(running)


@pytest.fixture
def place(town: Town) -> Place:
    """A room of its own for each test."""
    return town.place()


@pytest.fixture
def square(city: Town) -> Place:
    """The same on two processes."""
    return city.place()


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """A server for one test alone, that may be hurt."""
    with ExitStack() as stack:

        def make(*arguments: str, **environment: str) -> Town:
            folder = tmp_path / f"site{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            given = {f"DELIBERATION_{name}": value for name, value in environment.items()}
            running = stack.enter_context(site(folder, *arguments, environment=given))
            return Town.of(running, rooms=2, people=8)

        yield make
