"""One message stands above its conversation, as long as it is shown there."""

import pytest

from moderation.services import message_hide, message_restore
from rooms.models import Message, Room, Thread
from rooms.services import message_move, thread_merge, thread_pin
from tests import given
from tests.browsing import browser, evening
from tests.doing import do, refused, verified

__all__ = ["evening"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
WHY = {"ground": "insult", "reason": "Scheldwoord."}


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room)


@pytest.fixture
def message(thread: Thread) -> Message:
    return given.a_message(thread.room, thread=thread, body="Zaterdag om tien uur ruimen we op.")


def pin(thread: Thread, message: int | None) -> None:
    fields = {"thread": thread.pk, "message": message}
    verified(thread_pin, by=given.a_manager(), room=thread.room, **fields)
    thread.refresh_from_db()


def page(thread: Thread) -> str:
    return browser().get(f"/r/kade/t/{thread.pk}/").content.decode()


def test_a_manager_pins_a_message_by_its_page(thread: Thread, message: Message) -> None:
    manager, address = browser(given.a_manager()), f"/r/kade/m/{message.pk}/pin"
    form = manager.get(address).context["form"]
    assert (
        "It takes the place of what is pinned there now." in manager.get(address).content.decode()
    )

    manager.post(address, {"ref": form["ref"].value()})

    assert 'class="pinned"' in page(thread)
    assert "Unpin this message" in manager.get(address).content.decode()
    form = manager.get(address).context["form"]
    manager.post(address, {"ref": form["ref"].value()})
    assert 'class="pinned"' not in page(thread)


def test_the_last_pinned_message_counts(thread: Thread, message: Message) -> None:
    pin(thread, message.pk)
    other = given.a_message(thread.room, thread=thread)
    pin(thread, other.pk)
    assert thread.pinned == other


def test_hidden_words_stand_nowhere(thread: Thread, message: Message) -> None:
    pin(thread, message.pk)
    manager = given.a_manager("Ali")
    do(message_hide, by=manager, room=thread.room, message=message.pk, **WHY)
    assert 'class="pinned"' not in page(thread)
    do(message_restore, by=manager, room=thread.room, message=message.pk, reason="Vergissing.")
    assert 'class="pinned"' in page(thread)


def test_what_moves_elsewhere_is_not_pinned_here(thread: Thread, message: Message) -> None:
    pin(thread, message.pk)
    fields = {"message": message.pk, "title": "Opruimen"}
    verified(message_move, by=given.a_manager("Ali"), room=thread.room, **fields)
    thread.refresh_from_db()
    assert thread.pinned is None


def test_a_merged_conversation_has_nothing_pinned(thread: Thread, message: Message) -> None:
    pin(thread, message.pk)
    into = given.a_thread(thread.room, "Opruimen")
    fields = {"thread": thread.pk, "into": into.pk, "reason": "Hetzelfde."}
    verified(thread_merge, by=given.a_manager("Ali"), room=thread.room, **fields)
    thread.refresh_from_db()
    assert thread.pinned is None


def test_only_what_is_shown_here_can_be_pinned(thread: Thread, message: Message) -> None:
    elsewhere = given.a_message(thread.room, thread=given.a_thread(thread.room, "Anders"))
    manager = given.a_manager()
    wanted = {"by": manager, "room": thread.room, "thread": thread.pk}
    refused(thread_pin, "not_pinnable", **wanted, message=elsewhere.pk)
    do(message_hide, by=manager, room=thread.room, message=message.pk, **WHY)
    refused(thread_pin, "not_pinnable", **wanted, message=message.pk)
