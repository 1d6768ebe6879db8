"""Role x action x object, every combination, against what was decided (declared.py)."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest
from django.db import transaction

from deliberation.agenda import access, services
from deliberation.agenda.models import (
    Contest,
    Edit,
    Need,
    NeedState,
    Response,
    Suggestion,
    SuggestionKind,
)
from deliberation.agenda.payloads import MoreMessages, stored
from deliberation.agenda.rights import Action
from deliberation.agenda.services.editing import need_edit
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.people.roles import Role
from rooms.models import Neighbourhood
from tests import given
from tests.app.declared import ROLES
from tests.fakes import EVENING

from .declared import ACTIONS, SERVICES, refusal
from .doing import do
from .given import a_need, a_suggestion, said

SOON = EVENING + timedelta(hours=1)
BANS = ("none", "here", "elsewhere", "everywhere")
RIGHTS = {"signed_out", "not_allowed", "banned", "no_need"}  # refusals that are about the person


# Nothing is forgotten


@cache
def found_services() -> dict[str, Callable[..., Any]]:
    """Every public function that acts for someone at some time."""
    found: dict[str, Callable[..., Any]] = {}
    for place in pkgutil.iter_modules(services.__path__, f"{services.__name__}."):
        module = importlib.import_module(place.name)
        for name, value in vars(module).items():
            if getattr(value, "__module__", "") == place.name and is_service(name, value):
                found[name] = value
    return found


def is_service(name: str, value: object) -> bool:
    if name.startswith("_") or not inspect.isfunction(value):
        return False
    parameters = inspect.signature(value).parameters
    by_name = all(one.kind is one.KEYWORD_ONLY for one in parameters.values())
    return by_name and {"actor", "at"} <= set(parameters)


def test_every_role_and_action_is_declared() -> None:
    assert set(ROLES.split()) == set(Role)
    assert set(ACTIONS) == set(Action)


def test_every_service_is_declared() -> None:
    assert set(found_services()) == set(SERVICES)
    assert {one.action for one in SERVICES.values()} <= set(ACTIONS)
    assert {state for one in SERVICES.values() for state in one.states.split()} == set(NeedState)


# Role x action x ban


def an_actor(role: str, ban: str) -> Actor:
    key = None if role in ("visitor", "display") else 1
    roles = {Role(role)} | ({Role.RESIDENT} if key else set())
    places = {"none": {}, "here": {"plein": SOON}, "elsewhere": {"dal": SOON}}
    return Actor(key, "Iemand", frozenset(roles), places.get(ban, {"": SOON}))


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_each_combination_comes_out_as_declared(action: str) -> None:
    place = given.a_room("plein").neighbourhood
    for role, ban in product(ROLES.split(), BANS):
        said_no = outcome(
            lambda: access.require(an_actor(role, ban), place, to=Action(action), at=EVENING)  # noqa: B023
        )
        assert said_no == refusal(action, role, ban=ban), (role, ban)


def outcome(run: Callable[[], object]) -> str:
    """The code of the refusal, or "" when it passed."""
    try:
        run()
    except Refused as refused:
        return refused.code if refused.text % refused.values else "said nothing"
    return ""


# The real services: role x state of the need, and ban


class Scene:
    """A neighbourhood with a need in the state wanted, and whatever a service asks beside it."""

    def __init__(self, state: str) -> None:
        self.room = given.a_room("plein")
        self.place: Neighbourhood = self.room.neighbourhood
        self.people: dict[str, Person | None] = {
            "visitor": None,
            "resident": given.a_resident("Fatima"),
            "manager": given.a_manager("Mieke"),
            "official": given.an_official("Olaf"),
            "council": given.a_council_member(),
            "administrator": given.an_administrator(),
        }
        self.parts = said(self.room)
        self.need = self._need(NeedState(state or "on_agenda"))
        self.goal = a_need(self.room)

    def _need(self, state: NeedState) -> Need:
        if state == NeedState.SUGGESTED:
            return a_suggestion(self.room, on=self.parts)
        return a_need(self.room, self.parts, state=state)

    def fields(self, name: str) -> dict[str, Any]:
        """What the service has to be told, by the names of its parameters."""
        asked = inspect.signature(found_services()[name]).parameters.values()
        names = [one.name for one in asked if one.default is one.empty]
        if name in _PREPARED:
            _PREPARED[name](self)
        own = _WORDS.get(name, {})
        return {
            one: own[one] if one in own else _FROM[one](self)
            for one in [*names, *own]
            if one not in ("actor", "at")
        }

    def suggestion(self) -> int:
        """Something is suggested about the need: itself, or more messages for it."""
        found = Suggestion.objects.filter(need=self.need, kind=SuggestionKind.NEW).first()
        more = MoreMessages(room=self.room.pk, parts=(given.a_message(self.room).pk,))
        return (found or self._suggested(more)).pk

    def _suggested(self, payload: MoreMessages) -> Suggestion:
        return Suggestion.objects.create(
            neighbourhood=self.place,
            need=self.need,
            kind=SuggestionKind.MORE,
            key=f"{self.need.pk}",
            payload=stored(payload),
            at=EVENING,
        )

    def edit(self) -> int:
        """Someone changed the theme of the need, before it came where it is."""
        state = self.need.state
        Need.objects.filter(pk=self.need.pk).update(state=NeedState.ON_AGENDA)
        do(need_edit, by=self.people["manager"], need=self.need.pk, theme="wonen")
        Need.objects.filter(pk=self.need.pk).update(state=state)
        found = Edit.objects.last()
        assert found is not None
        return found.pk

    def contest(self) -> int:
        wanted = {"need": self.need, "kind": "missing", "words": "En de stoep?", "at": EVENING}
        return Contest.objects.create(**wanted).pk

    def response(self, state: Response.State) -> None:
        """A colleague of all who are here wrote an answer."""
        Response.objects.create(
            need=self.need,
            state=state,
            outcome="taken_over",
            reason="Er komt een zebrapad.",
            author=given.an_official("Otto"),
            drafted_at=EVENING,
            reader=given.an_official("Roos") if state == Response.State.READ else None,
        )


_FROM: dict[str, Callable[[Scene], Any]] = {
    "need": lambda scene: scene.need.pk,
    "needs": lambda scene: [scene.need.pk],
    "into": lambda scene: scene.goal.pk,
    "messages": lambda scene: [scene.parts[2].pk],
    "neighbourhood": lambda scene: scene.place,
    "suggestion": Scene.suggestion,
    "edit": Scene.edit,
    "contest": Scene.contest,
    "thread": lambda scene: scene.parts[0].thread_id,
    "owner": lambda scene: scene.people["official"].pk if scene.people["official"] else None,
    "words": lambda _: "Een brede stoep",
    "text": lambda _: "Het ligt er.",
    "reason": lambda _: "Daarom.",
    "answer": lambda _: "De stoep staat er nu bij.",
    "body": lambda _: "staff",
    "kind": lambda _: "missing",
    "on": lambda _: EVENING.date(),
    "until": lambda _: EVENING.date() + timedelta(days=200),
}
# What is said beside what has to be.
_WORDS: dict[str, dict[str, Any]] = {"need_edit": {"theme": "groen"}}
# What has to be there first.
_PREPARED: dict[str, Callable[[Scene], object]] = {
    "response_read": lambda scene: scene.response(Response.State.DRAFT),
    "response_publish": lambda scene: scene.response(Response.State.READ),
}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [*NeedState, ""])
def test_each_service_refuses_by_role_and_by_the_state_of_its_need(state: str) -> None:
    scene = Scene(state)
    for name, declared in SERVICES.items():
        if bool(state) != bool(declared.states):
            continue
        with undone():
            fields = scene.fields(name)
            for role, person in scene.people.items():
                said_no = run(name, person, fields)
                denied = refusal(declared.action, role, seen=is_seen(name, state))
                if denied or not state or state in declared.states.split():
                    assert said_no == denied, (name, role, state)
                else:
                    assert said_no not in {"", *RIGHTS}, (name, role, state)


@pytest.mark.django_db
@pytest.mark.parametrize("ban", BANS[1:])
def test_each_service_refuses_by_ban(ban: str) -> None:
    scene = Scene("on_agenda")
    person = scene.people["resident"]
    assert person is not None
    place = elsewhere() if ban == "elsewhere" else scene.room
    given.a_ban(person, place, until=SOON, everywhere=ban == "everywhere")
    for name, declared in SERVICES.items():
        with undone():
            expected = refusal(declared.action, "resident", ban=ban)
            assert run(name, person, scene.fields(name)) == expected, name


def elsewhere() -> Any:
    """A room of another neighbourhood."""
    room = given.a_room("dal")
    room.neighbourhood = Neighbourhood.objects.create(slug="dal", name="Het Dal")
    room.save()
    return room


def run(name: str, person: Person | None, fields: dict[str, Any]) -> str:
    """The code of the refusal, or "" when it passed; nothing of it stays."""
    with undone():
        return outcome(lambda: do(found_services()[name], by=person, **fields))


def is_seen(name: str, state: str) -> bool:
    """Whether everyone can see the need; not asked where it is found by something else."""
    by_need = {"need", "contest"} & set(inspect.signature(found_services()[name]).parameters)
    return state != NeedState.SUGGESTED or not by_need
