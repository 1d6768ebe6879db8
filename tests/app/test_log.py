"""The log: numbers without holes, all or nothing, and the same answer to a retry."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from inspect import signature
from typing import Any

import pytest
from django.db import transaction

from deliberation.eventlog import doorbell, statements
from deliberation.eventlog.log import writing
from deliberation.eventlog.models import Event, Stream
from deliberation.eventlog.reading import heads
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from deliberation.protocol.shapes import Scene
from moderation.models import Case, Decision
from moderation.services import (
    case_ask,
    case_claim,
    case_leave,
    case_note,
    case_release,
    case_reopen,
    case_warn,
    decision_undo,
    hearing_answer,
    message_hide,
    message_redact,
    message_report,
    message_restore,
    person_ban,
    person_unban,
    proposal_agree,
    proposal_refuse,
)
from rooms.models import Agreement, Message, Poll, Room, Thread, Turn
from rooms.selectors import snapshot
from rooms.services import (
    agreement_add,
    agreement_drop,
    floor_add,
    floor_ask,
    floor_drop,
    floor_end,
    floor_leave,
    floor_next,
    floor_set,
    hall_correct,
    hall_note,
    hall_withdraw,
    meeting_blank,
    meeting_close,
    meeting_hand_over,
    meeting_open,
    meeting_plan,
    meeting_screening,
    meeting_show,
    meeting_sort,
    meeting_take_over,
    message_edit,
    message_move,
    message_post,
    message_retract,
    poll_close,
    poll_drop,
    poll_hands,
    poll_new,
    poll_open,
    poll_vote,
    room_mode,
    screen_new,
    screen_revoke,
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
from tests.fakes import EVENING
from tests.verify import everything, fresh, listening, verify_change

from .declared import SERVICES

pytestmark = pytest.mark.django_db
WHY = {"reason": "Daarom."}
ON_A_GROUND = {"ground": "insult", **WHY}


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


def head(room: Room) -> int:
    return heads([room.public_stream])[room.public_stream]


def test_what_is_rolled_back_leaves_no_hole(room: Room) -> None:
    fatima, thread, before = given.a_resident(), given.a_thread(room), head(room)
    with listening() as heard:
        with suppress(ZeroDivisionError), writing():
            do(message_post, by=fatima, room=room, thread=thread.pk, body="Weg")
            raise ZeroDivisionError
        assert not Message.objects.filter(body="Weg").exists()
        with verify_change(room):
            done = do(message_post, by=fatima, room=room, thread=thread.pk, body="Blijft")
    assert done.seq == before + 1 == head(room)
    assert [event.seq for rung in heard for event in rung.events] == [done.seq]


def test_a_failing_database_leaves_nothing_half_written(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    fatima, before = given.a_resident(), everything()

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with listening() as heard, monkeypatch.context() as broken:
        broken.setattr(statements, "appended", fail)
        with pytest.raises(OSError, match="disk full"):
            do(thread_open, by=fatima, room=room, title="Licht", kind="need", body="Donker.")
    assert (heard, everything()) == ([], before)
    with verify_change(room):
        do(thread_open, by=fatima, room=room, title="Licht", kind="need", body="Donker.")


def test_commands_of_one_batch_are_written_and_told_together(room: Room) -> None:
    fatima, ahmed, thread = given.a_resident(), given.a_resident("Ahmed"), given.a_thread(room)
    with verify_change(room), listening() as heard:
        with writing():
            first = do(message_post, by=fatima, room=room, thread=thread.pk, body="Een")
            second = do(message_post, by=ahmed, room=room, thread=thread.pk, body="Twee")
            do(stance_take, by=ahmed, room=room, message=first.id, value="agree")
            do(message_edit, by=ahmed, room=room, message=second.id, body="Anders")
            assert heard == []
        assert not Event.objects.filter(ref=None, seq=first.seq).exists()
    assert len(heard) == 1
    assert [event.seq for event in heard[0].events] == [first.seq, second.seq, second.seq + 1]
    assert (heard[0].head, len(heard[0].tallies)) == (second.seq + 1, 1)


def test_a_batch_sees_what_it_did_itself(room: Room) -> None:
    manager, fatima, goal = given.a_manager(), given.a_resident(), given.a_room("hof")
    keep = {"by": manager, "room": room, **WHY}
    with verify_change(room, goal), writing():
        wanted = {"title": "Licht", "kind": "need", "body": "Donker."}
        threads = [do(thread_open, by=fatima, room=room, **wanted).id for _ in range(3)]
        for thread in threads * 2:
            do(message_post, by=fatima, room=room, thread=thread, body="Hoi")
        do(thread_merge, **keep, thread=threads[0], into=threads[1])
        do(message_post, by=fatima, room=room, thread=threads[1], body="Na het samenvoegen")
        do(thread_move, **keep, thread=threads[1], to_room="hof")
        there = Thread.objects.get(room=goal).pk
        do(message_post, by=fatima, room=goal, thread=there, body="Na het verhuizen")
        do(thread_rename, by=manager, room=goal, thread=there, title="Anders")
    assert Thread.objects.get(pk=there).message_count == 8
    assert goal.messages.count() == 8


# Every refusal that comes late, with words that only fail at the very end of the service.
LATE: list[tuple[Callable[..., Done], dict[str, Any], str]] = [
    (thread_merge, {"reason": " "}, "empty"),
    (thread_move, {"to_room": "hof", "reason": " "}, "empty"),
    (thread_close, {"reason": " "}, "empty"),
    (thread_rename, {"title": " "}, "empty"),
    (message_post, {"body": "x" * 2001}, "too_long"),
    (message_post, {"body": "x", "reply_to": 10**9}, "no_message"),
    (message_edit, {"body": " "}, "empty"),
    (message_hide, {"ground": "insult", "reason": " "}, "empty"),
    (
        person_ban,
        {"ground": "insult", "reason": " ", "until": EVENING + timedelta(days=1)},
        "empty",
    ),
    (person_ban, {"ground": "insult", "reason": "x", "until": EVENING}, "no_end"),
    (
        room_mode,
        {"mode": "checked", "reason": "x", "until": EVENING + timedelta(days=1)},
        "no_basis",
    ),
    (room_mode, {"mode": "frozen", "reason": "x"}, "no_end"),
]


@pytest.mark.parametrize(("service", "fields", "code"), LATE)
def test_a_refused_command_leaves_its_batch_intact(
    room: Room, service: Callable[..., Done], fields: dict[str, Any], code: str
) -> None:
    manager, thread, into = given.a_manager(), given.a_thread(room), given.a_thread(room)
    hof, fatima = given.a_room("hof"), given.a_resident()
    mine = given.a_message(room, thread, by=manager)
    about = {"thread": thread.pk, "into": into.pk, "message": mine.pk, "person": fatima.pk}
    wanted = {name: about[name] for name in about if name in signature(service).parameters}
    with verify_change(room) as told, writing() as log:
        do(message_post, by=fatima, room=room, thread=thread.pk, body="Voor")
        do(message_post, by=fatima, room=room, thread=into.pk, body="Voor")
        count = log.count
        with pytest.raises(Refused) as no:
            do(service, by=manager, room=room, **(wanted | fields))
        assert (no.value.code, log.count) == (code, count)
        do(message_post, by=fatima, room=room, thread=thread.pk, body="Na")
        do(message_post, by=fatima, room=room, thread=into.pk, body="Na")
    assert told[room.pk].kinds == ["message.posted"] * 4
    assert not hof.threads.exists()
    counts = {t.id: t.messages for t in snapshot(fresh(room)).threads}
    assert counts == {thread.pk: 4, into.pk: 3}


# Retries


A_MEETING: dict[str, Any] = {
    "title": "Avond",
    "place": "Buurthuis",
    "starts_at": EVENING + timedelta(hours=1),
    "ends_at": EVENING + timedelta(hours=3),
    "points": [],
}


class Commands:
    """Each command once, ready to be sent twice."""

    def __init__(self, room: Room) -> None:
        self.room, self.hof = room, given.a_room("hof")
        self.fatima, self.manager = given.a_resident("Fatima"), given.a_manager()
        self.thread = given.a_thread(room).pk
        mine = given.a_message(room, by=self.fatima)
        self.message, self.place = mine.pk, mine.thread_id
        self.hidden = given.a_message(room).pk
        self.closed = given.a_thread(room).pk
        self.boos = given.a_resident("Boos").pk
        do(message_hide, by=self.manager, room=room, message=self.hidden, **ON_A_GROUND)
        do(thread_close, by=self.manager, room=room, thread=self.closed, **WHY)
        given.a_ban(Person.objects.get(pk=self.boos), room)
        self.open, self.left = self.case(), self.case()
        do(case_leave, by=self.manager, room=room, case=self.left, **WHY)
        self.hearing = self.asked()
        self.meeting, self.going_on = self.planned(), self.planned()
        do(meeting_open, by=self.manager, room=room, meeting=self.going_on)
        common = {"by": self.manager, "room": room, "meeting": self.meeting}
        said = do(hall_note, **common, thread=self.thread, body="Gezegd.")
        self.said = said.id
        self.talked, self.spoken = self.talking(), self.talking()
        do(floor_ask, by=self.fatima, room=room, meeting=self.spoken)
        self.turn = Turn.objects.filter(meeting=self.talked, started_at=None).latest("pk").pk
        self.polls = self.polled()
        agreed = Agreement.objects.create(meeting_id=self.meeting, words="Er komt een bankje.")
        self.agreement = agreed.pk
        self.screen = do(screen_new, **common, name="Zaal")[0].pk
        self.proposed = self.case()
        proposer, about = given.an_administrator(), Case.objects.get(pk=self.proposed).message_id
        do(message_hide, by=proposer, room=room, message=about, criticism=True, **ON_A_GROUND)

    def case(self) -> int:
        """A reported message, as a case."""
        about = given.a_message(self.room)
        wanted = {"message": about.pk, "ground": "insult"}
        do(message_report, by=given.a_resident("Melder"), room=self.room, **wanted)
        return Case.objects.get(message=about).pk

    def planned(self) -> int:
        return int(do(meeting_plan, by=self.manager, room=self.room, **A_MEETING).id)

    def talking(self) -> int:
        """A meeting in which someone speaks and someone waits."""
        meeting = self.planned()
        common = {"by": self.manager, "room": self.room, "meeting": meeting}
        do(meeting_open, **common)
        do(floor_set, **common, open=True, seconds=60)
        for _ in range(3):
            do(floor_add, **common)
        do(floor_next, **common)
        return meeting

    def polled(self) -> dict[str, dict[str, int]]:
        """Polls of two meetings, by what will be done with them."""
        states = {"opened": "prepared", "dropped": "prepared", "counted": "closed", "voted": "open"}
        return {
            what: {"meeting": self.talked, "poll": self.poll(self.talked, state)}
            for what, state in states.items()
        } | {"closed": {"meeting": self.spoken, "poll": self.poll(self.spoken, "open")}}

    def poll(self, meeting: int, state: str) -> int:
        asked = {"question": "Zo?", "kind": "scale", "state": state}
        return Poll.objects.create(meeting_id=meeting, **asked).pk

    def asked(self) -> int:
        """A question to Fatima about a message of hers."""
        about = given.a_message(self.room, by=self.fatima)
        wanted = {"message": about.pk, "ground": "insult"}
        do(message_report, by=given.a_resident("Melder"), room=self.room, **wanted)
        case = Case.objects.get(message=about)
        do(case_ask, by=self.manager, room=self.room, case=case.pk, words="Wat bedoelde je?")
        return case.hearings.get().pk

    def all(self) -> dict[Callable[..., Done], dict[str, Any]]:
        thread, message = {"thread": self.thread}, {"message": self.message}
        later, meeting = EVENING + timedelta(days=1), {"meeting": self.meeting}
        going_on = {"meeting": self.talked}
        mine: dict[Callable[..., Done], dict[str, Any]] = {
            message_post: thread | {"body": "Hoi"},
            message_edit: message | {"body": "Anders"},
            message_retract: message,
            stance_take: message | {"value": "agree"},
            message_report: {"message": given.a_message(self.room).pk, "ground": "insult"},
            floor_ask: going_on,
            poll_vote: {"poll": self.polls["voted"]["poll"], "choice": [1]},
            floor_leave: {"meeting": self.spoken},
            hearing_answer: {"hearing": self.hearing, "words": "Een grap."},
            thread_open: {"title": "Nieuw", "kind": "idea", "body": "Hoi"},
        }
        keep: dict[Callable[..., Done], dict[str, Any]] = {
            thread_rename: thread | {"title": "Anders"},
            thread_close: thread | WHY,
            thread_reopen: {"thread": self.closed},
            thread_merge: thread | {"into": given.a_thread(self.room).pk} | WHY,
            thread_move: thread | {"to_room": "hof"} | WHY,
            message_move: message | {"title": "Iets anders"},
            thread_limit: thread | {"daily": 3, "until": later} | WHY,
            thread_pin: {"thread": self.place} | message,
            room_mode: {"mode": "frozen", "until": later} | WHY,
            meeting_plan: A_MEETING,
            meeting_open: meeting,
            meeting_close: {"meeting": self.going_on},
            meeting_show: meeting | {"scene": Scene(kind="thread", thread=self.thread)},
            meeting_blank: meeting | {"blank": True},
            meeting_sort: meeting | message | {"state": "kept"},
            meeting_screening: meeting | {"screening": "approve", "delay": 5, "names": True},
            floor_set: going_on | {"open": True, "seconds": 60},
            floor_add: going_on,
            floor_next: going_on,
            floor_end: {"meeting": self.spoken},
            floor_drop: going_on | {"turn": self.turn},
            poll_new: going_on | {"question": "Zo?", "kind": "scale"},
            poll_open: self.polls["opened"],
            poll_close: self.polls["closed"],
            poll_hands: self.polls["counted"] | {"hands": [1, 2, 3, 4, 5]},
            poll_drop: self.polls["dropped"],
            hall_note: meeting | thread | {"body": "Gezegd."},
            hall_correct: {"message": self.said, "body": "Anders."},
            hall_withdraw: {"message": self.said},
            meeting_hand_over: meeting | {"words": "Om negen uur pauze."},
            meeting_take_over: meeting,
            agreement_add: meeting | {"words": "Er komt een lamp."},
            agreement_drop: meeting | {"agreement": self.agreement},
            screen_revoke: {"screen": self.screen},
            message_hide: message | ON_A_GROUND,
            message_redact: message | {"words": "Dat"} | WHY,
            message_restore: {"message": self.hidden} | WHY,
            person_ban: {"person": self.fatima.pk, "until": later} | ON_A_GROUND,
            person_unban: {"person": self.boos} | WHY,
            case_ask: {"case": self.open, "words": "Wat bedoelde je?"},
            case_claim: {"case": self.open},
            case_release: {"case": self.open},
            case_note: {"case": self.open, "words": "Let op."},
            case_leave: {"case": self.open} | WHY,
            case_warn: {"case": self.open} | ON_A_GROUND,
            case_reopen: {"case": self.left} | WHY,
            proposal_agree: {"case": self.proposed},
            proposal_refuse: {"case": self.proposed} | WHY,
            decision_undo: {"decision": Decision.objects.get(case=self.left).puid},
        }
        return {key: {"by": self.fatima} | value for key, value in mine.items()} | {
            key: {"by": self.manager} | value for key, value in keep.items()
        }


NOT_COMMANDS = {
    "silent_invite",
    "screen_new",
    "ban_keep",
    "appeal_make",
    "appeal_decide",
    "room_new",
    "room_open",
    "room_charter",
    "rules_adopt",
    "modes_expire",
    "starter_plan",
    "starter_drop",
    "starters_start",
}
RETRIED = [
    message_post, message_edit, message_retract, stance_take, thread_open, thread_rename,
    thread_close, thread_reopen, thread_merge, thread_move, message_move, thread_limit,
    thread_pin, room_mode, message_hide, case_ask, hearing_answer,
    meeting_plan, meeting_open, meeting_close, meeting_show, meeting_blank, meeting_sort,
    floor_set, floor_ask, floor_add, floor_next, floor_end, floor_leave, floor_drop,
    poll_new, poll_open, poll_close, poll_hands, poll_drop, poll_vote,
    agreement_add, agreement_drop, meeting_hand_over, meeting_take_over,
    meeting_screening, screen_revoke, hall_note, hall_correct, hall_withdraw,
    message_redact, message_restore, person_ban, person_unban, message_report, case_claim,
    case_release, case_note, case_leave, case_warn, case_reopen, proposal_agree, proposal_refuse,
    decision_undo,
]  # fmt: skip


def test_every_command_is_retried_below() -> None:
    assert {service.__name__ for service in RETRIED} == set(SERVICES) - NOT_COMMANDS


@pytest.mark.parametrize("service", RETRIED)
def test_a_retry_gets_the_first_answer_and_changes_nothing(
    room: Room, service: Callable[..., Done]
) -> None:
    commands = Commands(room)
    wanted = commands.all()[service] | {"room": room, "ref": given.a_ref(service.__name__)}
    with verify_change(room):
        first = do(service, **wanted)
    with verify_change(room, commands.hof, changes=False):
        assert do(service, **wanted) == first
        with writing():
            assert do(service, **wanted) == first
            assert do(service, **wanted) == first


@pytest.mark.parametrize("service", [s for s in RETRIED if s not in (stance_take, poll_vote)])
def test_a_retry_gets_the_first_answer_even_after_others_and_after_a_ban(
    room: Room, service: Callable[..., Done]
) -> None:
    commands = Commands(room)
    wanted = commands.all()[service] | {"room": room, "ref": given.a_ref(service.__name__)}
    first = do(service, **wanted)
    do(room_mode, by=commands.manager, room=room, mode="open")
    given.a_message(room)
    given.a_ban(commands.fatima, room, everywhere=True)
    do(
        room_mode,
        by=commands.manager,
        room=room,
        mode="frozen",
        until=EVENING + timedelta(1),
        **WHY,
    )
    with verify_change(room, commands.hof, changes=False):
        assert do(service, **wanted) == first


@pytest.mark.parametrize("service", [message_post, thread_open])
def test_a_retry_within_a_batch_writes_once(room: Room, service: Callable[..., Done]) -> None:
    commands = Commands(room)
    wanted = commands.all()[service] | {"room": room, "ref": given.a_ref("x")}
    with verify_change(room), writing():
        assert do(service, **wanted) == do(service, **wanted)
    assert Message.objects.filter(ref=given.a_ref("x")).count() == 1


def test_the_same_reference_by_someone_else_is_another_command(room: Room) -> None:
    thread, ref = given.a_thread(room), given.a_ref("gedeeld")
    wanted = {"room": room, "thread": thread.pk, "body": "Hoi", "ref": ref}
    with verify_change(room):
        done = [do(message_post, by=given.a_resident(name), **wanted) for name in ("A", "B")]
    assert done[0] != done[1]


def test_a_reference_stands_for_one_command_whatever_the_room(room: Room) -> None:
    fatima, ref, hof = given.a_resident(), given.a_ref("verhuisd"), given.a_room("hof")
    wanted = {"by": fatima, "body": "Hoi", "ref": ref}
    first = do(message_post, room=room, thread=given.a_thread(room).pk, **wanted)
    there = given.a_thread(hof).pk
    with verify_change(room, hof, changes=False):
        assert do(message_post, room=hof, thread=there, **wanted) == first


# The doorbell, and what the log holds


def test_a_listener_that_fails_keeps_nobody_else_from_hearing(room: Room) -> None:
    def deaf(_: doorbell.Rung) -> None:
        raise RuntimeError("deaf")

    doorbell.listen(deaf)
    try:
        with verify_change(room):
            given.a_message(room)
    finally:
        doorbell.forget(deaf)


def test_the_log_holds_numbers_and_never_words(room: Room) -> None:
    message = given.a_message(room, body="Mijn geheim", by=given.a_resident("Fatima"))
    do(
        message_hide,
        by=given.a_manager(),
        room=room,
        message=message.pk,
        ground="insult",
        reason="Reden",
    )
    held = str(list(Event.objects.values())) + str(list(Stream.objects.values()))
    for words in ("Mijn geheim", "Fatima", "Reden"):
        assert words not in held


def test_a_stream_is_made_once_with_an_epoch_of_its_own(room: Room) -> None:
    other = given.a_room()
    epochs = {snapshot(fresh(place)).epoch for place in (room, other)}
    assert len(epochs) == 2
    with transaction.atomic(), writing() as log:
        log.lock(room.public_stream)
    assert snapshot(fresh(room)).epoch in epochs


def test_more_rows_than_one_statement_takes_are_all_written(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "TOGETHER", 2)
    thread = given.a_thread(room)
    with verify_change(room), writing(defer=True):
        for _ in range(5):
            do(message_post, by=thread.opened_by, room=room, thread=thread.pk, body="Hoi")
    thread.refresh_from_db()
    assert thread.message_count == 6
