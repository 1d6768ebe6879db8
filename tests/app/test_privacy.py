"""Changing a name and erasing everything: told right, everywhere, for good."""

import json

import pytest

from deliberation.eventlog.models import Event
from deliberation.kernel.ids import new_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import VISITOR, Actor
from deliberation.people.models import Person
from moderation.services import message_hide, person_unban
from rooms.models import Message, MessageRevision, MessageState, Room, Stance
from rooms.privacy.erasing import erase
from rooms.privacy.renaming import rename
from rooms.selectors import events_after, snapshot
from rooms.services import message_edit, message_retract, stance_take, thread_move
from tests import given
from tests.doing import do
from tests.fakes import EVENING
from tests.verify import ALL, everything, fresh, verify_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


def acting(person: Person) -> Actor:
    return given.acting(Person.objects.get(pk=person.pk))


def a_history(room: Room, person: Person, other: Person) -> dict[str, int]:
    """Words in every state, and stances both ways."""
    thread = given.a_thread(room, "Licht", by=person, body="Geheim: het is donker.")
    kept = given.a_message(room, thread, "Wij kijken.", by=other).pk
    edited = given.a_message(room, thread, "Geheim: stuck", by=person).pk
    do(message_edit, by=person, room=room, message=edited, body="Geheim: stuk")
    hidden = given.a_message(room, thread, "Geheim: lelijk", by=person).pk
    manager = given.a_manager()
    do(
        message_hide,
        by=manager,
        room=room,
        message=hidden,
        ground="insult",
        reason="Geheim: noemt een naam.",
    )
    retracted = given.a_message(room, thread, "Geheim: oeps", by=person).pk
    do(message_retract, by=person, room=room, message=retracted)
    do(stance_take, by=person, room=room, message=kept, value="agree")
    do(stance_take, by=person, room=room, message=edited, value="unsure")
    do(stance_take, by=other, room=room, message=edited, value="agree")
    return {"kept": kept, "edited": edited, "hidden": hidden, "retracted": retracted}


def test_a_new_name_stands_beside_everything_written_before(room: Room, fatima: Person) -> None:
    hof, thread = given.a_room("hof"), given.a_thread(room, by=fatima)
    given.a_message(hof, by=fatima)
    with verify_change(room, hof) as told:
        rename(actor=acting(fatima), name="  Fatima van de Kade ", at=EVENING)
    assert told[room.pk].kinds == told[hof.pk].kinds == ["author.changed"]
    shown = snapshot(fresh(room))
    assert {m.author.name for m in shown.messages if m.author} == {"Fatima van de Kade"}
    assert shown.threads[0].opened_by is not None
    assert shown.threads[0].opened_by.name == "Fatima van de Kade"
    assert thread.pk == shown.threads[0].id


def test_the_same_name_again_changes_nothing(room: Room, fatima: Person) -> None:
    given.a_thread(room, by=fatima)
    with verify_change(room, changes=False):
        rename(actor=acting(fatima), name="Fatima", at=EVENING)


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "name_empty"), ("Mieke", "name_staff"), ("Joke", "name_taken"), ("42", "name_letters")],
)
def test_a_name_that_would_confuse_others_is_refused(
    room: Room, fatima: Person, name: str, code: str
) -> None:
    given.a_manager("Mieke")
    thread = given.a_thread(room, by=fatima)
    given.a_message(room, thread, by=given.a_resident("Joke"))
    with verify_change(room, changes=False), pytest.raises(Refused) as caught:
        rename(actor=acting(fatima), name=name, at=EVENING)
    assert caught.value.code == code


def test_a_name_can_be_had_again_after_it_was_changed(room: Room, fatima: Person) -> None:
    given.a_thread(room, by=fatima)
    rename(actor=acting(fatima), name="Fatima B.", at=EVENING)
    with verify_change(room):
        rename(actor=acting(fatima), name="Fatima", at=EVENING)


def test_who_may_not_write_does_not_get_another_name_either(room: Room, fatima: Person) -> None:
    given.a_thread(room, by=fatima)
    given.a_ban(fatima, room)
    with verify_change(room, changes=False), pytest.raises(Refused) as caught:
        rename(actor=acting(fatima), name="Iemand anders", at=EVENING)
    assert caught.value.code == "banned"


