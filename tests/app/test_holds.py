"""A hold: only on few grounds, told to the writer, counted, and over by itself in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deliberation.config.housekeeping import release, tidy
from deliberation.people.models import Person
from moderation import ledger
from moderation.figures.counting import months
from moderation.figures.holds import End, ended
from moderation.lifecycle import State
from moderation.models import Act, Case, Decision, Signal
from moderation.services import (
    case_leave,
    decision_undo,
    message_hide,
    message_restore,
    proposal_refuse,
)
from moderation.watching import watches_follow
from rooms.models import Message, MessageState, Notice, Room
from rooms.privacy.erasing import erase
from rooms.services import message_edit, message_post, message_retract, thread_open
from tests import given
from tests.doing import do, refused
from tests.fakes import EVENING
from tests.verify import Heard, verify_change

pytestmark = pytest.mark.django_db
THREAT = "Ik steek je huis in brand, ik weet waar je woont."
BSN = "Mijn buurman heeft nummer 111222333, bel hem maar."
END = EVENING + timedelta(minutes=30)
SOON = EVENING + timedelta(seconds=5)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def boos(room: Room) -> Person:
    return given.a_resident("Boos", joined_at=EVENING - timedelta(days=30))


@pytest.fixture
def held(room: Room, boos: Person) -> Message:
    return posted(room, boos, THREAT)


def posted(room: Room, by: Person, body: str, **fields: object) -> Message:
    thread = room.threads.first() or given.a_thread(room)
    done = do(message_post, by=by, room=room, thread=thread.pk, body=body, **fields)
    return Message.objects.get(pk=done.id)


def public(heard: Heard) -> list[str]:
    return [str(event.__struct_config__.tag) for event in heard.public]


def acts() -> list[str]:
    return list(Decision.objects.order_by("pk").values_list("act", flat=True))


@pytest.mark.parametrize(("body", "ground"), [(THREAT, "threat"), (BSN, "personal_data")])
def test_what_may_do_harm_at_once_waits_and_nobody_reads_its_words(
    room: Room, boos: Person, body: str, ground: str
) -> None:
    given.a_thread(room)
    with verify_change(room) as told:
        message = posted(room, boos, body)
    assert (message.state, message.ground, message.until) == ("hidden", ground, END)
    assert public(told[room.pk]) == ["message.posted"]
    assert message.view().body is None
    assert message.view().until == END
    case = Case.objects.get()
    assert (case.message, case.state) == (message, State.OPEN)
    assert case.due_at <= END
    assert Signal.objects.filter(case=case).exists()
    decision = Decision.objects.get()
    assert (decision.act, decision.automatic, decision.until) == (Act.HOLD, True, END)
    assert (decision.person, decision.by, decision.ground) == (boos, None, ground)
    assert Notice.objects.get(person=boos) == decision.notice
    assert ledger.verify().flaw is None


@pytest.mark.parametrize("body", ["Jij bent een klootzak.", "De wethouder is een dief.", "Hoi."])
def test_other_grounds_hold_nothing_back(room: Room, boos: Person, body: str) -> None:
    assert posted(room, boos, body).is_shown


def test_who_works_here_is_not_held_back(room: Room) -> None:
    assert posted(room, given.a_manager(), THREAT).is_shown


def test_the_first_message_of_a_conversation_waits_too(room: Room, boos: Person) -> None:
    done = do(thread_open, by=boos, room=room, title="Let op", kind="concern", body=THREAT)
    assert Message.objects.get(thread=done.id).is_held


def test_it_is_shown_by_itself_in_time_and_not_before(held: Message, room: Room) -> None:
    release(lambda: END - timedelta(seconds=1))
    assert Message.objects.get(pk=held.pk).is_held
    with verify_change(room) as told:
        release(lambda: END)
    assert public(told[room.pk]) == ["message.restored"]
    found = Message.objects.get(pk=held.pk)
    assert (found.state, found.until, found.ground) == ("shown", None, "")
    assert acts() == ["hold", "restore"]
    assert Decision.objects.filter(act=Act.RESTORE, automatic=True).count() == 1
    assert Case.objects.get().state == State.OPEN
    with verify_change(room, changes=False):
        release(lambda: END + timedelta(days=1))


def test_a_round_of_housekeeping_releases_before_all_else(
    held: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("deliberation.config.housekeeping.modes_expire", broken)
    with pytest.raises(RuntimeError):
        tidy(lambda: END)
    assert Message.objects.get(pk=held.pk).is_shown


def test_whom_it_names_hears_of_it_once_it_is_shown(room: Room, boos: Person) -> None:
    roos = given.a_resident("Roos")
    given.a_message(room, body="Hallo.", by=roos)
    posted(room, boos, f"@Roos {BSN}")
    tidy(lambda: SOON)
    assert not Notice.objects.filter(person=roos).exists()
    release(lambda: END)
    tidy(lambda: END)
    assert Notice.objects.filter(person=roos).count() == 1


def test_a_manager_shows_it_sooner(held: Message, room: Room) -> None:
    mieke = given.a_manager()
    do(case_leave, by=mieke, room=room, case=Case.objects.get().pk, reason="Een spreekwoord.")
    assert Message.objects.get(pk=held.pk).is_shown
    assert acts() == ["hold", "restore"]
    assert Decision.objects.get(act=Act.RESTORE).undoes == Decision.objects.get(act=Act.HOLD)
    assert Case.objects.get().state == State.CLOSED


def test_so_does_showing_it_from_the_conversation(held: Message, room: Room) -> None:
    do(message_restore, by=given.a_manager(), room=room, message=held.pk, reason="Mag wel.")
    assert Message.objects.get(pk=held.pk).is_shown
    assert Case.objects.get().state == State.CLOSED


def hide(room: Room, message: Message, by: Person, **fields: object) -> object:
    why = {"ground": "threat", "reason": "Dreigt."}
    return do(message_hide, by=by, room=room, message=message.pk, **(why | fields))


def test_a_manager_hides_it_and_then_it_stays_hidden(held: Message, room: Room) -> None:
    hide(room, held, given.a_manager())
    release(lambda: END)
    found = Message.objects.get(pk=held.pk)
    assert (found.state, found.until) == (MessageState.HIDDEN, None)
    assert acts() == ["hold", "hide"]


def test_a_slip_undone_leaves_it_held_back_as_it_was(held: Message, room: Room) -> None:
    mieke = given.a_manager()
    hide(room, held, mieke)
    decision = Decision.objects.get(act=Act.HIDE).puid
    do(decision_undo, by=mieke, room=room, decision=decision, at=SOON)
    found = Message.objects.get(pk=held.pk)
    assert (found.state, found.until, found.ground) == (MessageState.HIDDEN, END, "threat")
    assert Case.objects.get().state == State.OPEN
    release(lambda: END)
    assert Message.objects.get(pk=held.pk).is_shown


def test_criticism_that_is_held_back_still_needs_two_people(room: Room, boos: Person) -> None:
    message = posted(room, boos, f"De gemeente luistert niet. {BSN}")
    mieke, omar = given.a_manager(), given.a_manager("Omar")
    hide(room, message, mieke, ground="personal_data", criticism=True)
    case = Case.objects.get()
    assert case.state == State.SECOND
    do(proposal_refuse, by=omar, room=room, case=case.pk, reason="Dit is zijn eigen nummer.")
    assert Message.objects.get(pk=message.pk).is_shown


def test_its_writer_may_take_it_back(held: Message, room: Room, boos: Person) -> None:
    do(message_retract, by=boos, room=room, message=held.pk)
    release(lambda: END)
    found = Message.objects.get(pk=held.pk)
    assert (found.state, found.until, found.body) == (MessageState.RETRACTED, None, "")


def test_it_is_erased_with_its_writer(held: Message, boos: Person) -> None:
    erase(actor=given.acting(boos), at=SOON)
    found = Message.objects.get(pk=held.pk)
    assert (found.state, found.until) == (MessageState.ERASED, None)


def test_others_can_do_nothing_with_it(held: Message, room: Room, boos: Person) -> None:
    refused(message_edit, "gone", by=boos, room=room, message=held.pk, body="Anders.")


def test_words_put_in_later_wait_but_not_those_that_were_there(room: Room, boos: Person) -> None:
    message = posted(room, boos, "Goedenavond.")
    edit = {"by": boos, "room": room, "message": message.pk}
    with verify_change(room) as told:
        do(message_edit, body=THREAT, at=SOON, **edit)
    assert public(told[room.pk]) == ["message.hidden"]
    assert Message.objects.get(pk=message.pk).is_held
    do(message_restore, by=given.a_manager(), room=room, message=message.pk, reason="Mag.")
    do(message_edit, body=f"{THREAT} Grapje.", at=SOON, **edit)
    assert Message.objects.get(pk=message.pk).is_shown


def test_the_same_again_and_again_waits_from_the_third_time(room: Room, boos: Person) -> None:
    words = "Kom allemaal naar mijn winkel aan de kade, alles moet weg voor de halve prijs!"
    every = [posted(room, boos, words, at=EVENING + timedelta(seconds=n)) for n in range(3)]
    assert all(one.is_shown for one in every)
    watches_follow(at=SOON)
    states = [Message.objects.get(pk=one.pk).is_held for one in every]
    assert states == [False, False, True]
    release(lambda: SOON + timedelta(minutes=30))
    watches_follow(at=SOON + timedelta(minutes=31))
    assert Message.objects.get(pk=every[2].pk).is_shown


def test_the_figures_say_how_holds_ended(room: Room, boos: Person) -> None:
    mieke = given.a_manager()
    every = [posted(room, boos, f"{THREAT} {n}") for n in range(4)]
    hide(room, every[0], mieke)
    do(message_restore, by=mieke, room=room, message=every[0].pk, reason="Toch niet.", at=SOON)
    do(message_restore, by=mieke, room=room, message=every[1].pk, reason="Mag.")
    do(message_retract, by=boos, room=room, message=every[2].pk)
    release(lambda: END)
    month = months(room, today=timezone.localtime(END).date())[-1]
    assert {end: ended(month.holds, end) for end in End} == {
        End.HIDDEN: 1,
        End.SHOWN: 1,
        End.OPEN: 1,
        End.BY_ITSELF: 1,
    }
