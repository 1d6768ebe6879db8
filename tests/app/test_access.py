"""The only door to a room."""

import pytest

from deliberation.kernel.refusals import Refused
from deliberation.people.actors import VISITOR
from deliberation.people.models import Person
from rooms import access
from rooms.rights import Action
from rooms.services import thread_move
from tests import given
from tests.doing import do
from tests.fakes import EVENING
from tests.given import acting

pytestmark = pytest.mark.django_db


def test_everyone_finds_the_open_rooms_and_managers_the_drafts_too() -> None:
    room, draft = given.a_room(), given.a_draft()
    for person in (None, given.a_resident(), given.an_official(), given.a_council_member()):
        assert list(access.rooms_for(acting(person))) == [room]
        with pytest.raises(Refused, match="no_room"):
            access.room_for(acting(person), draft.slug, to=Action.READ, at=EVENING)
    for person in (given.a_manager(), given.an_administrator()):
        assert set(access.rooms_for(acting(person))) == {room, draft}
        assert access.room_for(acting(person), draft.slug, to=Action.READ, at=EVENING) == draft


@pytest.mark.parametrize("slug", ["nergens", "", "PLEIN", "../plein", "a\x01b", "x" * 5000, "é"])
def test_an_address_where_nothing_is_gives_no_room(slug: str) -> None:
    given.a_room("plein")
    with pytest.raises(Refused, match="no_room"):
        access.room_for(VISITOR, slug, to=Action.READ, at=EVENING)


def test_the_door_to_a_draft_says_the_same_as_no_door() -> None:
    draft = given.a_draft()
    said = []
    for slug in (draft.slug, "nergens"):
        with pytest.raises(Refused) as no:
            access.room_for(acting(given.a_resident()), slug, to=Action.POST, at=EVENING)
        said.append((no.value.code, no.value.text, no.value.values))
    assert said[0] == said[1]


def test_a_thread_and_a_message_belong_to_one_room() -> None:
    room, other = given.a_room(), given.a_room()
    message = given.a_message(room)
    assert access.thread_for(room, message.thread_id).pk == message.thread_id
    assert access.message_for(room, message.pk) == message
    with pytest.raises(Refused, match="no_thread"):
        access.thread_for(other, message.thread_id)
    with pytest.raises(Refused, match="no_message"):
        access.message_for(other, message.pk)


def test_what_moved_is_found_in_its_new_room_alone() -> None:
    room, other, manager = given.a_room(), given.a_room(), given.a_manager()
    message = given.a_message(room)
    wanted = {"thread": message.thread_id, "to_room": other.slug, "reason": "Hoort daar."}
    do(thread_move, by=manager, room=room, **wanted)
    assert access.message_for(other, message.pk) == message
    with pytest.raises(Refused, match="no_message"):
        access.message_for(room, message.pk)


def test_you_lists_exactly_what_is_open_to_you_now() -> None:
    room, fatima = given.a_room(), given.a_resident("Fatima")
    you = access.you(acting(fatima), room, at=EVENING)
    assert you is not None
    assert (you.name, you.badge, you.staff) == ("Fatima", None, False)
    assert set(you.may) == {
        "room.read",
        "appeal.make",
        "floor.ask",
        "floor.leave",
        "message.report",
        "poll.vote",
        "message.post",
        "message.edit",
        "message.retract",
        "stance.take",
        "thread.open",
    }
    given.a_ban(fatima, room)
    you = access.you(acting(fatima), room, at=EVENING)
    assert you is not None
    assert set(you.may) == {
        "appeal.make",
        "floor.leave",
        "message.report",
        "room.read",
        "message.retract",
    }


def test_a_manager_may_everything_and_sees_the_staff_stream() -> None:
    you = access.you(acting(given.a_manager()), given.a_draft(), at=EVENING)
    assert you is not None
    assert (set(you.may), you.staff, you.badge) == (set(Action), True, "manager")


def test_a_visitor_is_nobody() -> None:
    assert access.you(VISITOR, given.a_room(), at=EVENING) is None


def test_who_was_shut_out_of_the_system_is_a_visitor() -> None:
    manager = given.a_manager()
    Person.objects.filter(pk=manager.pk).update(is_active=False)
    assert acting(manager) == VISITOR
