"""Searching a room: found is what is shown, in both databases alike."""

import re
from typing import Any

import pytest

from moderation.services import message_hide, message_restore
from rooms.models import Room, Thread
from rooms.search.query import parsed
from rooms.search.selector import PAGE, Wanted, found
from rooms.services import message_edit, message_retract
from tests import given
from tests.browsing import browser, evening, words
from tests.doing import do
from tests.fakes import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


def bodies(room: Room, asked: str = "", **wanted: Any) -> list[str]:
    return [message.body for message in found(room, Wanted(query=parsed(asked), **wanted))]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("straat", "De straten zijn donker."),
        ("straten", "Onze straat is donker."),
        ("fietsen", "Mijn fiets is weg."),
        ("fiets", "Er staan te veel fietsen."),
        ("speel", "Een speeltuin erbij graag."),
        ("cafe", "Het CAFÉ op de hoek."),
        ("benches", "We need a bench."),
        ("speeltuin park", "Speeltuin/park: het een of het ander."),
        ('"te weinig licht"', "Er is te weinig licht hier."),
        ("licht -auto", "Licht op straat."),
        ("2027", "Voor 1-1-2027 klaar."),
        ("bank AND", "Een bank and a tree."),
        ("Çiğdem", "cigdem schreef dat ook."),
        ("дуб", "Старий дуб біля школи."),
    ],
)
def test_words_are_found_by_their_forms_and_their_beginnings(
    room: Room, asked: str, said: str
) -> None:
    given.a_message(room, body=said)
    given.a_message(room, body="Heel iets anders over auto's en honden.")
    assert bodies(room, asked) == [said]


@pytest.mark.parametrize(
    "asked",
    [
        "licht auto",
        '"licht weinig"',
        "licht -weinig",
        "'; DROP TABLE rooms_message; --",
        "x" * 200,
        'NEAR("licht", 3',
        "licht:*zzz",
        "body : zz",
        "lich\x00tzz",
    ],
)
def test_what_is_not_there_is_not_found_and_nothing_typed_is_an_error(
    room: Room, asked: str
) -> None:
    given.a_message(room, body="Er is te weinig licht.")
    given.a_message(room, body="Geen auto.")
    assert bodies(room, asked) == []


def test_hidden_retracted_and_old_words_are_not_found(room: Room) -> None:
    fatima, manager = given.a_resident(), given.a_manager()
    hidden = given.a_message(room, body="Verborgen lantaarn.", by=fatima)
    gone = given.a_message(room, body="Lantaarn teruggenomen.", by=fatima)
    changed = given.a_message(room, body="Een lantaarn met tikfout.", by=fatima)
    assert len(bodies(room, "lantaarn")) == 3
    do(message_hide, by=manager, room=room, message=hidden.pk, ground="insult", reason="Te grof.")
    do(message_retract, by=fatima, room=room, message=gone.pk)
    do(message_edit, by=fatima, room=room, message=changed.pk, body="Een lamp.")
    assert bodies(room, "lantaarn") == []
    assert bodies(room, "lamp") == ["Een lamp."]
    do(message_restore, by=manager, room=room, message=hidden.pk, reason="Toch niet.")
    assert bodies(room, "lantaarn") == ["Verborgen lantaarn."]


def test_another_room_is_not_looked_in(room: Room) -> None:
    given.a_message(given.a_room("plein"), body="Licht op het plein.")
    assert bodies(room, "licht") == []
    assert bodies(room) == []


def test_a_conversation_a_kind_a_person_and_a_time_narrow_it_down(room: Room) -> None:
    henk, zoe = given.a_resident("Henk"), given.a_resident("Zoë van Dam")
    need = given.a_thread(room, "Licht", kind="need", by=henk, body="Meer licht graag.")
    idea = given.a_thread(room, "Lampen", kind="idea", by=zoe, body="Zonnelampen als licht.")
    assert bodies(room, "licht") == ["Zonnelampen als licht.", "Meer licht graag."]
    assert bodies(room, "licht", thread=need.pk) == ["Meer licht graag."]
    assert bodies(room, "licht", kind="idea") == ["Zonnelampen als licht."]
    assert bodies(room, "licht", person="zoe VAN") == ["Zonnelampen als licht."]
    assert bodies(room, person="henk") == ["Meer licht graag."]
    assert bodies(room, thread=idea.pk, person="henk") == []
    assert len(bodies(room, "licht", since=EVENING)) == 2
    assert bodies(room, "licht", until=EVENING) == []


