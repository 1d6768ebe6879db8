"""Proposing a need by plain form, from any message."""

from typing import Any

import pytest
from django.http import HttpResponse

from deliberation.agenda.models import Need, NeedOrigin, NeedState, Suggestion
from deliberation.agenda.selectors.words import titles
from deliberation.people.models import Person
from rooms.models import Message, Room
from tests import given
from tests.browsing import browser, evening, hidden, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
PROPOSE = "/n/kade/agenda/nieuw"
WORDS = "Een brede stoep voor kinderwagens"


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def message(room: Room) -> Message:
    return given.a_message(room, body="De stoep is te smal. Ik loop op straat.")


def sent(person: Person | None, message: Message, **fields: Any) -> HttpResponse:
    client = browser(person)
    form = client.get(f"{PROPOSE}?bericht={message.pk}")
    typed = {"words": WORDS, "message": message.pk, "ref": hidden(form, "ref")} | fields
    origin = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
    return client.post(PROPOSE, typed, follow=True, **origin)


def test_a_message_is_proposed_in_its_own_words_or_in_others(message: Message) -> None:
    fatima = given.a_resident("Fatima")
    form = browser(fatima).get(f"{PROPOSE}?bericht={message.pk}")
    assert "De stoep is te smal. Ik loop op straat." in words(form)
    assert form.context["form"].initial["words"] == "De stoep is te smal."
    found = sent(fatima, message)
    assert "A community manager looks at it and decides." in words(found)
    need = Need.objects.get()
    assert titles([need.pk]) == {need.pk: WORDS}
    assert (need.state, need.proposed_by) == (NeedState.SUGGESTED, fatima)


def test_one_asks_nothing_more_than_three_fields(message: Message) -> None:
    form = browser(given.a_resident()).get(PROPOSE).context["form"]
    assert [one.name for one in form.visible_fields()] == ["words", "message", "theme"]


def test_without_a_message_ones_own_are_offered(room: Room) -> None:
    fatima = given.a_resident("Fatima")
    given.a_message(room, body="Meer bomen graag.", by=fatima)
    given.a_message(room, body="Van een ander.")
    found = browser(fatima).get(PROPOSE).content.decode()
    assert "Meer bomen graag." in found
    assert "Van een ander." not in found


def test_a_visitor_joins_with_it(message: Message) -> None:
    found = sent(None, message, name="Nieuw hier")
    assert found.status_code == 200
    assert Suggestion.objects.get().by == Person.objects.get(name="Nieuw hier")


def test_nothing_typed_is_said_beside_the_field_and_nobody_joins(message: Message) -> None:
    found = sent(None, message, name="Nieuw hier", words=" ")
    assert found.status_code == 422
    assert "This can't be empty" in words(found)
    assert not Person.objects.filter(name="Nieuw hier").exists()


def test_an_official_puts_it_on_the_agenda_by_the_municipality(message: Message) -> None:
    found = sent(given.an_official(), message)
    need = Need.objects.get()
    assert (need.origin, need.state) == (NeedOrigin.OFFICIAL, NeedState.ON_AGENDA)
    assert found.redirect_chain[-1][0] == f"/b/{need.kenmerk}/"


def test_a_hidden_message_is_not_shown(room: Room, message: Message) -> None:
    Message.objects.filter(pk=message.pk).update(state="hidden")
    found = browser(given.a_resident()).get(f"{PROPOSE}?bericht={message.pk}")
    assert "Ik loop op straat" not in found.content.decode()


def test_from_a_message_in_the_room_one_gets_there(room: Room, message: Message) -> None:
    found = browser().get("/r/plein/")
    assert f"{PROPOSE}?bericht={message.pk}" in found.content.decode()


def test_the_manager_sees_who_proposed_it(message: Message) -> None:
    sent(given.a_resident("Fatima"), message)
    found = words(browser(given.a_manager()).get("/beheer/agenda/kade/"))
    assert "proposed by Fatima" in found
    assert WORDS in found
