"""Your own page: what you wrote, what came of it, taking it along, erasing it."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.http import HttpResponse
from django.test import Client

from deliberation.people.models import Person
from moderation.services import message_hide
from rooms.models import Message, Room
from rooms.privacy.mine import PAGE
from rooms.services import message_edit, message_retract, stance_take
from tests import given
from tests.browsing import DUTCH, browser, evening, words
from tests.doing import do
from tests.fakes import Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


def post(client: Client, address: str, **fields: str) -> HttpResponse:
    return client.post(address, fields, **HERE)


def test_a_stranger_is_told_what_the_page_is_for_and_gets_no_cookie() -> None:
    response = browser().get("/jij/")
    assert "you have not chosen a name yet" in words(response)
    assert not response.cookies


def test_your_page_shows_stances_and_answers(room: Room, fatima: Person) -> None:
    thread = given.a_thread(room, by=fatima, body="Het is donker.")
    mine = thread.messages.get()
    official = given.an_official("Olaf")
    answer = given.a_message(room, thread, "Wij kijken ernaar.", by=official, reply_to=mine.pk)
    do(stance_take, by=official, room=room, message=mine.pk, value="agree")
    response = browser(fatima).get("/jij/")
    seen = words(response)
    assert "You wrote 1 message." in seen
    assert "1 person agrees" in seen
    assert "0 people disagree" in seen
    assert "1 answer" in seen
    assert "Wij kijken ernaar. Olaf" in seen
    assert f"/r/kade/m/{answer.pk}/#m{answer.pk}" in response.content.decode()


def test_your_page_says_why_a_message_was_hidden(room: Room, fatima: Person) -> None:
    mine = given.a_message(room, body="Lelijk woord", by=fatima)
    manager = given.a_manager()
    do(message_hide, by=manager, room=room, message=mine.pk, ground="insult", reason="Scheldwoord.")
    seen = words(browser(fatima).get("/jij/"))
    assert "Lelijk woord" in seen
    assert "The reason: insults someone." in seen


def test_newest_first_and_older_on_the_next_page(room: Room, fatima: Person) -> None:
    thread = given.a_thread(room)
    for number in range(PAGE + 2):
        given.a_message(room, thread, f"Bericht {number}.", by=fatima)
    client = browser(fatima)
    first = client.get("/jij/")
    seen = words(first)
    assert seen.index(f"Bericht {PAGE + 1}.") < seen.index("Bericht 2.")
    assert "Bericht 1." not in seen
    older = re.search(r'href="(\?before=\d+)"', first.content.decode())
    assert older is not None
    then = words(client.get(f"/jij/{older[1]}"))
    assert "Bericht 1." in then
    assert "Bericht 0." in then
    assert "Bericht 2." not in then


def test_only_your_own_words_are_there(room: Room, fatima: Person) -> None:
    given.a_message(room, body="Van een ander", by=given.a_resident("Joke"))
    assert "Van een ander" not in words(browser(fatima).get("/jij/"))


def test_a_new_name_is_seen_in_the_room(room: Room, fatima: Person) -> None:
    given.a_thread(room, by=fatima)
    client = browser(fatima)
    response = post(client, "/jij/naam", name="Fatima B.")
    assert (response.status_code, response["Location"]) == (303, "/jij/?naam")
    assert "From now on you are called Fatima B." in words(client.get("/jij/?naam"))
    assert "Fatima B." in words(browser().get("/r/kade/"))


def test_a_name_that_is_refused_stays_in_the_field_with_the_reason(
    room: Room, fatima: Person
) -> None:
    given.a_thread(room, by=fatima)
    response = post(browser(fatima), "/jij/naam", name="Gemeente Kade")
    assert response.status_code == 422
    assert 'value="Gemeente Kade"' in response.content.decode()
    assert "looks like one of the municipality" in words(response)


def test_another_site_can_neither_rename_nor_erase(room: Room, fatima: Person) -> None:
    given.a_thread(room, by=fatima)
    client = browser(fatima)
    foreign = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://evil.test"}
    for address, fields in (("naam", {"name": "X"}), ("wissen", {"word": "erase"})):
        assert client.post(f"/jij/{address}", fields, **foreign).status_code == 403
    assert Person.objects.get(pk=fatima.pk).name == "Fatima"


def test_the_export_holds_every_word_with_its_history(
    room: Room, fatima: Person, evening: Clock
) -> None:
    mine = given.a_message(room, body="Het is stuck", by=fatima)
    do(message_edit, by=fatima, room=room, message=mine.pk, body="Het is stuk")
    gone = given.a_message(room, body="Oeps", by=fatima)
    do(message_retract, by=fatima, room=room, message=gone.pk)
    theirs = given.a_message(room, body="Van Joke", by=given.a_resident("Joke"))
    do(stance_take, by=fatima, room=room, message=theirs.pk, value="unsure")
    given.a_thread(room, "Geopend", by=fatima)
    given.a_ban(fatima, room)
    response = browser(fatima).get("/jij/gegevens.json")
    assert response["Content-Disposition"].startswith("attachment")
    found = json.loads(response.getvalue())
    assert found["person"]["name"] == "Fatima"
    first = found["messages"][0]
    assert first["body"] == "Het is stuk"
    assert [was["body"] for was in first["earlier"]] == ["Het is stuck"]
    assert first["address"] == f"http://testserver/r/kade/m/{mine.pk}/#m{mine.pk}"
    assert [m["state"] for m in found["messages"]] == ["shown", "retracted", "shown"]
    assert [stance["stance"] for stance in found["stances"]] == ["unsure"]
    assert [thread["title"] for thread in found["threads_opened"]] == ["Geopend"]
    assert [ban["reason"] for ban in found["bans"]] == ["Bleef schelden."]
    assert "Van Joke" not in response.getvalue().decode()


def test_the_readable_export_is_one_whole_page(room: Room, fatima: Person) -> None:
    given.a_message(room, body="<b>Licht</b> & meer", by=fatima)
    response = browser(fatima).get("/jij/gegevens.html", **DUTCH)
    page = response.getvalue().decode()
    assert "&lt;b&gt;Licht&lt;/b&gt; &amp; meer" in page
    assert "Wat je schreef" in page
    assert "http-equiv" not in page
    assert _unclosed(page) == []


def test_a_long_history_is_exported_a_few_queries_at_a_time(
    room: Room, fatima: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rooms.privacy.mine.STEP", 7)
    thread = given.a_thread(room)
    for number in range(30):
        given.a_message(room, thread, f"Bericht {number}.", by=fatima)
    found = json.loads(browser(fatima).get("/jij/gegevens.json").getvalue())
    assert [m["body"] for m in found["messages"]] == [f"Bericht {n}." for n in range(30)]


def test_erasing_asks_for_the_word_first(room: Room, fatima: Person) -> None:
    given.a_message(room, body="Blijft", by=fatima)
    response = post(browser(fatima), "/jij/wissen", word="ja")
    assert response.status_code == 422
    assert "Type the word erase. Nothing has been erased yet." in words(response)
    assert Message.objects.get(author=fatima).body == "Blijft"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "erase"), ("nl", "wissen"), ("nl", " “Wissen” ")]
)
def test_erasing_ends_the_session_and_every_trace(
    room: Room, fatima: Person, language: str, word: str
) -> None:
    message = given.a_message(room, body="Geheim", by=fatima)
    here, elsewhere = browser(fatima), browser(fatima)
    response = here.post("/jij/wissen", {"word": word}, HTTP_ACCEPT_LANGUAGE=language, **HERE)
    assert (response.status_code, response["Location"]) == (303, "/jij/gewist")
    for client in (here, elsewhere):
        assert "you have not chosen a name yet" in words(client.get("/jij/"))
    seen = words(browser().get(f"/r/kade/m/{message.pk}/"))
    assert "Message erased" in seen
    assert "Geheim" not in seen
    assert "Fatima" not in seen
    again = post(here, "/jij/wissen", word=word)
    assert (again.status_code, again["Location"]) == (303, "/jij/gewist")


def test_staff_are_told_to_ask_an_administrator(room: Room) -> None:
    response = post(browser(given.an_official()), "/jij/wissen", word="erase")
    assert response.status_code == 422
    assert "Ask an administrator" in words(response)


class _Tags(HTMLParser):
    EMPTY = frozenset({"meta", "br", "input"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _unclosed(page: str) -> list[str]:
    parser = _Tags()
    parser.feed(page)
    return parser.open
