"""What was discussed before: on a page, beside a conversation, while someone writes."""

import pytest

from deliberation.agenda.models import MemorySeen, Need, NeedState
from deliberation.agenda.services.memory import memory_seen
from deliberation.kernel.refusals import Refused
from moderation.services import message_hide
from rooms.models import Room
from tests import given
from tests.browsing import browser, evening, words
from tests.doing import do

from .given import a_need, an_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ASKED = "/n/kade/agenda/eerder"


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def swing(room: Room) -> Need:
    """An answered need about the swing."""
    thread = given.a_thread(room, "De speelplek", body="De schommel op het plein is kapot.")
    need = a_need(room, [thread.messages.get()], state=NeedState.ANSWERED)
    an_answer(need, reason="De schommel wordt gemaakt.")
    return need


def test_what_is_being_written_is_looked_up_and_stands_in_no_address(swing: Need) -> None:
    said = {"text": "Op het plein is de schommel stuk"}
    response = browser().post(ASKED, said, **HERE)
    (one,) = response.json()["earlier"]
    assert one["kenmerk"] == swing.kenmerk
    assert one["answer"] == "Taken over"
    assert one["reason"] == "De schommel wordt gemaakt."
    assert not response.cookies


def test_it_can_be_asked_without_scripts(swing: Need) -> None:
    seen = words(browser().get(ASKED, {"q": "schommel op het plein"}))
    assert "Last time we discussed this with De Kade" in seen
    assert "De schommel wordt gemaakt." in seen
    assert "Nothing on the agenda is about this" in words(browser().get(ASKED, {"q": "zeppelins"}))


def test_of_words_that_were_hidden_nothing_is_remembered(room: Room, swing: Need) -> None:
    message = swing.sentences.get(place=0).citations.get().message
    do(
        message_hide,
        by=given.a_manager(),
        room=room,
        message=message.pk,
        ground="insult",
        reason="Naam.",
    )
    response = browser().post(ASKED, {"text": "Op het plein is de schommel stuk"}, **HERE)
    assert response.json() == {"earlier": []}


def test_a_thread_shows_what_was_discussed_elsewhere_not_in_itself(swing: Need) -> None:
    room = given.a_room("haven")
    thread = given.a_thread(room, "De schommel van het plein is weer kapot")
    seen = words(browser().get(f"/r/haven/t/{thread.pk}/"))
    assert "Last time we discussed this with De Kade" in seen
    own = swing.sentences.get(place=0).citations.get().message
    seen = words(browser().get(f"/r/plein/t/{own.thread_id}/"))
    assert "Last time we discussed this" not in seen
    assert "On the agenda from this conversation" in seen


def test_a_manager_ticks_that_it_was_seen_and_everyone_can_read_that(swing: Need) -> None:
    thread = given.a_thread(given.a_room("haven"), "De schommel van het plein is weer kapot")
    manager, address = given.a_manager(), f"/r/haven/t/{thread.pk}/"
    assert "I have seen this" not in words(browser().get(address))
    assert "I have seen this" in words(browser(manager).get(address))
    said = {"thread": str(thread.pk), "need": str(swing.kenmerk)}
    for _ in range(2):
        response = browser(manager).post(f"{ASKED}/gezien", said, **HERE)
        assert response.status_code == 303
    assert MemorySeen.objects.get().person == manager
    assert "A community manager looked at this on 2 March 2026." in words(browser().get(address))


def test_a_resident_ticks_nothing(swing: Need) -> None:
    thread = given.a_thread(given.a_room("haven"))
    said = {"thread": str(thread.pk), "need": str(swing.kenmerk)}
    refused = browser(given.a_resident()).post(f"{ASKED}/gezien", said, **HERE)
    assert refused.status_code == 403
    assert not MemorySeen.objects.exists()


def test_a_thread_of_another_neighbourhood_is_refused(swing: Need) -> None:
    manager = given.acting(given.a_manager())
    with pytest.raises(Refused) as caught:
        memory_seen(actor=manager, thread=0, need=swing.pk, at=swing.made_at)
    assert caught.value.code == "no_thread"
