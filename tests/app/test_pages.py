"""Pages read and post without scripts, and reading leaves no trace."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError

from deliberation.people.models import Person
from moderation.services import message_hide
from rooms.models import Message, Room, Stance, Thread
from rooms.selectors.opening import WINDOW
from rooms.services import message_retract, thread_merge, thread_move
from tests import given
from tests.browsing import browser, evening, hidden, words
from tests.doing import do
from tests.fakes import EVENING, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room, by=given.a_resident("Opener"))


def a_long_thread(room: Room, count: int = 250) -> list[Message]:
    thread = given.a_thread(room, "Lang verhaal")
    author = given.a_resident("Schrijver")
    given_ones = [
        given.a_message(room, thread, f"Bericht {number}.", by=author) for number in range(count)
    ]
    return [thread.messages.order_by("seq")[0], *given_ones]


def test_reading_sets_no_cookie_on_any_public_page(room: Room, thread: Thread) -> None:
    message = given.a_message(room, thread)
    for address in (
        "/",
        "/n/kade/",
        "/r/kade/",
        f"/r/kade/t/{thread.pk}/",
        f"/r/kade/m/{message.pk}/",
        "/r/kade/charter/",
        "/r/kade/join",
        "/r/kade/threads/new",
        "/huisregels/",
        "/privacy/",
        "/taal/",
        "/nowhere/",
        "/r/nowhere/",
    ):
        response = browser().get(address)
        assert not response.cookies, address
        assert "Set-Cookie" not in response.headers, address


def test_home_shows_what_is_talked_about_now(room: Room, thread: Thread) -> None:
    given.a_message(room, thread, at=EVENING + timedelta(minutes=5))
    seen = words(browser().get("/"))
    assert "De Kade" in seen
    assert "Wat heeft de Kade nodig?" in seen
    assert "Te weinig licht" in seen
    assert "2 messages" in seen
    assert "2 March 20:05" in seen


def test_home_shows_the_liveliest_room_and_conversation_first(room: Room) -> None:
    quiet, lively = given.a_room("stil"), given.a_room("druk")
    given.a_thread(quiet, "Oud", at=EVENING)
    for number in range(4):
        given.a_thread(lively, f"Nieuw {number}", at=EVENING + timedelta(hours=1 + number))
    seen = words(browser().get("/"))
    assert seen.index("Druk") < seen.index("Stil")
    assert seen.index("Nieuw 3") < seen.index("Nieuw 1")
    assert "Nieuw 0" not in seen


def test_home_asks_the_database_the_same_whatever_is_said(
    room: Room, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        browser().get("/")
    for number in range(5):
        given.a_thread(given.a_room(), f"Gesprek {number}")
    with django_assert_num_queries(3):  # type: ignore[operator]
        browser().get("/")


def test_drafts_are_nowhere_to_be_seen(room: Room) -> None:
    given.a_draft("geheim")
    assert "Geheim" not in words(browser().get("/"))
    assert "Geheim" not in words(browser().get("/n/kade/"))
    for address in ("/r/geheim/", "/r/geheim/charter/", "/r/geheim/threads/new"):
        assert browser(given.a_resident()).get(address).status_code == 404


def test_an_address_without_a_room_says_so_in_words() -> None:
    response = browser().get("/r/nowhere/")
    assert response.status_code == 404
    assert "There is no room at this address" in words(response)


def test_a_number_no_thread_can_have_is_no_accident(room: Room) -> None:
    for address in (f"/r/kade/t/{10**30}/", f"/r/kade/m/{10**30}/", "/r/kade/t/7/"):
        assert browser().get(address).status_code == 404
    assert browser().get(f"/r/kade/?before={10**30}&reply={10**30}").status_code == 200


def test_a_room_opens_the_conversation_talked_in_last(room: Room) -> None:
    first, second = given.a_thread(room, "Eerste"), given.a_thread(room, "Tweede")
    assert browser().get("/r/kade/").context["thread"].id == second.pk
    given.a_message(room, first)
    assert browser().get("/r/kade/").context["thread"].id == first.pk


def test_a_room_without_conversations_invites_to_start_one(room: Room) -> None:
    page = browser().get("/r/kade/")
    assert page.status_code == 200
    assert page.context["thread"] is None


def test_a_page_embeds_what_it_shows_and_no_text_breaks_out(room: Room) -> None:
    hostile = "</script><script>alert(1)</script><!-- &amp; \u00e9"
    thread = given.a_thread(room, body=hostile)
    html = browser().get(f"/r/kade/t/{thread.pk}/").content.decode()
    assert "<script>alert" not in html
    start = html.index('id="opening"')
    raw = html[html.index(">", start) + 1 : html.index("</script>", start)]
    opening = json.loads(raw)
    assert opening["snapshot"]["messages"][0]["body"] == hostile
    assert opening["thread"] == thread.pk


def test_the_newest_messages_with_a_way_back_and_forth(room: Room) -> None:
    messages = a_long_thread(room)
    page = browser().get("/r/kade/")
    assert [row.view.id for row in page.context["messages"]] == [m.pk for m in messages[-WINDOW:]]
    assert page.context["newer"] is None
    older = browser().get(page.context["older"])
    assert [row.view.id for row in older.context["messages"]] == [
        m.pk for m in messages[-2 * WINDOW : -WINDOW]
    ]
    newer = browser().get(older.context["newer"])
    assert [row.view.id for row in newer.context["messages"]] == [m.pk for m in messages[-WINDOW:]]
    oldest = older
    while oldest.context["older"]:
        oldest = browser().get(oldest.context["older"])
    assert oldest.context["messages"][0].view.id == messages[0].pk


def test_a_permalink_shows_a_message_among_its_neighbours(room: Room) -> None:
    messages = a_long_thread(room)
    page = browser().get(f"/r/kade/m/{messages[60].pk}/")
    shown = [row.view.id for row in page.context["messages"]]
    assert page.context["focus"] == messages[60].pk
    assert shown == [m.pk for m in messages[60 - WINDOW // 2 : 60 + WINDOW // 2]]
    assert page.context["older"]
    assert page.context["newer"]


def test_a_permalink_of_words_taken_back_shows_where_they_stood(room: Room) -> None:
    author = given.a_resident("Spijt")
    message = given.a_message(room, body="Dit wil ik niet.", by=author)
    do(message_retract, by=author, room=room, message=message.pk)
    page = browser().get(f"/r/kade/m/{message.pk}/")
    assert page.status_code == 200
    assert "Dit wil ik niet." not in page.content.decode()
    assert "Spijt" not in page.content.decode()
    assert f'id="m{message.pk}"' in page.content.decode()


def test_a_permalink_follows_a_conversation_to_another_room(room: Room, thread: Thread) -> None:
    goal, message = given.a_room("heuvel"), given.a_message(room, thread)
    fields = {"thread": thread.pk, "to_room": "heuvel", "reason": "Hoort daar."}
    do(thread_move, by=given.a_manager(), room=room, **fields)
    moved = browser().get(f"/r/kade/m/{message.pk}/")
    assert moved.status_code == 301
    assert moved["Location"] == f"/r/heuvel/m/{message.pk}/#m{message.pk}"
    there = browser().get(f"/r/kade/t/{thread.pk}/")
    assert there.status_code == 301
    assert there["Location"] == f"/r/heuvel/t/{goal.threads.get().pk}/"


def test_the_address_of_a_merged_conversation_leads_to_the_other_one(
    room: Room, thread: Thread
) -> None:
    other = given.a_thread(room, "Lantaarns")
    fields = {"thread": thread.pk, "into": other.pk, "reason": "Gaat over hetzelfde."}
    do(thread_merge, by=given.a_manager(), room=room, **fields)
    response = browser().get(f"/r/kade/t/{thread.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/r/kade/t/{other.pk}/")


def test_a_reply_shows_what_it_answers_even_outside_the_window(room: Room) -> None:
    messages = a_long_thread(room, 120)
    thread = Thread.objects.get(pk=messages[0].thread_id)
    given.a_message(room, thread, "Eens met het begin.", reply_to=messages[1].pk)
    row = browser().get("/r/kade/").context["messages"][-1]
    assert (row.quote.id, row.quote.name, row.quote.text) == (
        messages[1].pk,
        "Schrijver",
        "Bericht 0.",
    )


def test_a_reply_to_hidden_words_does_not_show_them(room: Room, thread: Thread) -> None:
    message = given.a_message(room, thread, "Scheldwoord.")
    given.a_message(room, thread, "Nou nou.", reply_to=message.pk)
    fields = {"message": message.pk, "ground": "insult", "reason": "Schelden."}
    do(message_hide, by=given.a_manager(), room=room, **fields)
    page = browser().get("/r/kade/")
    assert "Scheldwoord." not in page.content.decode()
    assert page.context["messages"][-1].quote.text is None


def test_a_new_day_is_marked_once(room: Room, thread: Thread) -> None:
    given.a_message(room, thread, at=EVENING + timedelta(hours=1))
    given.a_message(room, thread, at=EVENING + timedelta(hours=5))  # past midnight
    days = [
        row.day and row.day.isoformat() for row in browser().get("/r/kade/").context["messages"]
    ]
    assert days == ["2026-03-02", None, "2026-03-03"]


def test_a_resident_replies_by_form(room: Room, thread: Thread) -> None:
    message = given.a_message(room, thread)
    client = browser(given.a_resident())
    page = client.get(f"/r/kade/t/{thread.pk}/?reply={message.pk}")
    assert page.context["answering"].id == message.pk
    sent = {"body": "Ik ook.", "ref": hidden(page, "ref"), "reply_to": hidden(page, "reply_to")}
    client.post(f"/r/kade/t/{thread.pk}/post", sent)
    assert Message.objects.get(body="Ik ook.").reply_to == message


def test_each_page_has_a_form_with_a_reference_of_its_own(room: Room, thread: Thread) -> None:
    client = browser(given.a_resident())
    assert hidden(client.get("/r/kade/"), "ref") != hidden(client.get("/r/kade/"), "ref")


def test_an_empty_message_is_refused_beside_the_field(room: Room, thread: Thread) -> None:
    page = browser(given.a_resident()).post(f"/r/kade/t/{thread.pk}/post", {"body": "  "})
    assert page.status_code == 422
    assert "There is nothing in your message yet" in words(page)
    assert page.context["composer"].errors["body"]


@pytest.mark.parametrize(
    ("mode", "said"),
    [("read_only", "read-only until"), ("frozen", "paused until"), ("slow", "slow mode")],
)
def test_a_mode_refuses_in_words_and_keeps_the_text(
    room: Room, thread: Thread, mode: str, said: str
) -> None:
    resident = given.a_resident()
    given.a_message(room, thread, by=resident)
    given.a_mode(room, mode)
    page = browser(resident).post(f"/r/kade/t/{thread.pk}/post", {"body": "Mijn verhaal."})
    assert page.status_code == 422
    assert said in words(page)
    assert "Het liep hoog op." in words(page)
    assert "Mijn verhaal." in words(page)


def test_who_may_not_write_reads_on_and_is_told_until_when(room: Room, thread: Thread) -> None:
    person = given.a_resident()
    given.a_ban(person, room)
    page = browser(person).post(f"/r/kade/t/{thread.pk}/post", {"body": "Toch!"})
    assert page.status_code == 422
    assert "You can't write here until 3 March 20:00" in words(page)
    reading = browser(person).get("/r/kade/")
    assert reading.status_code == 200
    assert not reading.context["may_write"]
    assert "You can't write here until 3 March 20:00. You can still read everything." in words(
        reading
    )


def test_a_store_that_fails_says_so_and_keeps_the_text(
    room: Room, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **fields: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr("rooms.views.writing.message_post", full)
    page = browser().post(f"/r/kade/t/{thread.pk}/post", {"body": "Lang stuk.", "name": "Fatima"})
    assert page.status_code == 503
    assert "We can't store anything right now" in words(page)
    assert "Lang stuk." in words(page)
    assert not Person.objects.filter(name="Fatima").exists()


def test_a_stance_is_taken_changed_and_withdrawn(room: Room, thread: Thread) -> None:
    message = given.a_message(room, thread)
    client = browser(given.a_resident())
    address = f"/r/kade/m/{message.pk}/stance"
    for value in ("agree", "unsure"):
        response = client.post(address, {"value": value})
        assert response["Location"] == f"/r/kade/m/{message.pk}/#m{message.pk}"
        assert client.get("/r/kade/").context["messages"][-1].stance == value
    client.post(address, {"value": "none"})
    assert not Stance.objects.exists()
    assert client.post(address, {"value": "maybe"}).status_code == 303
    assert not Stance.objects.exists()


def test_ones_own_message_is_changed_within_a_quarter_of_an_hour(
    room: Room, thread: Thread, evening: Clock
) -> None:
    author = given.a_resident("Fatima")
    message = given.a_message(room, thread, "Tiepfout.", by=author)
    client = browser(author)
    address = f"/r/kade/m/{message.pk}/edit"
    page = client.get(address)
    assert "Tiepfout." in words(page)
    client.post(address, {"body": "Typefout.", "ref": hidden(page, "ref")})
    message.refresh_from_db()
    assert message.body == "Typefout."
    assert client.get("/r/kade/").context["messages"][-1].may_edit
    evening.forward(minutes=16)
    late = client.post(address, {"body": "Toch anders."})
    assert late.status_code == 422
    assert "That time is over" in words(late)
    assert "Toch anders." in words(late)
    assert not client.get("/r/kade/").context["messages"][-1].may_edit


def test_nobody_changes_or_takes_back_the_words_of_another(room: Room, thread: Thread) -> None:
    message = given.a_message(room, thread, "Van mij.")
    for person in (None, given.a_resident("Ander"), given.a_manager()):
        for what in ("edit", "retract"):
            address = f"/r/kade/m/{message.pk}/{what}"
            assert browser(person).get(address).status_code == 403
            assert browser(person).post(address, {"body": "Vals."}).status_code == 403
    message.refresh_from_db()
    assert (message.body, message.state) == ("Van mij.", "shown")


def test_ones_own_message_is_taken_back_after_a_last_look(room: Room, thread: Thread) -> None:
    author = given.a_resident("Fatima")
    message = given.a_message(room, thread, "Weg ermee.", by=author)
    client = browser(author)
    page = client.get(f"/r/kade/m/{message.pk}/retract")
    assert list(client.cookies) == ["sessionid"]
    assert "Take your message back?" in words(page)
    assert "Weg ermee." in words(page)
    browser(author).post(f"/r/kade/m/{message.pk}/retract")
    message.refresh_from_db()
    assert (message.body, message.state) == ("", "retracted")


def test_a_conversation_needs_a_title_a_kind_and_words(room: Room) -> None:
    client = browser(given.a_resident())
    page = client.post("/r/kade/threads/new", {"title": "", "kind": "idea", "body": "Hoi"})
    assert page.status_code == 422
    assert page.context["form"].errors["title"]
    page = client.post("/r/kade/threads/new", {"title": "Bank", "kind": "idea", "body": ""})
    assert page.context["form"].errors["body"]
    page = client.post("/r/kade/threads/new", {"title": "Bank", "kind": "rant", "body": "Hoi"})
    assert page.status_code == 422
    assert page.context["form"].errors["kind"]
    assert 'value="Bank"' in page.content.decode()
    assert not Thread.objects.exists()


def test_dutch_comes_first_and_english_where_a_browser_asks(room: Room) -> None:
    client = browser()
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="fr")["Content-Language"] == "nl"
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="")["Content-Language"] == "nl"
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="en")["Content-Language"] == "en"


def test_a_language_is_remembered_because_someone_asked(room: Room) -> None:
    client = browser()
    response = client.post("/taal/", {"language": "nl", "next": "/r/kade/"})
    assert response["Location"] == "/r/kade/"
    assert list(response.cookies) == ["django_language"]
    assert client.get("/", HTTP_ACCEPT_LANGUAGE="en")["Content-Language"] == "nl"
    elsewhere = client.post("/taal/", {"language": "nl", "next": "https://evil.example"})
    assert elsewhere["Location"] == "/"


def test_a_page_is_not_kept_by_caches_between(room: Room) -> None:
    kept = browser().get("/r/kade/")["Cache-Control"]
    assert "private" in kept
    assert "no-cache" in kept


def test_the_charter_stands_in_full(room: Room) -> None:
    seen = words(browser().get("/r/kade/charter/"))
    for promise in given.A_CHARTER.values():
        assert promise in seen or promise == "advise"
    assert "Advise: every advice gets an answer with a reason" in seen


def test_an_error_page_needs_nothing_but_itself(client: object, settings: object) -> None:
    from django.template.loader import get_template

    assert "Er ging bij ons iets mis" in get_template("500.html").render()
