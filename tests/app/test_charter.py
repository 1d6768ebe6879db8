"""From a template to an open room in a few minutes, and what managers do after that."""

import re
from datetime import timedelta

import pytest
from django.utils import translation

from deliberation.people.models import Ban
from rooms.drafts import proposed_slug, templates
from rooms.models import Charter, Neighbourhood, Room, Thread
from tests import given
from tests.browsing import browser, evening, hidden, words
from tests.fakes import EVENING, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]


def filled(html: str) -> dict[str, str]:
    """What a browser would send of the page's form as it stands."""
    found = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', html))
    found |= dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', html, re.S))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_manager_opens_a_room_with_five_answers() -> None:
    client = browser(given.a_manager("Mieke"))
    assert "New room" in words(client.get("/beheer/"))
    start = client.get("/beheer/rooms/new")
    assert "Streets and traffic" in words(start)
    page = client.get("/beheer/rooms/new?template=straat")
    form = filled(page.content.decode())
    assert form["moderators"] == "Mieke"
    form |= {"new_neighbourhood": "De Kade", "decided_when": "Before the summer of 2027."}
    saved = client.post("/beheer/rooms/new?template=straat", form)
    assert saved["Location"] == "/beheer/r/safe-through-the-street/"
    look = client.get(saved["Location"])
    assert "As residents will see it" in words(look)
    assert "<strong>You see where it goes wrong.</strong>" in look.content.decode()
    assert "Still empty" not in words(look)
    opened = client.post("/beheer/r/safe-through-the-street/open")
    assert opened["Location"] == "/r/safe-through-the-street/"
    assert browser().get("/r/safe-through-the-street/").status_code == 200
    assert "Where do you feel unsafe" in words(browser().get("/n/de-kade/"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_template_fills_in_all_but_what_differs_by_room(language: str) -> None:
    client = browser(given.a_manager())
    for key in ("groen", "plein", "straat", "wonen"):
        page = client.get(f"/beheer/rooms/new?template={key}", HTTP_ACCEPT_LANGUAGE=language)
        form = filled(page.content.decode())
        assert [name for name in Charter.FIELDS if not form[name]] == ["decided_when"]
        assert form["title"]
        assert form["introduction"]


def test_there_are_four_templates_and_an_empty_page() -> None:
    assert len(templates()) == 4
    client = browser(given.a_manager())
    assert words(client.get("/beheer/rooms/new")).count("everything yourself") == 1
    form = filled(client.get("/beheer/rooms/new?template=").content.decode())
    assert form["purpose"] == ""


@pytest.mark.parametrize("field", Charter.FIELDS)
def test_a_room_with_an_empty_promise_stays_shut_and_says_which(field: str) -> None:
    room = given.a_draft("kade", **{field: " "})
    client = browser(given.a_manager())
    with translation.override("en"):
        label = str(Charter._meta.get_field(field).verbose_name)
    assert label in words(client.get("/beheer/r/kade/"))
    response = client.post("/beheer/r/kade/open")
    assert response.status_code == 422
    assert f"This room can't open yet. Still empty: {label}" in words(response)
    room.refresh_from_db()
    assert room.opened_at is None
    assert browser().get("/r/kade/").status_code == 404


def test_a_draft_can_be_saved_half_done_and_finished_later() -> None:
    client = browser(given.a_manager())
    given.a_neighbourhood()
    page = client.get("/beheer/rooms/new?template=")
    form = filled(page.content.decode()) | {"title": "Half", "purpose": "Iets."}
    assert client.post("/beheer/rooms/new", form)["Location"] == "/beheer/r/half/"
    assert "answers are missing" in words(client.get("/beheer/"))
    form = filled(client.get("/beheer/r/half/charter").content.decode()) | given.A_CHARTER
    client.post("/beheer/r/half/charter", form)
    assert "Ready to open" in words(client.get("/beheer/"))


def test_an_open_room_keeps_its_promises_complete() -> None:
    room = given.a_room("kade")
    client = browser(given.a_manager())
    form = filled(client.get("/beheer/r/kade/charter").content.decode())
    response = client.post("/beheer/r/kade/charter", form | {"outcome": "", "purpose": "Nieuw."})
    assert response.status_code == 422
    assert "Still empty: What happens with the outcome?" in words(response)
    assert "Nieuw." in words(response)
    room.charter.refresh_from_db()
    assert room.charter.outcome == given.A_CHARTER["outcome"]


def test_the_introduction_is_shown_clean_and_the_preview_too() -> None:
    given.a_room("kade")
    client = browser(given.a_manager())
    form = filled(client.get("/beheer/r/kade/charter").content.decode())
    form["introduction"] = "**Welkom** <script>alert(1)</script>"
    client.post("/beheer/r/kade/charter", form)
    for address in ("/r/kade/", "/r/kade/charter/"):
        html = browser().get(address).content.decode()
        assert "<strong>Welkom</strong>" in html
        assert "<script>alert" not in html
    wrong = client.post("/beheer/r/kade/charter", form | {"title": ""})
    assert wrong.status_code == 422
    assert "<strong>Welkom</strong>" in wrong.content.decode()


def test_an_address_comes_from_the_title_and_is_never_used_twice() -> None:
    assert proposed_slug("Groen & spelen aan de Kade") == "groen-spelen-aan-de-kade"
    given.a_draft("kade")
    assert proposed_slug("Kade") == "kade-2"
    assert proposed_slug("!!!") == "kamer"
    assert len(proposed_slug("x" * 120)) <= 60


def test_an_address_that_is_taken_is_refused_beside_the_field() -> None:
    given.a_draft("kade")
    client = browser(given.a_manager())
    form = filled(client.get("/beheer/rooms/new?template=plein").content.decode())
    response = client.post("/beheer/rooms/new", form | {"slug": "kade"})
    assert response.status_code == 422
    assert "There is already a room at this address." in words(response)
    assert response.context["form"].errors["slug"]


def test_a_room_needs_a_neighbourhood_and_a_title() -> None:
    client = browser(given.a_manager())
    response = client.post("/beheer/rooms/new", {"title": ""})
    assert response.status_code == 422
    assert "Choose a neighbourhood, or name a new one." in words(response)
    assert response.context["form"].errors["title"]
    assert not Room.objects.exists()
    assert not Neighbourhood.objects.exists()


@pytest.mark.parametrize("kind", ["resident", "official", "council"])
def test_the_desk_is_for_managers(kind: str) -> None:
    given.a_draft("kade")
    make = {
        "resident": given.a_resident,
        "official": given.an_official,
        "council": given.a_council_member,
    }
    client = browser(make[kind]())
    for address in ("/beheer/rooms/new", "/beheer/r/kade/charter", "/r/kade/mode", "/r/kade/bans/"):
        response = client.get(address)
        assert response.status_code in (403, 404), address
    assert client.post("/beheer/r/kade/open").status_code in (403, 404)


def test_the_desk_leads_administrators_to_people_and_everyone_to_their_account() -> None:
    for person, leads in ((given.an_administrator(), True), (given.a_manager(), False)):
        page = browser(person).get("/beheer/").content.decode()
        assert ('href="/beheer/mensen/"' in page) is leads
        assert 'href="/accounts/2fa/"' in page


def test_an_official_at_the_desk_goes_on_to_the_conversations() -> None:
    assert browser(given.an_official()).get("/beheer/")["Location"] == "/"


def test_a_stranger_at_the_desk_is_asked_to_sign_in() -> None:
    given.a_room("kade")
    for address in ("/beheer/", "/beheer/rooms/new", "/r/kade/mode", "/r/kade/bans/"):
        response = browser().get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next={address}"


def test_manager_forms_need_a_token() -> None:
    from django.test import Client

    given.a_draft("kade")
    signed_in = browser(given.a_manager())
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in.cookies
    response = client.post("/beheer/r/kade/open")
    assert response.status_code == 403
    assert Room.objects.get().opened_at is None


def test_a_mode_needs_a_reason_and_an_end() -> None:
    room = given.a_room("kade")
    client = browser(given.a_manager())
    page = client.get("/r/kade/mode")
    form = filled(page.content.decode())
    assert form["until"] == "2026-03-03T20:00"
    refused = client.post("/r/kade/mode", form | {"mode": "read_only", "reason": ""})
    assert refused.status_code == 422
    assert "This can't be empty" in words(refused)
    past = {"mode": "read_only", "reason": "Rust.", "until": "2026-03-01T20:00"}
    assert "a date and time in the future" in words(client.post("/r/kade/mode", form | past))
    sent = {"mode": "slow", "reason": "Rust.", "slow_seconds": "60"}
    assert client.post("/r/kade/mode", form | sent)["Location"] == "/beheer/r/kade/"
    room.refresh_from_db()
    assert (room.mode, room.slow_seconds) == ("slow", 60)
    assert room.mode_until == EVENING + timedelta(days=1)
    assert "60 seconds between two messages" in words(client.get("/beheer/r/kade/"))


def test_a_manager_keeps_conversations_in_order() -> None:
    room, other = given.a_room("kade"), given.a_room("heuvel")
    one, two = given.a_thread(room, "Een"), given.a_thread(room, "Twee")
    client = browser(given.a_manager())

    def do(what: str, thread: Thread, **fields: object) -> None:
        address = f"/r/kade/t/{thread.pk}/{what}"
        sent = {"ref": hidden(client.get(address), "ref")} | fields
        response = client.post(address, sent)
        assert response.status_code == 303, words(response)
        thread.refresh_from_db()

    do("rename", one, title="Eerste")
    assert one.title == "Eerste"
    do("close", one, reason="Klaar.")
    assert (one.state, one.reason) == ("closed", "Klaar.")
    do("reopen", one)
    assert one.state == "open"
    do("merge", one, into=two.pk, reason="Hetzelfde.")
    assert (one.state, two.messages.count()) == ("merged", 2)
    do("move", two, to_room=other.pk, reason="Hoort daar.")
    assert two.state == "moved"
    assert other.threads.get().messages.count() == 2


def test_a_refused_tool_keeps_what_was_typed() -> None:
    room = given.a_room("kade")
    thread = given.a_thread(room)
    client = browser(given.a_manager())
    long = "x" * 121
    response = client.post(f"/r/kade/t/{thread.pk}/rename", {"title": long})
    assert response.status_code == 422
    assert long in response.content.decode()
    assert "at most 120 fit" in words(response)
    nowhere = client.post(f"/r/kade/t/{thread.pk}/merge", {"into": "99", "reason": "x"})
    assert nowhere.status_code == 422


def test_a_message_is_hidden_and_shown_again_with_reasons() -> None:
    room = given.a_room("kade")
    message = given.a_message(room, body="Scheldwoord.")
    client = browser(given.a_manager())
    address = f"/r/kade/m/{message.pk}"
    assert client.post(f"{address}/hide", {"reason": ""}).status_code == 422
    client.post(f"{address}/hide", {"ground": "insult", "reason": "Schelden."})
    assert "insults someone" in words(browser().get(f"{address}/"))
    assert "Scheldwoord." not in words(browser().get(f"{address}/"))
    assert "Scheldwoord." in words(client.get(f"{address}/restore"))
    client.post(f"{address}/restore", {"reason": "Citaat."})
    assert "Scheldwoord." in words(browser().get(f"{address}/"))


def test_someone_is_stopped_for_a_while_and_let_in_again(evening: Clock) -> None:
    room = given.a_room("kade")
    writer = given.a_resident("Ruziezoeker")
    message = given.a_message(room, by=writer)
    client = browser(given.a_manager("Mieke"))
    form = filled(client.get(f"/r/kade/m/{message.pk}/ban").content.decode())
    client.post(
        f"/r/kade/m/{message.pk}/ban", form | {"ground": "insult", "reason": "Bleef schelden."}
    )
    ban = Ban.objects.get()
    assert (ban.person, ban.until) == (writer, EVENING + timedelta(days=1))
    seen = words(client.get("/r/kade/bans/"))
    assert "Ruziezoeker" in seen
    assert "By Mieke" in seen
    assert browser(writer).post("/r/kade/t/1/post", {"body": "Toch"}).status_code in (404, 422)
    client.post(f"/r/kade/bans/{writer.pk}/lift", {"reason": "Excuses."})
    assert "Everyone may write here." in words(client.get("/r/kade/bans/"))
    assert "Excuses." in words(client.get("/r/kade/bans/"))


def test_looking_at_it_saves_nothing_and_keeps_what_was_typed() -> None:
    manager, room = given.a_manager(), given.a_room("kade")
    before = room.charter.question
    asked = {
        "title": "Anders",
        "introduction": "**Welkom**",
        "question": "Wat dan?",
        "preview": "1",
    }
    page = browser(manager).post("/beheer/r/kade/charter", asked)
    assert page.status_code == 200
    assert "As residents will see it" in words(page)
    html = page.content.decode()
    assert "<strong>Welkom</strong>" in html
    assert html.count("Wat dan?") == 2  # in the field, and as it will look
    assert Room.objects.get(slug="kade").charter.question == before
    new = browser(manager).post("/beheer/rooms/new", asked)
    assert "As residents will see it" in words(new)
    assert not Room.objects.filter(title="Anders").exists()
