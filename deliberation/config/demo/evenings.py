"""Two evenings of the demonstration: one that was held, and one that is still to come."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import derived_ref
from deliberation.people.actors import Actor
from rooms import services
from rooms.models import Room
from rooms.services.meetings import Point

BEGINS = time(19, 30)
LASTS = timedelta(hours=2)


@dataclass(frozen=True)
class Evenings:
    """`actor`: who does something, by their key in the story, at some time. `threads` and
    `messages`: ids by their keys."""

    room: Room
    actor: Callable[[str, datetime], Actor]
    threads: Mapping[str, int]
    messages: Mapping[str, int]
    by: str
    now: datetime

    def hold(self, told: Mapping[str, Any]) -> None:
        """What was agreed, voted and shown on that evening."""
        begins = datetime.combine(
            (self.now - timedelta(days=told["days_ago"])).date(), BEGINS, self.now.tzinfo
        )
        meeting = self._plan(told, begins, at=begins - timedelta(days=7))
        self._do(services.meeting_open, begins, meeting)
        for minutes, message in enumerate(told["shown"].split(), 5):
            shown = {"message": self.messages[message], "state": "answered"}
            self._do(services.meeting_sort, begins + timedelta(minutes=minutes), meeting, **shown)
        for minutes, asked in enumerate(told["polls"], 40):
            self._vote(meeting, asked, at=begins + timedelta(minutes=minutes))
        for minutes, agreed in enumerate(told["agreements"], 100):
            self._do(services.agreement_add, begins + timedelta(minutes=minutes), meeting, **agreed)
        self._do(services.meeting_close, begins + LASTS, meeting)

    def announce(self, told: Mapping[str, Any]) -> None:
        """The next one, with a poll that waits to be started."""
        begins = datetime.combine(
            (self.now + timedelta(days=told["in_days"])).date(), BEGINS, self.now.tzinfo
        )
        meeting = self._plan(told, begins, at=self.now)
        for asked in told["polls"]:
            self._ask(meeting, asked, at=self.now)

    def _plan(self, told: Mapping[str, Any], begins: datetime, *, at: datetime) -> int:
        points = [
            Point(one["title"], one["minutes"], self.threads[one["thread"]])
            for one in told["points"]
        ]
        wanted = {"title": told["title"], "place": told["place"], "points": points}
        wanted |= {"starts_at": begins, "ends_at": begins + LASTS}
        rng = random.Random(told["title"])
        return self._do(services.meeting_plan, at, None, **wanted, rng=rng).id

    def _ask(self, meeting: int, asked: Mapping[str, Any], *, at: datetime) -> int:
        fields = {name: asked[name] for name in ("question", "kind", "options") if name in asked}
        self._do(services.poll_new, at, meeting, **fields)
        return self.room.meetings.get(pk=meeting).polls.latest("pk").pk

    def _vote(self, meeting: int, asked: Mapping[str, Any], *, at: datetime) -> None:
        poll = self._ask(meeting, asked, at=at)
        self._do(services.poll_open, at, meeting, poll=poll)
        for who, place in asked["votes"].items():
            services.poll_vote(
                actor=self.actor(who, at),
                room=self.room,
                ref=derived_ref("demo", poll, who),
                poll=poll,
                choice=[place],
                at=at,
            )
        self._do(services.poll_hands, at, meeting, poll=poll, hands=asked["hands"])
        self._do(services.poll_close, at, meeting, poll=poll)

    def _do(
        self, service: Callable[..., Done], at: datetime, meeting: int | None, **fields: Any
    ) -> Done:
        about = {} if meeting is None else {"meeting": meeting}
        ref = derived_ref("demo", service.__name__, at, *about.values(), *map(str, fields.values()))
        by = self.actor(self.by, at)
        return service(actor=by, room=self.room, ref=ref, at=at, **about, **fields)
