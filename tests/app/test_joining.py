"""Pick a name and write: guests, their names, their cookie, and the limits."""

import json

import pytest
from django.test import Client

from deliberation.people.models import Person
from rooms.models import Message, Room, Stance, Thread
from tests import given
from tests.browsing import browser, evening, hidden, words
from tests.fakes import EVENING, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room)


def test_a_visitor_picks_a_name_and_is_remembered_for_a_year(room: Room) -> None:
    client = browser()
    response = client.post("/r/kade/join", {"name": "Fatima"})
    assert response.status_code == 303
    assert response["Location"] == "/r/kade/"
    person = Person.objects.get(name="Fatima")
    assert (person.email, person.has_usable_password(), person.roles) == (None, False, [])
    assert client.cookies["sessionid"]["max-age"] == 365 * 24 * 3600
    assert client.cookies["sessionid"]["httponly"]
    assert "Fatima" in words(client.get("/r/kade/"))
    assert list(client.cookies) == ["sessionid"]


def test_who_joined_goes_back_to_where_they_were(room: Room, thread: Thread) -> None:
    there = f"/r/kade/t/{thread.pk}/"
    assert browser().post("/r/kade/join", {"name": "Fatima", "next": there})["Location"] == there


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_nobody_is_sent_to_another_site(room: Room, elsewhere: str) -> None:
    response = browser().post("/r/kade/join", {"name": "Fatima", "next": elsewhere})
    assert response["Location"] == "/r/kade/"


def test_a_program_gets_json(room: Room) -> None:
    response = browser().post("/r/kade/join", {"name": "Fatima"}, HTTP_ACCEPT="application/json")
    assert response.status_code == 200
    you = json.loads(response.content)["you"]
    assert you["name"] == "Fatima"
    assert "message.post" in you["may"]


def test_a_program_gets_a_refusal_in_words(room: Room) -> None:
    response = browser().post("/r/kade/join", {"name": ""}, HTTP_ACCEPT="application/json")
    assert response.status_code == 422
    assert json.loads(response.content)["code"] == "name_empty"
    assert "Choose a name" in json.loads(response.content)["text"]


def test_joining_twice_keeps_the_first_name(room: Room) -> None:
    client = browser()
    client.post("/r/kade/join", {"name": "Fatima"})
    client.post("/r/kade/join", {"name": "Someone else"})
    assert not Person.objects.filter(name="Someone else").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Choose a name first"),
        ("x" * 41, "at most 40 fit"),
        ("Gemeente", "looks like one of the municipality"),
        ("M0derator", "looks like one of the municipality"),
        ("w e t h o u d e r", "looks like one of the municipality"),
        ("Mіeke", "different alphabets"),
        ("Mieke", "looks like one of the municipality"),
        ("M1EKE", "looks like one of the municipality"),
        ("Jan ✓", "letters, digits, spaces"),
        ("...", "at least one letter"),
    ],
)
def test_a_name_that_misleads_is_refused_in_words(room: Room, name: str, said: str) -> None:
    given.a_manager("Mieke")
    before = Person.objects.count()
    response = browser().post("/r/kade/join", {"name": name})
    assert response.status_code == 422
    assert said in words(response)
    assert Person.objects.count() == before
    assert "sessionid" not in response.cookies


def test_a_name_in_use_here_gets_a_friendly_hint(room: Room, thread: Thread) -> None:
    given.a_message(room, thread, by=given.a_resident("Fatima"))
    response = browser().post("/r/kade/join", {"name": "fatima"})
    assert "There is already a fatima here. Add something, like your street." in words(response)
    assert browser().post("/r/kade/join", {"name": "Fatima Kadestraat"}).status_code == 303


def test_a_name_that_only_looks_a_little_like_another_is_free(room: Room, thread: Thread) -> None:
    given.a_message(room, thread, by=given.a_resident("Anna"))
    assert browser().post("/r/kade/join", {"name": "Ana"}).status_code == 303


def test_a_name_in_use_in_another_neighbourhood_is_free_here(room: Room) -> None:
    elsewhere = given.a_room("heuvel")
    elsewhere.neighbourhood = given.a_neighbourhood("heuvel", "De Heuvel")
    elsewhere.save()
    given.a_message(elsewhere, by=given.a_resident("Fatima"))
    assert browser().post("/r/kade/join", {"name": "Fatima"}).status_code == 303


