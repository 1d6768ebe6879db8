"""A server with rooms and people of which each test gets its own."""

import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import httpx

from tests.serving import Site

from .talking import Client, talking

ROOMS, PEOPLE = 120, 150


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
    def of(cls, running: Site, *, rooms: int = ROOMS, people: int = PEOPLE) -> "Town":
        source = f"from tests.live.preparing import prepare; prepare({rooms}, {people})"
        found = json.loads(running.script(source))
        places = [(slug, thread) for slug, thread in found["rooms"]]
        residents = [Person(*fields) for fields in found["residents"]]
        return cls(running, places, residents, Person(*found["manager"]))

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
        # Plain HTTP: without `verify`, no certificates are read for each client.
        return httpx.AsyncClient(
            base_url=self.site.url, headers=headers, timeout=60, trust_env=False, verify=False
        )

    @staticmethod
    def seconds(moment: str) -> float:
        """A time on the wire as seconds."""
        return datetime.fromisoformat(moment).timestamp()

    def fill(self, count: int, *, size: int = 0) -> None:
        """More messages, written by another process, which rings no bell here."""
        source = f"from tests.live.preparing import fill; fill({self.slug!r}, {count}, {size})"
        self.site.script(source)
