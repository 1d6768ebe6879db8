"""Support, following and contesting by plain form, without scripts; a visitor gets a name."""

from typing import Any

import pytest
from django.test import Client

from deliberation.agenda.models import (
    Contest,
    Follow,
    Need,
    NeedState,
    Suggestion,
    SuggestionKind,
    Support,
)
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.asking import need_ask, need_extend
from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.browsing import browser, evening, hidden, words
from tests.fakes import EVENING, Clock

from .doing import do
from .given import a_need, an_answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def need(room: Room) -> Need:
    return a_need(room)


def at(need: Need, act: str = "") -> str:
    return f"/b/{need.kenmerk}/{act}"


def page(need: Need, client: Client | None = None, query: str = "") -> str:
    return words((client or browser()).get(at(need) + query))


def test_the_page_says_how_many_it_takes(need: Need, settings: Any) -> None:
    settings.NEED_PEOPLE, settings.NEED_BREADTH = 25, 2
    shown = page(need)
    assert "0 people want an answer. From 25 people on the municipality must answer." in shown
    assert "at least 2 conversations, or 2 streets" in shown


def test_someone_supports_with_one_press_and_takes_it_back(need: Need) -> None:
    fatima = given.a_resident()
    client = browser(fatima)
    done = client.post(at(need, "steun"), {"street": "Zijstraat"})
    assert (done.status_code, done.url) == (303, f"{at(need)}?gedaan=steun#steun")
    assert Support.objects.get().street == "Zijstraat"
    shown = page(need, client, "?gedaan=steun")
    assert "You want an answer. You hear of it when it is there." in shown
    assert "I want an answer too" not in shown
    assert "Zijstraat" not in words(client.get(at(need)))
    assert client.post(at(need, "steun"), {"stop": "1"}).url == f"{at(need)}#steun"
    assert not Support.objects.exists()


def test_a_visitor_is_asked_a_name_on_the_way_and_keeps_the_street(need: Need) -> None:
    client = browser()
    asked = client.post(at(need, "steun"), {"street": "Laan"})
    assert asked.status_code == 200
    assert "Your name" in words(asked)
    assert 'value="Laan"' in asked.content.decode()
    assert not asked.cookies
    ref = hidden(asked, "ref")
    refused = client.post(at(need, "steun"), {"street": "Laan", "name": "  ", "ref": ref})
    assert refused.status_code == 422
    assert "Choose a name first." in words(refused)
    assert not Person.objects.filter(name="Nora").exists()
    done = client.post(at(need, "steun"), {"street": "Laan", "name": "Nora", "ref": ref})
    assert done.status_code == 303
    assert Support.objects.get().person.name == "Nora"
    assert "You want an answer." in page(need, client)


def test_a_visitor_who_is_refused_does_not_become_someone(room: Room) -> None:
    need = a_need(room, state=NeedState.ANSWERED)
    refused = browser().post(at(need, "steun"), {"name": "Nora"})
    assert refused.status_code == 422
    assert "This need can't be supported now." in words(refused)
    assert not Person.objects.filter(name="Nora").exists()


def test_following_starts_and_stops(need: Need) -> None:
    client = browser(given.a_resident())
    assert client.post(at(need, "volg")).url == f"{at(need)}?gedaan=volg#steun"
    assert "Follow no longer" in page(need, client)
    client.post(at(need, "volg"), {"stop": "1"})
    assert not Follow.objects.exists()
    assert "Keep me informed" in page(need, client)


def test_a_form_of_another_site_does_nothing(need: Need) -> None:
    client = browser(given.a_resident())
    for act in ("steun", "volg", "klopt-niet", "andere-woorden"):
        foreign = client.post(at(need, act), headers={"origin": "https://elders.test"})
        assert foreign.status_code == 403
    assert not Support.objects.exists()