def test_a_visitor_joins_and_posts_in_one_go(room: Room, thread: Thread) -> None:
    client = browser()
    sent = {"name": "Fatima", "body": "Hier ook!", "ref": given.a_ref("form")}
    response = client.post(f"/r/kade/t/{thread.pk}/post", sent)
    message = Message.objects.get(body="Hier ook!")
    assert response.status_code == 303
    assert response["Location"] == f"/r/kade/t/{thread.pk}/#m{message.pk}"
    assert message.author == Person.objects.get(name="Fatima")
    assert "Hier ook!" in words(client.get(response["Location"]))


def test_a_refused_first_message_makes_nobody_and_keeps_the_words(
    room: Room, thread: Thread
) -> None:
    before = Person.objects.count()
    sent = {"name": "Fatima", "body": "x" * 2001}
    response = browser().post(f"/r/kade/t/{thread.pk}/post", sent)
    assert response.status_code == 422
    assert "at most 2000 fit" in words(response)
    assert "x" * 2001 in response.content.decode()
    assert 'value="Fatima"' in response.content.decode()
    assert Person.objects.count() == before
    assert not response.cookies


def test_a_refused_name_keeps_the_message(room: Room, thread: Thread) -> None:
    sent = {"name": "Gemeente", "body": "Mijn hele verhaal."}
    response = browser().post(f"/r/kade/t/{thread.pk}/post", sent)
    assert response.status_code == 422
    assert "Mijn hele verhaal." in words(response)
    assert not Message.objects.filter(body="Mijn hele verhaal.").exists()


def test_the_first_form_sent_twice_is_one_person_and_one_message(
    room: Room, thread: Thread
) -> None:
    sent = {"name": "Fatima", "body": "Hier ook!", "ref": given.a_ref("form")}
    one, two = browser(), browser()
    first = one.post(f"/r/kade/t/{thread.pk}/post", sent)
    second = two.post(f"/r/kade/t/{thread.pk}/post", sent)
    assert first["Location"] == second["Location"]
    assert Person.objects.filter(name="Fatima").count() == 1
    assert Message.objects.filter(body="Hier ook!").count() == 1


def test_an_old_form_does_not_make_anyone_that_person(
    room: Room, thread: Thread, evening: Clock
) -> None:
    sent = {"name": "Fatima", "body": "Hier ook!", "ref": given.a_ref("form")}
    browser().post(f"/r/kade/t/{thread.pk}/post", sent)
    evening.forward(minutes=10)
    stranger = browser()
    stranger.post(f"/r/kade/t/{thread.pk}/post", sent)
    mine = Message.objects.filter(author_id=stranger.session.get("_auth_user_id"))
    assert not mine.filter(at=EVENING).exists()


def test_going_back_and_writing_something_else_is_a_new_message(room: Room, thread: Thread) -> None:
    client = browser(given.a_resident())
    ref = given.a_ref("form")
    for body in ("Eerst dit.", "Dan dat.", "Dan dat."):
        client.post(f"/r/kade/t/{thread.pk}/post", {"body": body, "ref": ref})
    bodies = list(Message.objects.filter(thread=thread).values_list("body", flat=True))
    assert bodies[1:] == ["Eerst dit.", "Dan dat."]


def test_a_visitor_starts_a_conversation_with_a_name(room: Room) -> None:
    client = browser()
    page = client.get("/r/kade/threads/new")
    assert not page.cookies
    sent = {
        "ref": hidden(page, "ref"),
        "name": "Fatima",
        "title": "Een bankje",
        "kind": "idea",
        "body": "Bij de speeltuin.",
    }
    response = client.post("/r/kade/threads/new", sent)
    thread = Thread.objects.get(title="Een bankje")
    assert response["Location"] == f"/r/kade/t/{thread.pk}/"
    assert "Bij de speeltuin." in words(client.get(response["Location"]))


