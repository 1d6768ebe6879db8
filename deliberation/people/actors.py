"""The person as a command sees them: loaded fresh, in the command's own transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from deliberation.protocol.shapes import Author

from .models import Ban, Person
from .roles import Role, badge_of, staff_roles

_STAFF = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
# Built once: who writes is asked in every transaction.
_ACTIVE = Person.objects.filter(is_active=True).values_list(
    "pk", "name", "roles", "bans__place", "bans__until", "bans__lifted_at"
)


@dataclass(frozen=True)
class Actor:
    """`id` is None for a visitor. `bans` maps a place ("" = everywhere) to its end."""

    id: int | None
    name: str = ""
    roles: frozenset[Role] = frozenset({Role.VISITOR})
    bans: dict[str, datetime] = field(default_factory=dict)

    @property
    def is_staff(self) -> bool:
        """May see the staff stream."""
        return bool(self.roles & _STAFF)

    def banned_until(self, place: str) -> datetime | None:
        """When this person may write again in `place`; None if they may now."""
        ends = [self.bans[key] for key in ("", place) if key in self.bans]
        return max(ends, default=None)

    @property
    def person(self) -> int:
        """The id of who writes. A visitor has none: ValueError."""
        if self.id is None:
            raise ValueError("a visitor writes nothing")
        return self.id

    def author(self) -> Author:
        """How this actor stands beside their words. A visitor has none: ValueError."""
        return Author(id=self.person, name=self.name, badge=badge_of(self.roles))


VISITOR = Actor(id=None)
SYSTEM = Actor(id=None, roles=frozenset({Role.ADMINISTRATOR}))  # what happens by itself


def actors(ids: Iterable[int], *, at: datetime) -> dict[int, Actor]:
    """Actors by id, in one plain query; who is unknown or inactive is left out."""
    found: dict[int, Actor] = {}
    for pk, name, roles, place, until, lifted in _ACTIVE.filter(pk__in=set(ids)):
        actor = found.setdefault(pk, Actor(pk, name, staff_roles(roles) | {Role.RESIDENT}))
        if until is not None and lifted is None and until > at:
            actor.bans[place] = max(until, actor.bans.get(place, until))
    return found


def actor_of(person: Person | None, *, at: datetime) -> Actor:
    """The actor for a signed-in person, or the visitor for None."""
    return actor_by_id(person.pk if person else None, at=at)


def actor_by_id(person: int | None, *, at: datetime) -> Actor:
    """The actor with this id, or the visitor where there is none."""
    return VISITOR if person is None else actors([person], at=at).get(person, VISITOR)


@dataclass(frozen=True)
class Standing:
    """What may change about someone who stays connected. `era` is another one once they ended
    all their sessions elsewhere (`era_of`)."""

    is_staff: bool
    era: int


def era_of(password: str) -> int:
    """A number for what sessions hold a hash of. It means nothing in another process."""
    return hash(password)


def standings(ids: Collection[int]) -> dict[int, Standing]:
    """Like `actors`, for thousands at once: no rows are made into objects, and bans left out."""
    rows = Person.objects.filter(pk__in=ids, is_active=True).values_list("pk", "roles", "password")
    return {
        person: Standing(not _STAFF.isdisjoint(roles), era_of(password))
        for person, roles, password in rows
    }


def bans_in_force(at: datetime) -> dict[int, set[str]]:
    """By person, the places ("" = everywhere) where they may not write at `at`."""
    places: dict[int, set[str]] = {}
    for person, place in Ban.objects.in_force(at).values_list("person_id", "place"):
        places.setdefault(person, set()).add(place)
    return places
