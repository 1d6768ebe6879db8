"""Coming back without the browser one had: an address that was left, and a link by mail."""

import json
import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from deliberation.people.models import Person, ReturnAddress
from deliberation.people.returning import addresses, links
from deliberation.people.signin import person_of, sign_in_again, sign_out_elsewhere
from rooms.models import Room
from rooms.privacy.erasing import erase
from tests import given
from tests.browsing import DUTCH, browser, evening, words
from tests.fakes import EVENING, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
KEEP, BACK = "/jij/naam-bewaren/", "/jij/terug/"
ADDRESS = "fatima@example.test"


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


def post(client: Client, address: str, **fields: str) -> HttpResponse:
    return client.post(address, fields, **HERE)


def link() -> str:
    """The way that the last letter shows, without the site."""
    found = re.search(r"https?://[^/\s]+(/jij/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def keeps(person: Person, email: str = ADDRESS) -> None:
    """This person kept their name with this address."""
    post(browser(person), KEEP, email=email)
    assert "Your name is kept" in words(post(browser(), link()))


def asked_for_a_link(email: str = ADDRESS) -> str:
    post(browser(), BACK, email=email)
    return link()


def who(client: Client) -> str | None:
    person = person_of(client.session)
    return person.name if person else None


# Leaving an address


def test_an_address_is_kept_once_its_owner_presses_the_button(fatima: Person) -> None:
    client = browser(fatima)
    assert post(client, KEEP, email="Fatima@Example.test")["Location"] == f"{KEEP}?mail=asked"
    assert "We sent a mail to that address." in words(client.get(f"{KEEP}?mail=asked"))
    assert mail.outbox[-1].to == [ADDRESS]
    assert ReturnAddress.objects.get().email is None  # nothing is stored before it is confirmed
    elsewhere = browser()
    assert "Then we keep the name Fatima with it." in words(elsewhere.get(link()))
    assert ReturnAddress.objects.get().email is None  # nor by a scanner of mail
    assert "Your name is kept" in words(post(elsewhere, link()))
    assert ReturnAddress.objects.get().email == ADDRESS
    assert who(elsewhere) is None
    assert f"Your name is kept with this address: {ADDRESS}" in words(client.get(KEEP))


def test_a_link_to_keep_works_once_and_for_an_hour(fatima: Person, clock: Clock) -> None:
    keeps(fatima)
    used = link()
    post(browser(fatima), f"{KEEP}weg")
    assert post(browser(), used).status_code == 410
    post(browser(fatima), KEEP, email=ADDRESS)
    clock.forward(hours=1)
    for response in (browser().get(link()), post(browser(), link())):
        assert response.status_code == 410
        assert "This link is over" in words(response)
    assert ReturnAddress.objects.get().email is None


def test_who_asks_to_keep_learns_nothing_of_others(fatima: Person) -> None:
    keeps(fatima)
    staff = given.a_manager("Sanne")
    said = []
    for email in ("new@example.test", ADDRESS, str(staff.email)):
        client = browser(given.a_resident("Ali"))
        answer = post(client, KEEP, email=email)
        page = words(client.get(answer["Location"]))
        said.append((answer.status_code, answer["Location"], page))
        assert mail.outbox[-1].to == [email.lower()]
    assert said[0] == said[1] == said[2]
    new, known, of_staff = (str(letter.body) for letter in mail.outbox[-3:])
    assert "press the button" in new
    assert "It keeps a name already: Fatima." in known
    assert "It belongs to an account with a password" in of_staff
    assert ReturnAddress.objects.get(email=ADDRESS).person == fatima


def test_an_address_that_someone_else_kept_meanwhile_stays_theirs(fatima: Person) -> None:
    ali = given.a_resident("Ali")
    post(browser(ali), KEEP, email=ADDRESS)
    late = link()
    keeps(fatima)
    assert post(browser(), late).status_code == 410
    assert ReturnAddress.objects.get(email=ADDRESS).person == fatima


def test_another_address_takes_the_place_of_the_first(fatima: Person) -> None:
    keeps(fatima)
    before = asked_for_a_link()
    keeps(fatima, "new@example.test")
    assert post(browser(), before).status_code == 410
    assert ReturnAddress.objects.get().email == "new@example.test"


def test_a_removed_address_opens_nothing(fatima: Person) -> None:
    keeps(fatima)
    before = asked_for_a_link()
    client = browser(fatima)
    assert post(client, f"{KEEP}weg")["Location"] == f"{KEEP}?mail=dropped"
    assert "Your address is removed." in words(client.get(f"{KEEP}?mail=dropped"))
    assert post(browser(), before).status_code == 410
    post(browser(), BACK, email=ADDRESS)
    assert "With this address no name is kept." in str(mail.outbox[-1].body)


def test_what_is_no_address_is_said_beside_the_field(fatima: Person) -> None:
    for client, page in ((browser(fatima), KEEP), (browser(), BACK)):
        for wrong, says in (("", "Write your e-mail address."), ("ali", "This is no e-mail")):
            response = post(client, page, email=wrong)
            assert response.status_code == 422
            assert says in words(response)
    assert mail.outbox == []


def test_a_mail_server_that_is_away_is_said_and_nothing_changes(
    fatima: Person, settings: object
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    for client, page in ((browser(fatima), KEEP), (browser(), BACK)):
        response = post(client, page, email=ADDRESS)
        assert response.status_code == 503
        assert "We can't send mail now." in words(response)
        assert f'value="{ADDRESS}"' in response.content.decode()


# Coming back


def test_another_browser_goes_on_as_the_same_person(room: Room, fatima: Person) -> None:
    given.a_message(room, body="Het is donker.", by=fatima)
    keeps(fatima)
    address, client = asked_for_a_link(), browser()
    page = client.get(address)
    assert "Go on as Fatima" in words(page)
    assert not page.cookies
    assert who(client) is None  # a scanner of mail uses nothing up
    assert post(client, address)["Location"] == "/jij/?terug"
    seen = words(client.get("/jij/?terug"))
    assert "Welcome back. You write as Fatima in this browser." in seen
    assert "Het is donker." in seen
    assert Person.objects.filter(name="Fatima").count() == 1


def test_a_link_to_come_back_works_once_and_for_an_hour(fatima: Person, clock: Clock) -> None:
    keeps(fatima)
    first, second = asked_for_a_link(), asked_for_a_link()
    client = browser()
    post(client, second)
    assert post(client, second)["Location"] == "/jij/?terug"  # pressed twice
    for address in (first, second):
        thief = browser()
        assert post(thief, address).status_code == 410
        assert who(thief) is None
    clock.forward(minutes=10)
    late = asked_for_a_link()
    clock.forward(hours=1)
    assert browser().get(late).status_code == 410
    assert post(browser(), late).status_code == 410


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda _: "niets"])
def test_a_link_that_we_did_not_make_is_no_link(fatima: Person, change: object) -> None:
    keeps(fatima)
    token = asked_for_a_link().split("/")[-2]
    made_up = change(token)  # type: ignore[operator]
    for page in (BACK, KEEP):
        assert browser().get(f"{page}{made_up}/").status_code == 410


