"""Whatever happens in two rooms, every screen ends up showing what is so.

Several simulated clients fold what they are told; some are away for a while and catch up in
pages. After each step every connected client must equal a fresh snapshot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from deliberation.protocol.events import AnyEvent
from deliberation.protocol.shapes import Snapshot
from moderation.services import message_hide, message_restore, person_ban, person_unban
from rooms.models import Message, Room, Thread
from rooms.selectors import events_after, snapshot, tallies_since
from rooms.services import (
    message_edit,
    message_move,
    message_post,
    message_retract,
    room_mode,
    stance_take,
    thread_close,
    thread_limit,
    thread_merge,
    thread_move,
    thread_open,
    thread_pin,
    thread_rename,
    thread_reopen,
)
from tests import given
from tests.doing import do
from tests.fakes import Clock
from tests.verify import ALL, everything, fold, fresh, listening

PICK = st.integers(0, 10**6)
WORDS = st.sampled_from(["Hoi", "Precies", "e\u0301", "\u202e", "", "x" * 2001])
WHY = st.sampled_from(["Zo is het.", "Zo is het.", "Zo is het.", " "])
MODES = st.sampled_from(["open", "open", "slow", "checked", "read_only", "frozen"])
KNOWN = {
    "signed_out", "not_allowed", "not_yours", "banned", "read_only", "frozen", "slow", "empty",
    "too_long", "too_late", "gone", "not_hidden", "no_message", "no_thread", "thread_closed",
    "not_closed", "same_thread", "same_room", "not_banned", "no_person", "checked",
    "enough_today", "too_long_here", "answers_only", "no_question", "not_pinnable",
}  # fmt: skip

EXAMPLES = max(10, settings().max_examples // 5)  # each of up to 50 steps


@dataclass
class Client:
    """A screen in one room: what it shows and how far it got."""

    room: Room
    shows: Snapshot
    since: Any
    away: bool = False


class Dialogue(RuleBasedStateMachine):
    """People, rooms and screens; the rules are what anyone may try at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def a_neighbourhood(self) -> None:
        self.clock = Clock()
        self.rooms = [given.a_room("plein"), given.a_room("hof")]
        self.manager = given.a_manager()
        self.people: list[Person] = [given.a_resident("Fatima"), self.manager]
        self.threads = [given.a_thread(self.rooms[0], by=self.people[0]).pk]
        self.clients: list[Client] = []
        self.messages = list(Message.objects.values_list("pk", flat=True))
        self.done: list[tuple[Callable[..., Done], dict[str, Any], Done]] = []
        self.come_in(0)

    # Screens

    @rule(place=PICK)
    def come_in(self, place: int) -> None:
        room = self.rooms[place % 2]
        self.clients.append(Client(room, snapshot(fresh(room), size=ALL), self.clock()))

    @precondition(lambda self: len(self.clients) > 1)
    @rule(which=PICK)
    def leave_for_good(self, which: int) -> None:
        del self.clients[which % len(self.clients)]

    @rule(which=PICK)
    def lose_the_line(self, which: int) -> None:
        client = self.clients[which % len(self.clients)]
        if not client.away:
            client.away, client.since = True, self.clock()

    @rule(which=PICK, size=st.integers(1, 5), pages=st.integers(0, 3))
    def catch_up(self, which: int, size: int, pages: int) -> None:
        """Read some pages, or all of them and the counts: then the line is back."""
        client = self.clients[which % len(self.clients)]
        for _ in range(pages or ALL):
            page = self._missed(client, size)
            client.shows = fold(client.shows, page)
            if not page and client.away:
                tallies = tallies_since(client.room, client.since - timedelta(seconds=1))
                client.shows, client.away = fold(client.shows, tallies), False
            if not page:
                return

    @staticmethod
    def _missed(client: Client, size: int) -> list[AnyEvent]:
        return events_after(fresh(client.room), client.shows.head, stream="public", limit=size)

    # People

    @rule(name=st.sampled_from(["Ahmed", "Bep", "Carla"]))
    def join(self, name: str) -> None:
        if len(self.people) < 6:
            self.people.append(given.a_resident(name))

    @rule(who=PICK, where=PICK, what=WORDS)
    def open_thread(self, who: int, where: int, what: str) -> None:
        fields = {"title": what or "Titel", "kind": "idea", "body": what or "Hoi"}
        done = self._do(thread_open, who, self.rooms[where % 2], **fields)
        if done:
            self.threads.append(done.id)

    @rule(who=PICK, thread=PICK, what=WORDS, answer=st.none() | PICK)
    def post(self, who: int, thread: int, what: str, answer: int | None) -> None:
        reply = None if answer is None else self.messages[answer % len(self.messages)]
        place = self._thread(thread)
        self._do(message_post, who, place.room, thread=place.pk, body=what, reply_to=reply)

    @rule(who=PICK, message=PICK, what=WORDS)
    def edit(self, who: int, message: int, what: str) -> None:
        found = self._message(message)
        self._do(message_edit, who, found.room, message=found.pk, body=what)

    @rule(message=PICK, what=WORDS)
    def edit_my_own(self, message: int, what: str) -> None:
        found = self._message(message)
        if found.author in self.people:
            who = self.people.index(found.author)
            self._do(message_edit, who, found.room, message=found.pk, body=what)

    @rule(message=PICK)
    def retract_my_own(self, message: int) -> None:
        found = self._message(message)
        if found.author in self.people:
            who = self.people.index(found.author)
            self._do(message_retract, who, found.room, message=found.pk)

    @rule(who=PICK, message=PICK, value=st.sampled_from(["agree", "disagree", "unsure", "none"]))
    def take_a_stance(self, who: int, message: int, value: str) -> None:
        found = self._message(message)
        self._do(stance_take, who, found.room, message=found.pk, value=value)

    @rule(which=PICK)
    def send_it_again(self, which: int) -> None:
        """A line that broke before the answer came."""
        if self.done:
            service, fields, first = self.done[which % len(self.done)]
            before = everything()
            with listening() as heard:
                assert do(service, **fields) == first
            assert (heard, everything()) == ([], before)

    @rule(minutes=st.sampled_from([1, 10, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    # Managers

    @rule(message=PICK, why=WHY, back=st.booleans())
    def hide_or_restore(self, message: int, why: str, back: bool) -> None:
        found = self._message(message)
        fields = {"message": found.pk, "reason": why}
        if back:
            self._do(message_restore, 1, found.room, **fields)
        else:
            self._do(message_hide, 1, found.room, **fields, ground="insult")

    @rule(thread=PICK, title=WORDS)
    def rename(self, thread: int, title: str) -> None:
        place = self._thread(thread)
        self._do(thread_rename, 1, place.room, thread=place.pk, title=title)

    @rule(thread=PICK, why=WHY)
    def move(self, thread: int, why: str) -> None:
        place = self._thread(thread)
        goal = next(room for room in self.rooms if room != place.room)
        fields = {"thread": place.pk, "to_room": goal.slug, "reason": why}
        if self._do(thread_move, 1, place.room, **fields):
            self.threads.append(Thread.objects.latest("pk").pk)

    @rule(thread=PICK, into=PICK, why=WHY)
    def merge(self, thread: int, into: int, why: str) -> None:
        place, goal = self._thread(thread), self._thread(into)
        self._do(thread_merge, 1, place.room, thread=place.pk, into=goal.pk, reason=why)

    @rule(thread=PICK, why=WHY, back=st.booleans())
    def close_or_reopen(self, thread: int, why: str, back: bool) -> None:
        place = self._thread(thread)
        if back:
            self._do(thread_reopen, 1, place.room, thread=place.pk)
        else:
            self._do(thread_close, 1, place.room, thread=place.pk, reason=why)

    @rule(which=PICK, into=PICK, apart=st.booleans(), title=WORDS)
    def move_message(self, which: int, into: int, apart: bool, title: str) -> None:
        found = self._message(which)
        goal = {"title": title} if apart else {"into": self._thread(into).pk}
        if self._do(message_move, 1, found.room, message=found.pk, **goal) and apart:
            self.threads.append(Thread.objects.latest("pk").pk)

    @rule(thread=PICK, daily=st.sampled_from([None, 1, 3]), question=PICK, only=st.booleans())
    def limit(self, thread: int, daily: int | None, question: int, only: bool) -> None:
        place = self._thread(thread)
        fields = {"daily": daily, "answers_to": self._message(question).pk if only else None}
        until = self.clock() + timedelta(minutes=5)
        fields |= {"reason": "Zo is het.", "until": until, "thread": place.pk}
        self._do(thread_limit, 1, place.room, **fields)

    @rule(which=PICK, off=st.booleans())
    def pin(self, which: int, off: bool) -> None:
        found = self._message(which)
        wanted = {"thread": found.thread_id, "message": None if off else found.pk}
        self._do(thread_pin, 1, found.room, **wanted)

    @rule(where=PICK, mode=MODES, why=WHY)
    def set_mode(self, where: int, mode: str, why: str) -> None:
        fields = {"mode": mode, "reason": why, "slow_seconds": 30, "basis": "Artikel 175"}
        until = self.clock() + timedelta(minutes=5)
        self._do(room_mode, 1, self.rooms[where % 2], **fields, until=until)

    @rule(who=PICK, where=PICK, why=WHY, everywhere=st.booleans(), lift=st.booleans())
    def ban_or_lift(self, who: int, where: int, why: str, everywhere: bool, lift: bool) -> None:
        person = self.people[who % len(self.people)].pk
        room, fields = self.rooms[where % 2], {"person": person, "reason": why}
        if lift:
            self._do(person_unban, 1, room, **fields)
        else:
            until = self.clock() + timedelta(minutes=5)
            fields |= {"ground": "threat", "until": until, "everywhere": everywhere}
            self._do(person_ban, 1, room, **fields)

    # What is always so

    @invariant()
    def every_screen_that_is_connected_shows_what_is_so(self) -> None:
        now = {room.pk: snapshot(fresh(room), size=ALL) for room in getattr(self, "rooms", [])}
        for client in getattr(self, "clients", []):
            if not client.away:
                assert client.shows == now[client.room.pk]

    @invariant()
    def counts_are_true(self) -> None:
        for thread in Thread.objects.all():
            assert thread.message_count == thread.messages.count()
            assert thread.messages.filter(seq__gt=thread.last_seq).count() == 0
        for message in Message.objects.prefetch_related("stances"):
            values = [stance.value for stance in message.stances.all()]
            assert (message.agree, message.disagree, message.unsure) == tuple(
                values.count(value) for value in ("agree", "disagree", "unsure")
            )

    def _thread(self, which: int) -> Thread:
        return Thread.objects.select_related("room").get(pk=self.threads[which % len(self.threads)])

    def _message(self, which: int) -> Message:
        pk = self.messages[which % len(self.messages)]
        return Message.objects.select_related("room", "author").get(pk=pk)

    def _do(self, service: Callable[..., Done], who: int, room: Room, **fields: Any) -> Done | None:
        """Try it; a refusal changes nothing. Everyone connected is told."""
        fields |= {"by": self.people[who % len(self.people)], "room": room, "at": self.clock()}
        fields["ref"] = given.a_ref(len(self.done), service.__name__, self.clock.at)
        before = everything()
        with listening() as heard:
            try:
                done = do(service, **fields)
            except Refused as refused:
                done, code = None, refused.code
        if done is None:
            assert code in KNOWN
            assert (heard, everything()) == ([], before)
            return None
        self._tell(heard)
        if service is not stance_take and service is not message_edit:
            self.done.append((service, fields, done))
        self.messages = list(Message.objects.values_list("pk", flat=True))
        self.clock.forward(seconds=1)
        return done

    def _tell(self, heard: list[Any]) -> None:
        for rung in heard:
            for client in self.clients:
                if rung.stream == client.room.public_stream and not client.away:
                    client.shows = fold(client.shows, [*rung.events, *rung.tallies])


@pytest.mark.django_db
@pytest.mark.slow
def test_every_screen_shows_what_is_so() -> None:
    run_state_machine_as_test(Dialogue, settings=settings(max_examples=EXAMPLES))