@pytest.mark.parametrize("act", [rename, erase])
def test_visitors_and_staff_are_told_why_not(room: Room, act: object) -> None:
    fields = {"name": "Piet", "at": EVENING} if act is rename else {"at": EVENING}
    for actor, code in ((VISITOR, "signed_out"), (acting(given.a_manager()), "staff_stays")):
        with verify_change(room, changes=False), pytest.raises(Refused) as caught:
            act(actor=actor, **fields)  # type: ignore[operator]
        assert caught.value.code == code


def test_erasing_leaves_tombstones_and_right_tallies(room: Room, fatima: Person) -> None:
    ids = a_history(room, fatima, given.a_resident("Joke"))
    with verify_change(room) as told:
        erase(actor=acting(fatima), at=EVENING)
    assert told[room.pk].kinds == ["message.erased"] * 4 + ["author.changed"]
    shown = {message.id: message for message in snapshot(fresh(room)).messages}
    assert [m.state for m in shown.values()].count("erased") == 4
    assert (shown[ids["kept"]].state, shown[ids["kept"]].tally.agree) == ("shown", 0)
    assert (shown[ids["edited"]].tally.agree, shown[ids["edited"]].tally.unsure) == (1, 0)
    thread = snapshot(fresh(room)).threads[0]
    assert (thread.title, thread.opened_by, thread.messages) == ("Licht", None, 5)
    assert not Stance.objects.filter(person=fatima).exists()
    assert not MessageRevision.objects.exists()


def test_no_row_keeps_a_word_a_name_or_a_link_to_who_erased(room: Room, fatima: Person) -> None:
    a_history(room, fatima, given.a_resident("Joke"))
    Person.objects.filter(pk=fatima.pk).update(email="fatima@kade.test", source="form:Fatima")
    erase(actor=acting(fatima), at=EVENING)
    left = json.dumps(everything(), default=str)
    for word in ("Geheim", "Fatima", "fatima"):
        assert word not in left
    assert not Event.objects.filter(actor=fatima.pk).exists()
    assert not Message.objects.filter(author=fatima.pk).exists()


def test_a_late_reader_of_the_log_gets_no_word_and_no_name(room: Room, fatima: Person) -> None:
    a_history(room, fatima, given.a_resident("Joke"))
    rename(actor=acting(fatima), name="Fatima B.", at=EVENING)
    erase(actor=acting(fatima), at=EVENING)
    told = str(events_after(fresh(room), 0, stream="public", limit=ALL))
    assert "Geheim" not in told
    assert "Fatima" not in told


def test_erasing_twice_changes_nothing_more(room: Room, fatima: Person) -> None:
    a_history(room, fatima, given.a_resident("Joke"))
    erase(actor=acting(fatima), at=EVENING)
    with verify_change(room, changes=False):
        erase(actor=Actor(fatima.pk), at=EVENING)


def test_words_that_were_moved_to_another_room_go_too(room: Room, fatima: Person) -> None:
    hof = given.a_room("hof")
    thread = given.a_thread(room, by=fatima)
    why = {"to_room": "hof", "reason": "Hoort daar."}
    do(thread_move, by=given.a_manager(), room=room, thread=thread.pk, **why)
    with verify_change(room, hof):
        erase(actor=acting(fatima), at=EVENING)
    for place in (room, hof):
        assert all(thread.opened_by is None for thread in snapshot(fresh(place)).threads)
    assert {m.state for m in snapshot(fresh(hof)).messages} == {MessageState.ERASED}


def test_someone_who_only_took_stances_leaves_no_stance(room: Room, fatima: Person) -> None:
    message = given.a_message(room)
    do(stance_take, by=fatima, room=room, message=message.pk, value="disagree")
    with verify_change(room) as told:
        erase(actor=acting(fatima), at=EVENING)
    assert [tally.counts.disagree for tally in told[room.pk].tallies] == [0]


def test_a_ban_stays_without_a_name(room: Room, fatima: Person) -> None:
    given.a_ban(fatima, room)
    erase(actor=acting(fatima), at=EVENING)
    assert "Fatima" not in str(events_after(fresh(room), 0, stream="staff", limit=ALL))
    manager = given.a_manager()
    do(person_unban, by=manager, room=room, person=fatima.pk, reason="Was weg.", ref=new_ref())