def test_a_resident_contests_a_sentence_and_the_count_is_public(need: Need) -> None:
    client, sentence = browser(given.a_resident()), need.sentences.last()
    assert sentence is not None
    form = client.get(f"{at(need, 'klopt-niet')}?zin={sentence.pk}")
    assert "Veilig oversteken bij de school moet kunnen." in words(form)
    wanted = {"kind": "wrong", "zin": hidden(form, "zin"), "words": ""}
    empty = client.post(at(need, "klopt-niet"), wanted)
    assert empty.status_code == 422
    assert "This can't be empty." in words(empty)
    secret = "Het ging om de stoep, niet om de straat."
    done = client.post(at(need, "klopt-niet"), wanted | {"words": secret})
    assert done.url == f"{at(need)}?gedaan=klopt-niet#klopt-niet"
    assert Contest.objects.get().sentence == sentence
    shown = page(need, client, "?gedaan=klopt-niet")
    assert "Thank you. A person reads it." in shown
    assert "1 person said that something is missing or not right. 1 waits for an answer." in shown
    assert secret not in shown


def test_a_resident_says_it_in_other_words(need: Need) -> None:
    client = browser(given.a_resident())
    assert titles([need.pk])[need.pk] in words(client.get(at(need, "andere-woorden")))
    empty = client.post(at(need, "andere-woorden"), {"words": " "})
    assert empty.status_code == 422
    done = client.post(at(need, "andere-woorden"), {"words": "Een zebrapad bij de school"})
    assert done.url == f"{at(need)}?gedaan=andere-woorden#andere-woorden"
    assert "A community manager looks at your words." in page(
        need, client, "?gedaan=andere-woorden"
    )
    asked = Suggestion.objects.get(kind=SuggestionKind.TITLE)
    assert "zebrapad" in asked.words


@pytest.mark.parametrize("wanted", ["", "abc", "9" * 30, "-1"])
def test_a_wrong_sentence_in_the_address_is_no_sentence(need: Need, wanted: str) -> None:
    form = browser().get(f"{at(need, 'klopt-niet')}?zin={wanted}")
    assert form.status_code == 200
    assert hidden(form, "zin") == ""


def test_the_page_explains_the_date_and_why_it_became_later(need: Need) -> None:
    do(need_ask, by=given.a_manager(), need=need.pk, body="staff")
    shown = page(need)
    assert "There is no answer yet. It comes on Monday 30 March 2026 at the latest." in shown
    assert "The municipal staff answers within 20 working days (rule 2026-1" in shown
    assert "8 days of weekends don't count." in shown
    until = EVENING.replace(month=6).date()
    fields = {"need": need.pk, "until": until, "reason": "Eerst een onderzoek."}
    do(need_extend, by=given.an_official(), **fields)
    shown = page(need)
    assert "On 2 March 2026 that became Tuesday 2 June 2026. Reason: Eerst een onderzoek." in shown


def test_late_answers_are_on_a_public_list(need: Need, clock: Clock) -> None:
    late = "/n/kade/agenda/te-laat/"
    do(need_ask, by=given.a_manager(), need=need.pk, body="staff")
    assert "No answer is late." in words(browser().get(late))
    clock.forward(days=30)
    response = browser().get(late)
    assert "Due on 30 March 2026, 2 days late" in words(response)
    assert f"/b/{need.kenmerk}/" in response.content.decode()
    assert not response.cookies
    assert "It is 2 days late." in page(need)
    assert browser().get("/n/nergens/agenda/te-laat/").status_code == 404


def test_an_answer_is_words_and_never_markup(room: Room) -> None:
    need = a_need(room, state=NeedState.ANSWERED)
    an_answer(need, reason="<b>Ja</b>\n\nMaar later.", link="https://kade.test/besluit")
    html = browser().get(at(need)).content.decode()
    assert "&lt;b&gt;Ja&lt;/b&gt;" in html
    assert 'href="https://kade.test/besluit"' in html