def test_a_link_for_one_purpose_is_none_for_another(fatima: Person) -> None:
    keeps(fatima)
    back = asked_for_a_link().split("/")[-2]
    assert post(browser(), f"{KEEP}{back}/").status_code == 410
    post(browser(fatima), KEEP, email="new@example.test")
    keep = link().split("/")[-2]
    assert post(browser(), f"{BACK}{keep}/").status_code == 410


def test_who_asks_to_come_back_learns_nothing(fatima: Person) -> None:
    keeps(fatima)
    staff = given.a_manager("Sanne")
    said = []
    for email in ("nobody@example.test", ADDRESS, str(staff.email)):
        client = browser()
        answer = post(client, BACK, email=email)
        page = words(client.get(answer["Location"]))
        said.append((answer.status_code, answer["Location"], page, list(client.cookies)))
        assert mail.outbox[-1].to == [email.lower()]
    assert said[0] == said[1] == said[2]


def test_staff_do_not_come_in_by_a_link(fatima: Person) -> None:
    keeps(fatima)
    address = asked_for_a_link()
    Person.objects.filter(pk=fatima.pk).update(roles=["manager"])
    client = browser()
    assert client.get(address).status_code == 410
    assert post(client, address).status_code == 410
    assert who(client) is None
    post(browser(), BACK, email=ADDRESS)
    assert "With this address no name is kept." in str(mail.outbox[-1].body)
    manager = given.a_manager()
    for page in (KEEP, f"{KEEP}weg", "/jij/elders"):
        response = post(browser(manager), page, email="private@example.test")
        assert response.status_code == 403
        assert "sign in with your password and code" in words(response)
    request = browser(manager).get("/").wsgi_request
    for step in (sign_in_again, sign_out_elsewhere):
        with pytest.raises(ValueError, match="staff"):
            step(request, manager)


def test_a_ban_stays(room: Room, fatima: Person) -> None:
    thread = given.a_thread(room)
    keeps(fatima)
    given.a_ban(fatima, room)
    client = browser()
    post(client, asked_for_a_link())
    assert who(client) == "Fatima"
    response = post(client, f"/r/kade/t/{thread.pk}/post", body="Toch nog iets.")
    assert response.status_code == 422
    assert not thread.messages.filter(author=fatima).exists()


