"""A room in which someone reads each message first: for a while, and on a legal basis."""

from datetime import timedelta

import pytest

from deliberation.config.housekeeping import release, tidy
from deliberation.people.models import Person
from moderation.figures.counting import months
from moderation.models import Act, Case, Decision, Signal
from moderation.services import message_hide, message_restore
from rooms.models import Ground, Message, MessageState, Room
from rooms.selectors.opening import snapshot
from rooms.services import message_edit, message_post, room_mode, thread_open
from tests import given
from tests.browsing import browser, evening
from tests.doing import do, refused
from tests.fakes import EVENING
from tests.verify import verify_change

__all__ = ["evening"]

pytestmark = pytest.mark.django_db
END = EVENING + timedelta(hours=2)
SOON = EVENING + timedelta(seconds=5)


@pytest.fixture
def room() -> Room:
    made = given.a_room("kade")
    given.a_thread(made)
    return given.a_mode(made, "checked", until=END)


@pytest.fixture
def anna(room: Room) -> Person:
    return given.a_resident("Anna", joined_at=EVENING - timedelta(days=30))


def posted(room: Room, by: Person, body: str = "De bankjes zijn kapot.") -> Message:
    done = do(message_post, by=by, room=room, thread=room.threads.get().pk, body=body)
    return Message.objects.get(pk=done.id)


def test_a_message_waits_until_someone_read_it(room: Room, anna: Person) -> None:
    message = posted(room, anna)
    assert (message.state, message.ground, message.until) == (
        MessageState.HIDDEN,
        Ground.CHECK,
        END,
    )
    assert "bankjes" not in str(snapshot(room))
    case = Case.objects.get(message=message)
    signal = Signal.objects.get(case=case)
    assert "175 Gemeentewet" in str(signal.values)
    with verify_change(room) as told:
        do(
            message_restore,
            by=given.a_manager(),
            room=room,
            message=message.pk,
            reason="Gelezen.",
            at=SOON,
        )
    assert told[room.pk].kinds[0] == "message.restored"
    assert "bankjes" in str(snapshot(room))


def test_what_may_not_stay_is_hidden_on_a_ground_of_its_own(room: Room, anna: Person) -> None:
    message, manager = posted(room, anna, "Jij bent een sukkel."), given.a_manager()
    wanted = {"room": room, "message": message.pk, "reason": "Scheldt iemand uit.", "at": SOON}
    refused(message_hide, "no_ground", by=manager, **wanted, ground="check")
    do(message_hide, by=manager, **wanted, ground="insult")
    message.refresh_from_db()
    assert (message.ground, message.until) == ("insult", None)
    release(lambda: END)
    message.refresh_from_db()
    assert message.state == MessageState.HIDDEN


def test_staff_are_not_read_first(room: Room) -> None:
    assert posted(room, given.an_official()).is_shown


def test_a_change_is_read_first_too(room: Room, anna: Person) -> None:
    message = posted(room, anna)
    manager = given.a_manager()
    do(message_restore, by=manager, room=room, message=message.pk, reason="Gelezen.", at=SOON)
    do(message_edit, by=anna, room=room, message=message.pk, body="Iets heel anders.", at=SOON)
    message.refresh_from_db()
    assert (message.state, message.ground) == (MessageState.HIDDEN, Ground.CHECK)
    assert "anders" not in str(snapshot(room))


def test_only_a_manager_starts_a_conversation(room: Room, anna: Person) -> None:
    wanted = {"room": room, "title": "Nieuw", "kind": "idea", "body": "Hoi"}
    refused(thread_open, "checked", by=anna, **wanted)
    do(thread_open, by=given.a_manager(), **wanted)


@pytest.mark.parametrize("early", [True, False])
def test_when_it_ends_all_that_waited_is_shown(room: Room, anna: Person, early: bool) -> None:
    message = posted(room, anna)
    release(lambda: SOON)
    message.refresh_from_db()
    assert not message.is_shown
    if early:
        do(room_mode, by=given.a_manager(), room=room, mode="open", at=SOON)
        release(lambda: SOON)
    else:
        tidy(lambda: END)
        release(lambda: END)
    message.refresh_from_db()
    assert message.is_shown
    assert Decision.objects.filter(act=Act.RESTORE, automatic=True).count() == 1


def test_a_threat_still_waits_only_as_long_as_threats_do(room: Room, anna: Person) -> None:
    message = posted(room, anna, "Ik steek je huis in brand, ik weet waar je woont.")
    assert (message.ground, message.until) == ("threat", EVENING + timedelta(minutes=30))


def test_everyone_can_see_how_much_was_read_first(room: Room, anna: Person) -> None:
    for number in range(3):
        posted(room, anna, f"Bericht nummer {number} over de bankjes.")
    assert sum(len(month.holds) for month in months(None, today=EVENING.date())) == 3


@pytest.mark.usefixtures("evening", "room")
def test_residents_are_told_why_and_on_what_basis() -> None:
    page = browser().get("/r/kade/").content.decode()
    assert "someone reads each message before others see it" in page
    assert "Legal basis: Noodbevel van de burgemeester, artikel 175 Gemeentewet" in page
