"""Role x action x object, every combination, against what was decided (declared.py)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction

import moderation.services
import rooms.services
from deliberation.config.routing import COMMANDS
from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.people.roles import Role
from deliberation.protocol import shapes
from deliberation.protocol.commands import AnyCommand
from moderation.services import message_hide
from rooms import access
from rooms.models import (
    Message,
    MessageState,
    Mode,
    Neighbourhood,
    Poll,
    PollState,
    Room,
    ThreadState,
    Turn,
)
from rooms.rights import Action
from rooms.services import (
    floor_add,
    floor_next,
    floor_set,
    hall_note,
    message_retract,
    thread_close,
    thread_merge,
    thread_move,
)
from tests import given
from tests.contract.wire import cases, tag
from tests.doing import do
from tests.fakes import EVENING

from .declared import (
    ACTIONS,
    MESSAGES,
    MODES,
    NOT_IN_DRAFTS,
    OBJECTS,
    ROLES,
    SERVICES,
    THREADS,
    refusal,
)

SOON = EVENING + timedelta(hours=1)
BANS = {
    "none": {},
    "here": {"plein": SOON},
    "elsewhere": {"hof": SOON},
    "everywhere": {"": SOON},
}
HOLDS = {"here", "everywhere"}
OWNERS = {"resident", "manager"}  # whose own words are tried in every state


# Nothing is forgotten


def services() -> dict[str, Callable[..., Any]]:
    packages = (rooms.services, moderation.services)
    return {name: getattr(one, name) for one in packages for name in one.__all__}


def test_every_role_action_and_mode_is_declared() -> None:
    assert set(ROLES.split()) == set(Role)
    assert set(ACTIONS) == set(Action)
    assert set(MODES.split()) == set(Mode)


def test_every_service_is_declared() -> None:
    assert set(services()) == set(SERVICES)
    assert set(SERVICES.values()) <= set(ACTIONS)


def test_every_command_is_declared_and_leads_to_its_service() -> None:
    assert {tag(command) for command in cases(AnyCommand)} == set(OBJECTS)
    assert set(COMMANDS) == set(cases(AnyCommand))
    for command, service in COMMANDS.items():
        assert SERVICES[service.__name__] == tag(command)


def test_every_state_is_declared() -> None:
    assert set(MessageState) <= set(MESSAGES.split())
    assert set(ThreadState) <= set(THREADS.split())
    for action, states in OBJECTS.items():
        if action.startswith(("message.", "stance.")) and action != "message.post":
            assert set(states) == set(MESSAGES.split())
        elif action.startswith(("thread.", "message.")) and "open" in states:
            assert set(states) == set(THREADS.split())


# Role x action x room x mode x ban x ownership, without a database


def a_room(mode: str, *, ended: bool, draft: bool) -> Room:
    until = None if mode == "open" else EVENING if ended else SOON
    return Room(
        slug="plein",
        neighbourhood=Neighbourhood(name="Kade"),
        opened_at=None if draft else EVENING,
        mode=mode,
        mode_reason="Ruzie.",
        mode_until=until,
    )


def an_actor(role: str, ban: str) -> Actor:
    key = None if role in ("visitor", "display") else 1
    roles = {Role(role)} | ({Role.RESIDENT} if key else set())
    return Actor(key, "Iemand", frozenset(roles), BANS[ban])


@pytest.mark.parametrize("role", ROLES.split())
@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_each_combination_comes_out_as_declared(action: str, role: str) -> None:
    booleans = (False, True)
    for mode, ended, draft, ban, own in product(MODES.split(), booleans, booleans, BANS, booleans):
        room, actor = a_room(mode, ended=ended, draft=draft), an_actor(role, ban)
        expected = refusal(
            action, role, mode=mode, ended=ended, draft=draft, banned=ban in HOLDS, own=own
        )
        message = Message(author_id=actor.id if own else 2)
        said = outcome(access.require, actor, room, to=Action(action), at=EVENING, own=message)
        assert said == expected, (mode, ended, draft, ban, own)
        without_own = "" if expected == "not_yours" else expected
        assert access.may(actor, room, Action(action), at=EVENING) == (not without_own)


def outcome(attempt: Callable[..., object], *args: Any, **fields: Any) -> str:
    """The code of the refusal, or "" when it passed."""
    try:
        attempt(*args, **fields)
    except Refused as refused:
        return refused.code if refused.text % refused.values else "said nothing"
    return ""


# The real services: roles x objects, and roles x modes x bans


class Scene:
    """A room with one of everything, and the people around it."""

    def __init__(self) -> None:
        self.room, self.hof = given.a_room("plein"), given.a_room("hof")
        self.people: dict[str, Person | None] = {
            "visitor": None,
            "resident": given.a_resident("Fatima"),
            "manager": given.a_manager("Mieke"),
            "official": given.an_official(),
            "council": given.a_council_member(),
            "administrator": given.an_administrator(),
        }
        self.other = given.a_resident("Ander")
        self.targets = {
            "resident": self.other,
            "banned": given.a_resident("Boos"),
            "staff": given.an_official("Otto"),
        }
        given.a_ban(self.targets["banned"], self.room)
        self.goal = given.a_thread(self.room, "Doel", by=self.other)
        self.meetings = {
            "planned": given.a_meeting(self.room).pk,
            "going_on": given.a_meeting(self.room, "open").pk,
            "over": given.a_meeting(self.room, "closed").pk,
            "in_hof": given.a_meeting(self.hof).pk,
        }

    def message(self, state: str, author: Person) -> Message:
        """A message in `state`, written by `author` whoever they are."""
        thread = given.a_thread(self.room, by=self.other)
        at = EVENING - timedelta(minutes=16) if state == "late" else EVENING
        message = given.a_message(self.room, thread, by=author, at=at)
        keep = {"by": self.people["manager"], "room": self.room, "reason": "Zo is het."}
        if state == "retracted":
            do(message_retract, by=author, room=self.room, message=message.pk)
        elif state == "hidden":
            do(message_hide, **keep, message=message.pk, ground="insult")
        elif state == "erased":
            Message.objects.filter(pk=message.pk).update(state="erased", body="", author=None)
        elif state != "shown":
            self._end(state.removeprefix("in_"), thread.pk)
        return message

    def thread(self, state: str) -> int:
        place = self.hof if state == "elsewhere" else self.room
        thread = given.a_thread(place, by=self.other)
        self._end(state, thread.pk)
        return thread.pk

    def talked(self) -> None:
        """Someone has the floor and someone waits for it."""
        going_on = {"room": self.room, "meeting": self.meetings["going_on"]}
        going_on |= {"by": self.people["manager"]}
        do(floor_set, **going_on, open=True, seconds=60)
        for _ in range(2):
            do(floor_add, **going_on)
        do(floor_next, **going_on)

    def waited(self, state: str) -> None:
        """All around wait for the floor of the meeting that goes on."""
        if state == "going_on":
            Turn.objects.filter(person__isnull=False).delete()
            for person in filter(None, [*self.people.values(), self.other]):
                Turn.objects.create(
                    meeting_id=self.meetings[state], where="online", person=person, asked_at=EVENING
                )

    def poll(self, state: str) -> int:
        meeting = self.meetings["in_hof" if state == "in_hof" else "going_on"]
        kept = state if state in PollState.values else "open"
        asked = {"question": "Zo?", "kind": "single", "options": ["Ja", "Nee"]}
        return Poll.objects.get_or_create(meeting_id=meeting, state=kept, defaults=asked)[0].pk

    def in_hall(self, state: str) -> int:
        if state == "written_online":
            return given.a_message(self.room, self.goal, by=self.other).pk
        ago = timedelta(minutes=11 if state == "ten_minutes_ago" else 0)
        keep = {"by": self.people["manager"], "room": self.room, "at": EVENING - ago}
        place = {"meeting": self.meetings["planned"], "thread": self.goal.pk}
        return int(do(hall_note, **keep, **place, body="Gezegd.").id)

    def _end(self, state: str, thread: int) -> None:
        keep = {"by": self.people["manager"], "room": self.room, "thread": thread, "reason": "Zo."}
        if state == "closed":
            do(thread_close, **keep)
        elif state == "merged":
            do(thread_merge, **keep, into=self.goal.pk)
        elif state == "moved":
            do(thread_move, **keep, to_room="hof")

    def fields(self, action: str, state: str, author: Person) -> dict[str, Any]:
        """What the command says, about an object in `state`."""
        fields = dict(_WORDS.get(action, {}))
        if action == "message.post" or (action.startswith("thread.") and action != "thread.open"):
            fields["thread"] = self.thread(state)
        elif action.startswith(("message.", "stance.")):
            fields["message"] = self.message(state, author).pk
        elif action.startswith("meeting."):
            fields["meeting"] = self.meetings[state]
        elif action == "floor.drop":
            fields["meeting"] = self.meetings["going_on"]
            waits = {"meeting_id": fields["meeting"], "where": "hall", "asked_at": EVENING}
            fields["turn"] = Turn.objects.create(**waits).pk if state == "waits" else 999_999
        elif action.startswith("floor."):
            fields["meeting"] = self.meetings[state]
            if state == "going_on":
                self.talked()
            if action == "floor.leave":
                self.waited(state)
        elif action == "poll.new":
            fields["meeting"] = self.meetings[state]
        elif action.startswith("poll."):
            if action != "poll.vote":
                fields["meeting"] = self.meetings["going_on"]
            fields["poll"] = self.poll(state)
        elif action == "hall.note":
            fields |= {"meeting": self.meetings[state], "thread": self.goal.pk}
        elif action.startswith("hall."):
            fields["message"] = self.in_hall(state)
        elif action.startswith("person."):
            fields["person"] = self.targets[state].pk
        if action == "meeting.sort":
            fields["message"] = self.goal.messages.get().pk
        if action == "thread.merge":
            fields["into"] = self.goal.pk
        return fields


_WHY = {"reason": "Daarom."}
_GROUND = {"ground": "insult", **_WHY}
_WORDS: dict[str, dict[str, Any]] = {
    "message.post": {"body": "Hoi"},
    "message.edit": {"body": "Anders"},
    "message.hide": _GROUND,
    "message.restore": _WHY,
    "stance.take": {"value": "agree"},
    "thread.open": {"title": "Licht", "kind": "need", "body": "Donker."},
    "thread.rename": {"title": "Anders"},
    "thread.move": {"to_room": "hof"} | _WHY,
    "thread.merge": _WHY,
    "thread.close": _WHY,
    "room.mode": {"mode": "open"},
    "meeting.show": {"scene": shapes.Scene(kind="welcome")},
    "meeting.blank": {"blank": True},
    "meeting.sort": {"state": "kept"},
    "meeting.screening": {"screening": "approve", "delay": 5, "names": True},
    "floor.set": {"open": True, "seconds": 60},
    "poll.new": {"question": "Zo?", "kind": "single", "options": ["Ja", "Nee"]},
    "poll.hands": {"hands": [1, 2]},
    "poll.vote": {"choice": [0]},
    "hall.note": {"body": "Het is donker."},
    "hall.correct": {"body": "Het is er donker."},
    "person.ban": {"until": SOON} | _GROUND,
    "person.unban": _WHY,
}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def command(action: str) -> Callable[..., Done]:
    found = services()
    return next(found[name] for name, needs in SERVICES.items() if needs == action)


def carried_out(scene: Scene, action: str, role: str, fields: dict[str, Any]) -> str:
    attempt = {"by": scene.people[role], "room": scene.room, "ref": new_ref(), **fields}
    return outcome(do, command(action), **attempt)


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(OBJECTS))
def test_each_service_refuses_by_the_state_of_what_it_is_about(action: str) -> None:
    scene, open_room = Scene(), {"mode": "open", "ended": False, "draft": False, "banned": False}
    for state, code in OBJECTS[action].items():
        others = scene.fields(action, state, scene.other)
        for role, own in product(scene.people, (False, True)):
            person = scene.people[role]
            if own and (role not in OWNERS or not ACTIONS[action].own):
                continue
            fields = scene.fields(action, state, person) if own and person else others
            # Nobody owns what is erased; for other actions it does not matter whose it is.
            mine = state != "erased" and (own or not ACTIONS[action].own)
            denied = refusal(action, role, **open_room, own=mine)
            gone = state == "moved" and denied == "not_yours"
            with undone():
                said = carried_out(scene, action, role, fields)
            assert said == (code if gone else denied or code), (role, state, own)


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(OBJECTS))
def test_each_service_refuses_by_mode_and_ban(action: str) -> None:
    scene = Scene()
    good = next(state for state, code in OBJECTS[action].items() if not code)
    made = {
        role: scene.fields(action, good, person or scene.other)
        for role, person in scene.people.items()
    }
    for mode, ban in product(MODES.split(), BANS):
        with undone():
            if mode != "open":
                given.a_mode(scene.room, mode, slow_seconds=5 if mode == "slow" else 0)
            _ban(scene.people["resident"], scene, ban)
            # A ban is one resident's; the others are tried once a mode.
            for role in made if ban == "none" else ["resident"]:
                room = {"mode": mode, "ended": False, "draft": False}
                banned = role == "resident" and ban in HOLDS
                expected = refusal(action, role, **room, banned=banned, own=True)
                at = EVENING + timedelta(seconds=5)  # patience enough for slow mode
                with undone():
                    said = carried_out(scene, action, role, made[role] | {"at": at})
                assert said == expected, (role, mode, ban)


def _ban(person: Person | None, scene: Scene, ban: str) -> None:
    if person is not None and ban != "none":
        place = scene.hof if ban == "elsewhere" else scene.room
        given.a_ban(person, place, until=SOON, everywhere=ban == "everywhere")


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(OBJECTS))
def test_in_a_draft_each_service_works_for_managers_alone(action: str) -> None:
    scene = Scene()
    good = next(state for state, code in OBJECTS[action].items() if not code)
    for role, person in scene.people.items():
        with undone():
            fields = scene.fields(action, good, person or scene.other)
            Room.objects.filter(pk=scene.room.pk).update(opened_at=None)
            room = {"mode": "open", "ended": False, "draft": True}
            expected = refusal(action, role, **room, banned=False, own=True)
            expected = "no_room" if action in NOT_IN_DRAFTS else expected
            assert carried_out(scene, action, role, fields) == expected, role