def test_who_writes_here_under_another_name_is_told_what_happens(
    room: Room, fatima: Person
) -> None:
    keeps(fatima)
    piet = given.a_resident("Piet")
    given.a_message(room, body="Van Piet.", by=piet)
    client, address = browser(piet), asked_for_a_link()
    for page in (client.get(BACK), client.get(address)):
        seen = words(page)
        assert "You write here as Piet now. Once you use the link, that stops." in seen
        assert "What you wrote as Piet stays, under that name." in seen
        assert "You can't become this Piet again, unless you keep that name first." in seen
    keeps(piet, "piet@example.test")
    assert "Later you can come back as Piet" in words(client.get(address))
    post(client, address)
    assert who(client) == "Fatima"
    assert piet.messages.count() == 1


def test_a_session_key_from_before_is_worth_nothing_after(fatima: Person) -> None:
    keeps(fatima)
    for client in (browser(), browser(given.a_resident("Piet")), browser(fatima)):
        before = client.session.session_key
        request = client.get("/").wsgi_request
        sign_in_again(request, fatima)
        assert request.session.session_key != before
        assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_elsewhere_keeps_this_browser_only(fatima: Person) -> None:
    here, there = browser(fatima), browser(fatima)
    assert post(here, "/jij/elders")["Location"] == "/jij/?elders"
    assert "You are signed out everywhere else." in words(here.get("/jij/?elders"))
    assert (who(here), who(there)) == ("Fatima", None)


# What protects all of it


def test_another_site_can_send_none_of_these_forms(fatima: Person) -> None:
    keeps(fatima)
    address = asked_for_a_link()
    foreign = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://evil.test"}
    client = browser(fatima)
    for page in (KEEP, f"{KEEP}weg", BACK, address, "/jij/elders"):
        assert client.post(page, {"email": "evil@evil.test"}, **foreign).status_code == 403
    assert ReturnAddress.objects.get().email == ADDRESS


def test_an_address_gets_three_letters_and_a_network_a_few_more(fatima: Person) -> None:
    for email in (ADDRESS, "FATIMA@example.test", ADDRESS):
        assert post(browser(), BACK, email=email).status_code == 303
    response = post(browser(), BACK, email=ADDRESS)
    assert response.status_code == 422
    assert "You asked for a few mails already." in words(response)
    assert post(browser(fatima), KEEP, email=ADDRESS).status_code == 422
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    for number in range(20):
        sent = browser().post(BACK, {"email": f"{number}@example.test"}, **HERE | elsewhere)
        assert sent.status_code == 303
    sent = browser().post(BACK, {"email": "20@example.test"}, **HERE | elsewhere)
    assert sent.status_code == 422
    assert len(mail.outbox) == 3 + 20


def test_the_address_is_shown_to_nobody_is_in_the_export_and_goes_with_erasing(
    room: Room, fatima: Person
) -> None:
    given.a_message(room, by=fatima)
    keeps(fatima)
    before = asked_for_a_link()
    for page in (browser().get("/r/kade/"), browser(given.a_manager()).get("/r/kade/")):
        assert ADDRESS not in page.content.decode()
    taken = b"".join(browser(fatima).get("/jij/gegevens.json").streaming_content)
    assert json.loads(taken)["returnaddress"][0]["email"] == ADDRESS
    erase(actor=given.acting(fatima), at=EVENING)
    assert not ReturnAddress.objects.exists()
    assert post(browser(), before).status_code == 410


def test_the_letters_read_in_dutch(fatima: Person) -> None:
    keeps(fatima)
    browser().post(BACK, {"email": ADDRESS}, **HERE | DUTCH)
    assert "Je link om verder te gaan" in mail.outbox[-1].subject
    assert "Hallo Fatima," in str(mail.outbox[-1].body)


def test_the_ways_to_these_pages(room: Room, fatima: Person) -> None:
    for page in ("/", "/jij/", "/r/kade/join", "/accounts/login/"):
        assert f'href="{BACK}"' in browser().get(page).content.decode()
    client = browser(fatima)
    for page in ("/jij/", "/accounts/logout/"):
        assert f'href="{KEEP}"' in client.get(page).content.decode()
    keeps(fatima)
    assert "You can come back with the e-mail address that you left." in words(
        client.get("/accounts/logout/")
    )


def test_of_two_who_press_at_once_one_goes_on(
    fatima: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeps(fatima)
    link = links.Return(fatima.pk, ReturnAddress.objects.get().turn)
    monkeypatch.setattr(addresses, "asks", lambda _: fatima)  # both looked before one pressed
    assert [addresses.return_by(link=link) for _ in range(2)] == [fatima, None]
