"""Loading the demonstration, by the same services that residents use."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from deliberation.eventlog.log import writing
from deliberation.kernel.ids import derived_ref
from deliberation.people.actors import Actor, actor_of
from deliberation.people.models import Person
from moderation.services import message_hide, message_report
from rooms import services
from rooms.house_rules import rules_version
from rooms.models import Message, Neighbourhood, Room

from .evenings import Evenings
from .script import Step, setting, steps

MANAGER = "marloes"
OPENED_BEFORE = timedelta(days=26)


def load(*, now: datetime) -> tuple[Room, bool]:
    """The demonstration's room, and whether it was made just now. All of it, or nothing."""
    told = setting()
    people = {key: _person(key, words) for key, words in told["people"].items()}
    found = Room.objects.filter(slug=told["room"]["slug"]).first()
    if found is not None:
        return found, False
    local = timezone.localtime(now)
    with writing():
        stage = _Stage(told, people, opened=local - OPENED_BEFORE)
        for step in steps(now=local, manager=MANAGER):
            stage.play(step)
        stage.meet(local)
    return stage.room, True


def source_of(key: str, words: dict[str, str]) -> str:
    """`demo:<role>` is who `/demo/<role>/` signs in as."""
    return f"demo:{words['sign_in']}" if "sign_in" in words else f"demo:resident:{key}"


def _person(key: str, words: dict[str, str]) -> Person:
    source = source_of(key, words)
    roles = [words["role"]] if "role" in words else []
    found, _ = Person.objects.get_or_create(
        source=source, defaults={"name": words["name"], "roles": roles, "password": "!"}
    )
    return found


class _Stage:
    def __init__(self, told: dict[str, Any], people: dict[str, Person], opened: datetime) -> None:
        self._told, self._people = told, people
        self._messages: dict[str, int] = {}
        self._threads: dict[str, int] = {}
        self.room = self._open(opened)

    def play(self, step: Step) -> None:
        actor = self._actor(step.by, step.at)
        if step.kind == "post":
            self._post(step, actor)
            return
        common: dict[str, Any] = {"actor": actor, "room": self.room, "at": step.at}
        common |= {"ref": derived_ref("demo", step), "message": self._messages[step.message]}
        match step.kind:
            case "edit":
                services.message_edit(**common, body=step.words)
            case "retract":
                services.message_retract(**common)
            case "hide":
                message_hide(**common, ground="insult", reason=step.words)
            case "report":
                message_report(**common, ground=step.words, words="")
            case "stance":
                services.stance_take(**common, value=step.words)

    def meet(self, now: datetime) -> None:
        """One evening was held, one is to come."""
        evenings = Evenings(
            self.room, self._actor, self._threads, self._messages, by=MANAGER, now=now
        )
        evenings.hold(self._told["evenings"]["held"])
        evenings.announce(self._told["evenings"]["planned"])

    def _post(self, step: Step, actor: Actor) -> None:
        ref = derived_ref("demo", step.message)
        common: dict[str, Any] = {"actor": actor, "room": self.room, "ref": ref, "at": step.at}
        if step.thread in self._threads:
            answered = self._messages[step.reply_to] if step.reply_to else None
            thread = self._threads[step.thread]
            done = services.message_post(
                **common, thread=thread, body=step.words, reply_to=answered
            )
            self._messages[step.message] = done.id
        else:
            told = self._told["threads"][step.thread]
            done = services.thread_open(**common, **told, body=step.words)
            self._threads[step.thread] = done.id
            self._messages[step.message] = Message.objects.get(thread=done.id, ref=ref).pk

    def _open(self, at: datetime) -> Room:
        told, manager = self._told, self._actor(MANAGER, at)
        place = told["neighbourhood"]
        neighbourhood, _ = Neighbourhood.objects.get_or_create(slug=place["slug"], defaults=place)
        charter = told["charter"] | {"house_rules": rules_version()}
        room = services.room_new(
            actor=manager, neighbourhood=neighbourhood, charter=charter, **told["room"]
        )
        services.room_open(actor=manager, room=room, at=at)
        return room

    def _actor(self, key: str, at: datetime) -> Actor:
        return actor_of(self._people[key], at=at)
