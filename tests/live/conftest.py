"""A real server for all tests here, with rooms and people of which each test gets its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from deliberation.config.servers import Server
from tests.serving import Site, site

from .talking import Client, talking

ROOMS, PEOPLE = 60, 90


class Person(NamedTuple):
    id: int
    name: str
    cookie: str


NOBODY = Person(0, "", "")


@dataclass
class Town:
    """A server's rooms and people that no test has used yet."""

    site: Site
    rooms: list[tuple[str, int]]
    residents: list[Person]
    manager: Person

    @classmethod
    def of(cls, running: Site) -> "Town":
        source = f"from tests.live.preparing import prepare; prepare({ROOMS}, {PEOPLE})"
        found = json.loads(running.script(source))
        rooms = [(slug, thread) for slug, thread in found["rooms"]]
        residents = [Person(*fields) for fields in found["residents"]]
        return cls(running, rooms, residents, Person(*found["manager"]))

    def place(self) -> "Place":
        slug, thread = self.rooms.pop()
        return Place(self, self.site, slug, thread)


@dataclass
class Place:
    """A room with one thread of one message, and its server."""

    town: Town
    site: Site
    slug: str
    thread: int

    @property
    def manager(self) -> Person:
        return self.town.manager

    def resident(self) -> Person:
        """Someone new."""
        return self.town.residents.pop()

    def talking(
        self,
        person: Person = NOBODY,
        query: str = "",
        *,
        origin: str | None = None,
        language: str = "en",
    ) -> AbstractAsyncContextManager[Client]:
        address = self.site.live(self.slug, query)
        return talking(address, person.cookie, origin=origin, language=language)

    def http(self, person: Person = NOBODY) -> httpx.AsyncClient:
        headers = {"Cookie": person.cookie} if person.cookie else {}
        return httpx.AsyncClient(
            base_url=self.site.url, headers=headers, timeout=60, trust_env=False
        )

    def fill(self, count: int) -> None:
        """More messages, written by another process."""
        self.site.script(f"from tests.live.preparing import fill; fill({self.slug!r}, {count})")


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One process on SQLite."""
    with site(tmp_path_factory.mktemp("town")) as running:
        yield Town.of(running)


@pytest.fixture(scope="session")
def city(
    tmp_path_factory: pytest.TempPathFactory, postgres: Server, redis: Server
) -> Iterator[Town]:
    """Two processes on PostgreSQL and Redis."""
    settings = {"DELIBERATION_DATABASE_URL": str(postgres), "DELIBERATION_REDIS_URL": str(redis)}
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
            return Town.of(stack.enter_context(site(folder, *arguments, environment=given)))

        yield make
