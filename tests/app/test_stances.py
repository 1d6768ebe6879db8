"""One stance a person, changeable; tallies follow at once."""

import pytest

from deliberation.protocol.shapes import Tally
from moderation.services import message_hide
from rooms.models import Message, Room, Stance
from rooms.services import message_retract, stance_take
from tests import given
from tests.doing import do, refused, verified
from tests.verify import verify_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room()


def tally(message: Message) -> Tally:
    """The counts that are kept, after comparing them with the stances themselves."""
    message.refresh_from_db()
    rows = list(Stance.objects.filter(message=message).values_list("value", flat=True))
    counted = Tally(**{name: rows.count(name) for name in ("agree", "disagree", "unsure")})
    assert message.tally() == counted
    return counted


def test_a_stance_is_taken_changed_and_withdrawn(room: Room) -> None:
    message, fatima, ahmed = given.a_message(room), given.a_resident(), given.a_resident("Ahmed")
    wanted = {"room": room, "message": message.pk}
    verified(stance_take, by=fatima, **wanted, value="agree")
    verified(stance_take, by=ahmed, **wanted, value="unsure")
    assert tally(message) == Tally(agree=1, unsure=1)
    verified(stance_take, by=fatima, **wanted, value="disagree")
    assert tally(message) == Tally(disagree=1, unsure=1)
    verified(stance_take, by=ahmed, **wanted, value="none")
    assert tally(message) == Tally(disagree=1)


def test_only_the_tally_is_told_and_no_number_is_used(room: Room) -> None:
    message = given.a_message(room)
    with verify_change(room) as told:
        done = do(stance_take, by=given.a_resident(), room=room, message=message.pk, value="agree")
    assert told[room.pk].public == []
    assert [t.counts for t in told[room.pk].tallies] == [Tally(agree=1)]
    assert (done.seq, done.id) == (message.seq, message.pk)


@pytest.mark.parametrize("value", ["agree", "disagree", "unsure", "none"])
def test_taking_the_same_stance_again_changes_nothing(room: Room, value: str) -> None:
    message, fatima = given.a_message(room), given.a_resident()
    do(stance_take, by=fatima, room=room, message=message.pk, value=value)
    with verify_change(room, changes=False):
        do(stance_take, by=fatima, room=room, message=message.pk, value=value)


def test_a_visitor_takes_no_stance(room: Room) -> None:
    message = given.a_message(room)
    refused(stance_take, "signed_out", by=None, room=room, message=message.pk, value="agree")


def test_what_is_not_shown_gets_no_stance(room: Room) -> None:
    fatima = given.a_resident()
    retracted, hidden = given.a_message(room, by=fatima), given.a_message(room)
    do(message_retract, by=fatima, room=room, message=retracted.pk)
    do(
        message_hide,
        by=given.a_manager(),
        room=room,
        message=hidden.pk,
        ground="insult",
        reason="Scheldwoord.",
    )
    for message in (retracted, hidden):
        refused(stance_take, "gone", by=fatima, room=room, message=message.pk, value="agree")


def test_a_message_of_another_room_gets_no_stance_here(room: Room) -> None:
    elsewhere = given.a_message(given.a_room())
    fatima = given.a_resident()
    refused(stance_take, "no_message", by=fatima, room=room, message=elsewhere.pk, value="agree")


def test_a_tombstone_keeps_its_tally(room: Room) -> None:
    fatima = given.a_resident()
    message = given.a_message(room, by=fatima)
    do(stance_take, by=given.a_resident(), room=room, message=message.pk, value="agree")
    verified(message_retract, by=fatima, room=room, message=message.pk)
    assert tally(message) == Tally(agree=1)
