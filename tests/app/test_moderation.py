"""Hiding, restoring and bans: with a reason, in the log, and told right to who was away."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from deliberation.people.models import Ban
from moderation.services import message_hide, message_restore, person_ban, person_unban
from rooms.models import Message, Room
from rooms.selectors import snapshot
from rooms.services import message_edit, message_post, message_retract, stance_take
from tests import given
from tests.doing import do, refused, verified
from tests.fakes import EVENING, Clock
from tests.verify import fresh, verify_change

pytestmark = pytest.mark.django_db
WHY = {"reason": "Scheldwoord."}
ON_A_GROUND = {"ground": "insult", **WHY}
TOMORROW = EVENING + timedelta(days=1)


@pytest.fixture
def room() -> Room:
    return given.a_room()


def test_hiding_shows_why_and_no_words(room: Room) -> None:
    message = given.a_message(room, body="Lelijk woord")
    verified(message_hide, by=given.a_manager(), room=room, message=message.pk, **ON_A_GROUND)
    hidden = snapshot(fresh(room)).messages[-1]
    assert (hidden.state, hidden.body, hidden.author) == ("hidden", None, None)
    assert (hidden.ground, hidden.reason) == ("insult", None)
    assert Message.objects.get(pk=message.pk).body == "Lelijk woord"


def test_restoring_shows_the_words_where_they_were(room: Room) -> None:
    manager, message = given.a_manager(), given.a_message(room, body="Toch netjes")
    given.a_message(room, message.thread)
    do(message_hide, by=manager, room=room, message=message.pk, **ON_A_GROUND)
    verified(message_restore, by=manager, room=room, message=message.pk, reason="Bezwaar klopt.")
    shown = snapshot(fresh(room)).messages[-2]
    assert (shown.id, shown.state, shown.body) == (message.pk, "shown", "Toch netjes")
    assert shown.reason == "Bezwaar klopt."


def test_who_was_away_never_gets_the_words_of_a_hidden_message(room: Room) -> None:
    with verify_change(room) as told:
        message = given.a_message(room, body="Lelijk woord")
        do(message_hide, by=given.a_manager(), room=room, message=message.pk, **ON_A_GROUND)
    assert told[room.pk].kinds[-2:] == ["message.posted", "message.hidden"]


def test_a_decision_without_a_reason_is_none(room: Room) -> None:
    manager, message, fatima = given.a_manager(), given.a_message(room), given.a_resident()
    for words, code in ((" ", "empty"), ("x" * 5001, "too_long")):
        wanted = {"by": manager, "room": room, "ground": "insult", "reason": words}
        refused(message_hide, code, **wanted, message=message.pk)
        refused(person_ban, code, **wanted, person=fatima.pk, until=TOMORROW)
    do(message_hide, by=manager, room=room, message=message.pk, **ON_A_GROUND)
    given.a_ban(fatima, room)
    for words, code in ((" ", "empty"), ("x" * 501, "too_long")):
        wanted = {"by": manager, "room": room, "reason": words}
        refused(message_restore, code, **wanted, message=message.pk)
        refused(person_unban, code, **wanted, person=fatima.pk)


def test_only_what_is_shown_is_hidden_and_only_what_is_hidden_is_restored(room: Room) -> None:
    manager, fatima = given.a_manager(), given.a_resident()
    message, retracted = given.a_message(room), given.a_message(room, by=fatima)
    wanted = {"by": manager, "room": room, **ON_A_GROUND}
    restore = {"by": manager, "room": room, **WHY}
    do(message_retract, by=fatima, room=room, message=retracted.pk)
    refused(message_restore, "not_hidden", **restore, message=message.pk)
    refused(message_restore, "not_hidden", **restore, message=retracted.pk)
    refused(message_hide, "gone", **wanted, message=retracted.pk)
    do(message_hide, **wanted, message=message.pk)
    refused(message_hide, "gone", **wanted, message=message.pk)
    refused(message_hide, "no_message", **wanted, message=given.a_message(given.a_room()).pk)


def test_a_restored_message_can_be_hidden_again_and_retracted(room: Room) -> None:
    manager, fatima = given.a_manager(), given.a_resident()
    message = given.a_message(room, by=fatima)
    wanted = {"by": manager, "room": room, "message": message.pk}
    for _ in range(2):
        verified(message_hide, **wanted, **ON_A_GROUND)
        verified(message_restore, **wanted, **WHY)
    verified(message_retract, by=fatima, room=room, message=message.pk)
    assert snapshot(fresh(room)).messages[-1].reason is None


def test_a_ban_is_told_to_staff_alone(room: Room) -> None:
    manager, fatima = given.a_manager("Mieke"), given.a_resident("Fatima")
    with verify_change(room) as told:
        wanted = {"person": fatima.pk, "until": TOMORROW, **ON_A_GROUND}
        do(person_ban, by=manager, room=room, **wanted)
    assert told[room.pk].public == []
    [event] = told[room.pk].staff
    assert (event.person.name, event.by.name, event.by.badge) == ("Fatima", "Mieke", "manager")
    assert (event.reason, event.until, event.everywhere) == ("Scheldwoord.", TOMORROW, False)


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_ban_stops_writing_here_or_everywhere_until_it_ends(
    room: Room, clock: Clock, everywhere: bool
) -> None:
    fatima, other = given.a_resident(), given.a_room()
    message = given.a_message(room, by=fatima)
    places = {place: given.a_thread(place) for place in (room, other)}
    given.a_ban(fatima, room, everywhere=everywhere)
    post = {"by": fatima, "body": "Hoi", "at": clock()}
    no = refused(message_post, "banned", room=room, thread=places[room].pk, **post)
    assert no.values == {"until": TOMORROW}
    for service, fields in ((message_edit, {"body": "x"}), (stance_take, {"value": "agree"})):
        refused(service, "banned", by=fatima, room=room, message=message.pk, **fields)
    if everywhere:
        refused(message_post, "banned", room=other, thread=places[other].pk, **post)
    else:
        verified(message_post, room=other, thread=places[other].pk, **post)
    post["at"] = clock.forward(days=1)
    verified(message_post, room=room, thread=places[room].pk, **post)


def test_a_banned_person_can_still_take_back_their_own_words(room: Room) -> None:
    fatima = given.a_resident()
    message = given.a_message(room, by=fatima)
    given.a_ban(fatima, room)
    verified(message_retract, by=fatima, room=room, message=message.pk)


def test_lifting_ends_every_ban_that_holds_here(room: Room) -> None:
    fatima, ada, thread = given.a_resident(), given.an_administrator("Ada"), given.a_thread(room)
    given.a_ban(fatima, room)
    given.a_ban(fatima, room, everywhere=True)
    given.a_ban(fatima, given.a_room("elders"))
    with verify_change(room) as told:
        do(person_unban, by=ada, room=room, person=fatima.pk, reason="Excuses gemaakt.")
    [event] = told[room.pk].staff
    assert (event.by.name, event.reason) == ("Ada", "Excuses gemaakt.")
    verified(message_post, by=fatima, room=room, thread=thread.pk, body="Sorry")
    assert [ban.place for ban in Ban.objects.in_force(EVENING)] == ["elders"]


def test_who_lifted_a_ban_is_not_who_gave_it_also_for_who_was_away(room: Room) -> None:
    fatima, mieke, ada = given.a_resident(), given.a_manager("Mieke"), given.an_administrator("Ada")
    with verify_change(room) as told:
        do(person_ban, by=mieke, room=room, person=fatima.pk, until=TOMORROW, **ON_A_GROUND)
        do(person_unban, by=ada, room=room, person=fatima.pk, reason="Vergissing.")
    assert [event.by.name for event in told[room.pk].staff] == ["Mieke", "Ada"]


@pytest.mark.parametrize(
    "until",
    [
        EVENING,
        EVENING - timedelta(days=1),
        EVENING + timedelta(days=20 * 365),
        datetime.fromisoformat("9999-12-31T23:59:59-23:59"),
    ],
)
def test_a_ban_ends_and_not_in_the_past(room: Room, until: datetime) -> None:
    wanted: dict[str, Any] = {"person": given.a_resident().pk, "until": until, **ON_A_GROUND}
    refused(person_ban, "no_end", by=given.a_manager(), room=room, **wanted)


def test_staff_and_strangers_are_not_banned(room: Room) -> None:
    manager = given.a_manager()
    for person in (manager.pk, given.an_official().pk, given.a_council_member().pk, 10**9):
        wanted = {"by": manager, "room": room, "person": person}
        refused(person_ban, "no_person", **wanted, **ON_A_GROUND, until=TOMORROW)
        refused(person_unban, "no_person", **wanted, **WHY)


def test_who_is_not_banned_here_has_nothing_to_lift(room: Room, clock: Clock) -> None:
    manager, fatima = given.a_manager(), given.a_resident()
    wanted = {"by": manager, "room": room, "person": fatima.pk, **WHY}
    refused(person_unban, "not_banned", **wanted)
    given.a_ban(fatima, given.a_room())
    refused(person_unban, "not_banned", **wanted)
    given.a_ban(fatima, room)
    refused(person_unban, "not_banned", **wanted, at=clock.forward(days=1))


def test_only_managers_moderate(room: Room) -> None:
    message, fatima = given.a_message(room), given.a_resident()
    for person in (given.a_resident(), given.an_official(), given.a_council_member()):
        wanted = {"by": person, "room": room}
        hide = wanted | {"message": message.pk}
        ban = wanted | {"person": fatima.pk}
        refused(message_hide, "not_allowed", **hide, **ON_A_GROUND)
        refused(message_restore, "not_allowed", **hide, **WHY)
        refused(person_ban, "not_allowed", **ban, **ON_A_GROUND, until=TOMORROW)
        refused(person_unban, "not_allowed", **ban, **WHY)