def test_the_best_match_comes_first_where_that_is_asked(room: Room) -> None:
    given.a_message(room, body="Licht, licht en nog eens licht.")
    given.a_message(room, body="Over van alles, en ook over licht, maar vooral over honden.")
    assert bodies(room, "licht", best_first=True)[0].startswith("Licht, licht")
    assert bodies(room, "licht")[0].startswith("Over van alles")


def test_the_page_shows_what_was_found_and_marks_it(room: Room, thread: Thread) -> None:
    message = given.a_message(room, thread, "Te weinig <b>licht</b> op straat.")
    page = browser().get("/r/kade/zoeken/", {"q": "licht"})
    assert page.status_code == 200
    assert "1 message found" in words(page)
    html = page.content.decode()
    assert "&lt;b&gt;<mark>licht</mark>&lt;/b&gt;" in html
    assert f"/r/kade/m/{message.pk}/#m{message.pk}" in html
    assert not page.cookies


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room, "Lantaarns bij de brug")


def test_conversations_are_found_by_their_title(room: Room, thread: Thread) -> None:
    page = browser().get("/r/kade/zoeken/", {"q": "lantaarn"})
    assert [found.pk for found in page.context["titles"]] == [thread.pk]


def test_many_messages_come_in_pages(room: Room, thread: Thread) -> None:
    for number in range(PAGE + 5):
        given.a_message(room, thread, f"Licht nummer {number}.")
    first = browser().get("/r/kade/zoeken/", {"q": "licht nummer"})
    assert len(first.context["hits"]) == PAGE
    rest = browser().get("/r/kade/zoeken/" + first.context["after"])
    assert len(rest.context["hits"]) == 5
    assert len(browser().get("/r/kade/zoeken/?q=licht&page=999").context["hits"]) > 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"q": "???"}, "We can only search for words and numbers."),
        ({"q": "-licht"}, "Also write a word that you do want to find."),
        ({"q": "x" * 201}, "This is too long to search for. Use a few words."),
        ({"from": "gisteren"}, "We don't know this day. Write it like this: 1-11-2026."),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "This day comes before the first day."),
        ({"thread": "999999"}, "This conversation is not in this room."),
        ({"kind": "poem"}, "We don't know this kind. Choose one of the list."),
    ],
)
def test_a_question_that_is_not_understood_says_what_to_do(
    room: Room, asked: dict[str, str], said: str
) -> None:
    page = browser().get("/r/kade/zoeken/", asked)
    assert page.status_code == 422
    assert said in words(page)


def test_nothing_found_says_what_to_try(room: Room) -> None:
    page = browser().get("/r/kade/zoeken/", {"q": "zeppelin", "person": "Henk"})
    assert "Nothing found for “zeppelin”" in words(page)
    assert re.search(r'href="\?q=zeppelin"', page.content.decode())


def test_a_day_leads_to_the_first_message_since(room: Room, thread: Thread) -> None:
    later = EVENING.replace(day=EVENING.day + 3)
    message = given.a_message(room, thread, "Dagen later.", at=later)
    page = browser().get(f"/r/kade/t/{thread.pk}/", {"on": later.date().isoformat()})
    assert page.context["focus"] == message.pk
    nothing = browser().get(f"/r/kade/t/{thread.pk}/", {"on": "2099-01-01"})
    assert "Nobody wrote here on that day or later." in words(nothing)
    wrong = browser().get(f"/r/kade/t/{thread.pk}/", {"on": "ooit"})
    assert wrong.status_code == 422
    assert "We don't know this day." in words(wrong)


def test_a_draft_can_not_be_searched() -> None:
    given.a_draft("ontwerp")
    assert browser().get("/r/ontwerp/zoeken/", {"q": "licht"}).status_code == 404