def test_a_visitor_with_a_stance_is_asked_a_name_and_then_counts(
    room: Room, thread: Thread
) -> None:
    client, message = browser(), given.a_message(room, thread)
    asked = client.post(f"/r/kade/m/{message.pk}/stance", {"value": "agree"})
    assert asked.status_code == 422
    assert "Choose a name first" in words(asked)
    sent = {"value": "agree", "name": "Fatima"}
    client.post(f"/r/kade/m/{message.pk}/stance", sent)
    assert Stance.objects.get().person.name == "Fatima"


def test_too_many_joins_from_one_address_wait_a_little(room: Room, evening: Clock) -> None:
    for number in range(40):
        assert browser().post("/r/kade/join", {"name": f"Buur {number}"}).status_code == 303
    response = browser().post("/r/kade/join", {"name": "Nog iemand"})
    assert response.status_code == 422
    assert "Many people just joined from your network. Wait 15 seconds" in words(response)
    assert (
        browser()
        .post("/r/kade/join", {"name": "Iemand anders"}, REMOTE_ADDR="192.0.2.7")
        .status_code
        == 303
    )
    evening.forward(seconds=15)
    assert browser().post("/r/kade/join", {"name": "Nog iemand"}).status_code == 303


def test_the_address_is_the_one_our_own_proxy_saw(room: Room, settings: object) -> None:
    settings.TRUSTED_PROXIES = 1  # type: ignore[attr-defined]
    for number in range(40):
        forwarded = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}, 192.0.2.1"}
        browser().post("/r/kade/join", {"name": f"Buur {number}"}, **forwarded)
    forwarded = {"HTTP_X_FORWARDED_FOR": "10.9.9.9, 192.0.2.1"}
    assert browser().post("/r/kade/join", {"name": "Nog iemand"}, **forwarded).status_code == 422


def test_writing_very_fast_by_form_waits_a_little(room: Room, thread: Thread) -> None:
    client = browser(given.a_resident())
    for number in range(8):
        client.post(f"/r/kade/t/{thread.pk}/post", {"body": f"Bericht {number}"})
    response = client.post(f"/r/kade/t/{thread.pk}/post", {"body": "Nog een"})
    assert response.status_code == 422
    assert "That is going very fast" in words(response)
    assert "Nog een" in words(response)


def test_joining_stores_no_address(room: Room) -> None:
    client = browser()
    client.post("/r/kade/join", {"name": "Fatima"}, REMOTE_ADDR="192.0.2.99")
    kept = str(dict(client.session)) + str(Person.objects.values().get(name="Fatima"))
    assert "192.0.2.99" not in kept


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": ""},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_REFERER": "https://evil.example/form"},
        {"HTTP_ORIGIN": "http://testserver.evil.example"},
        {"HTTP_ORIGIN": "http://testserver:81"},
        {"HTTP_ORIGIN": "https://evil.example", "HTTP_REFERER": "http://testserver/"},
    ],
)
def test_a_form_from_another_site_is_not_taken(
    room: Room, thread: Thread, headers: dict[str, str]
) -> None:
    client = browser(given.a_resident("Fatima"))
    for address in ("/r/kade/join", f"/r/kade/t/{thread.pk}/post", "/r/kade/threads/new", "/taal/"):
        response = client.post(address, {"body": "Vals", "language": "en"}, **headers)
        assert response.status_code == 403
        assert "This came from another site" in words(response)
    assert not Message.objects.filter(body="Vals").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "http://testserver"},
        {"HTTP_ORIGIN": "https://testserver"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_REFERER": "http://testserver/r/kade/"},
        {},
    ],
)
def test_our_own_forms_are_taken(room: Room, headers: dict[str, str]) -> None:
    assert browser().post("/r/kade/join", {"name": "Fatima"}, **headers).status_code == 303


def test_public_forms_need_no_token(room: Room) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/r/kade/join", {"name": "Fatima"}).status_code == 303


def test_signing_out_warns_that_the_name_is_gone_for_good(room: Room) -> None:
    client = browser()
    client.post("/r/kade/join", {"name": "Fatima"})
    page = client.get("/accounts/logout/")
    assert "You write here as Fatima" in words(page)
    assert "can't become this Fatima again" in words(page)
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert "Fatima" not in words(client.get("/r/kade/"))
