"""Staff sign in with a password and a code; before the code there are no rights at all."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from deliberation.people.models import Person
from deliberation.people.roles import Role
from deliberation.people.signin import person_of
from tests import given
from tests.browsing import browser, words
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db
PASSWORD = "een lange zin met koffie"


@pytest.fixture(autouse=True)
def _one_evening(settings: Any) -> Iterator[None]:
    """Codes depend on the time, limits on what came before; hashing need not be slow here."""
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(EVENING, tick=False):
        yield


@pytest.fixture
def mieke() -> Person:
    person = given.a_manager("Mieke")
    person.email = "mieke@gemeente.test"
    person.set_password(PASSWORD)
    person.save()
    return person


def code_for(secret: str) -> str:
    """What the app on the phone shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def with_password(person: Person) -> Client:
    client = browser()
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


def with_phone(client: Client) -> str:
    """Set up the code generator; returns its secret."""
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    found = re.search(r'<code class="key">(\w+)</code>', page)
    assert found
    response = client.post("/accounts/2fa/totp/activate/", {"code": code_for(found[1])})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    return found[1]


def test_after_the_password_comes_setting_up_the_phone(mieke: Person) -> None:
    client = with_password(mieke)
    for address in ("/", "/beheer/", "/beheer/mensen/", "/r/kade/", "/accounts/2fa/"):
        assert client.get(address)["Location"] == "/accounts/2fa/totp/activate/"
    assert person_of(client.session) is None
    page = client.get("/accounts/2fa/totp/activate/")
    assert "Protect your account" in words(page)
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "style=" not in page.content.decode()


def test_with_the_phone_set_up_staff_are_in(mieke: Person) -> None:
    client = with_password(mieke)
    with_phone(client)
    assert person_of(client.session) == mieke
    assert "Your rooms" in words(client.get("/beheer/"))
    codes = re.findall(
        r'<code class="key">(\w+)</code>',
        client.get("/accounts/2fa/recovery-codes/").content.decode(),
    )
    assert len(codes) == 10


def test_a_wrong_code_is_refused_in_words(mieke: Person) -> None:
    client = with_password(mieke)
    client.get("/accounts/2fa/totp/activate/")
    response = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "This code is not right." in words(response)
    assert person_of(client.session) is None


def test_the_next_sign_in_asks_for_the_code(mieke: Person) -> None:
    secret = with_phone(with_password(mieke))
    cache.clear()  # a code is good once
    client = browser()
    first = client.post("/accounts/login/", {"login": mieke.email, "password": PASSWORD})
    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/beheer/")["Location"].startswith("/accounts/login/")
    second = client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert second["Location"] == "/beheer/"
    assert person_of(client.session) == mieke


def test_a_code_is_good_once(mieke: Person) -> None:
    code = code_for(with_phone(with_password(mieke)))
    for status in (302, 200):
        client = with_password(mieke)
        response = client.post("/accounts/2fa/authenticate/", {"code": code})
        assert response.status_code == status
    assert "This code is not right." in words(response)
    assert person_of(client.session) is None


def test_a_recovery_code_lets_in_once(mieke: Person) -> None:
    client = with_password(mieke)
    with_phone(client)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    code = re.findall(r'<code class="key">(\w+)</code>', page)[0]
    for location in ("/beheer/", None):
        again = with_password(mieke)
        response = again.post("/accounts/2fa/authenticate/", {"code": code})
        assert response.get("Location") == location


def test_the_phones_secret_is_not_readable_in_the_database(mieke: Person) -> None:
    secret = with_phone(with_password(mieke))
    row = Authenticator.objects.get(type="totp")
    assert secret not in str(row.data)


def test_taking_away_the_phone_takes_the_rights(mieke: Person) -> None:
    client = with_password(mieke)
    with_phone(client)
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert person_of(client.session) is None
    assert client.get("/beheer/")["Location"] == "/accounts/2fa/totp/activate/"


def test_a_wrong_password_says_nothing_about_who_exists(mieke: Person) -> None:
    pages = [
        words(browser().post("/accounts/login/", {"login": login, "password": "nee"}))
        for login in (mieke.email, "niemand@gemeente.test")
    ]
    assert all("don't belong together" in page for page in pages)


def test_guessing_passwords_is_slowed_down(mieke: Person) -> None:
    for _ in range(6):
        response = browser().post("/accounts/login/", {"login": mieke.email, "password": "nee"})
    assert "Too many tries" in words(response)
    right = browser().post("/accounts/login/", {"login": mieke.email, "password": PASSWORD})
    assert right.status_code != 302


def test_staff_sessions_end_the_same_day(mieke: Person) -> None:
    client = with_password(mieke)
    assert client.session.get_expiry_age() <= 10 * 3600


def test_nobody_signs_up_by_themselves() -> None:
    for method in ("get", "post"):
        response = getattr(browser(), method)("/accounts/signup/", {"email": "x@y.nl"})
        assert "You don't need an account" in words(response)
    assert not Person.objects.exists()


def test_a_guest_with_a_name_is_not_asked_for_a_code() -> None:
    given.a_room("kade")
    client = browser()
    client.force_login(given.a_resident(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/r/kade/").status_code == 200


def test_an_administrator_invites_who_then_sets_a_password() -> None:
    client = browser(given.an_administrator())
    invited = {"name": "Olaf", "email": "olaf@gemeente.test", "roles": ["official"]}
    page = client.post("/beheer/mensen/", invited)
    assert "Olaf can set a password" in words(page)
    assert mail.outbox[0].to == ["olaf@gemeente.test"]
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link
    assert unescape(link[0]) in unescape(page.content.decode())
    olaf = Person.objects.get(email="olaf@gemeente.test")
    assert olaf.roles == ["official"]
    new = browser()
    there = new.get(link[1])["Location"]
    assert "Set your password" in words(new.get(there))
    new.post(there, {"password1": PASSWORD, "password2": PASSWORD})
    signed_in = with_password(olaf)
    assert signed_in.get("/")["Location"] == "/accounts/2fa/totp/activate/"
    assert "no longer works" in words(browser().get(link[1], follow=True))


def test_a_short_password_is_refused_in_words() -> None:
    client = browser(given.an_administrator())
    client.post("/beheer/mensen/", {"name": "Olaf", "email": "o@g.test", "roles": ["official"]})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)
    assert link
    new = browser()
    there = new.get(link[1])["Location"]
    response = new.post(there, {"password1": "kort", "password2": "kort"})
    assert "12" in words(response)
    assert not Person.objects.get(email="o@g.test").has_usable_password()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "", "email": "o@g.test", "roles": ["official"]},
        {"name": "Olaf", "email": "geen adres", "roles": ["official"]},
        {"name": "Olaf", "email": "o@g.test", "roles": []},
        {"name": "Olaf", "email": "o@g.test", "roles": ["emperor"]},
        {"name": "Olaf", "email": "MIEKE@G.TEST", "roles": ["official"]},
    ],
)
def test_an_invitation_that_is_not_right_makes_nobody(wrong: dict[str, object]) -> None:
    given.a_resident("Mieke", email="mieke@g.test", roles=["manager"])
    client = browser(given.an_administrator())
    before = Person.objects.count()
    assert client.post("/beheer/mensen/", wrong).status_code == 422
    assert Person.objects.count() == before


def test_roles_change_and_accounts_are_switched_off() -> None:
    olaf = given.an_official()
    client = browser(given.an_administrator())
    client.post(f"/beheer/mensen/{olaf.pk}/", {"roles": ["manager"], "is_active": "on"})
    olaf.refresh_from_db()
    assert olaf.role_set == {Role.MANAGER}
    theirs = browser(olaf)
    assert theirs.get("/beheer/").status_code == 200
    client.post(f"/beheer/mensen/{olaf.pk}/", {"roles": ["manager"]})
    assert theirs.get("/beheer/")["Location"].startswith("/accounts/login/")


def test_the_last_administrator_stays() -> None:
    ada = given.an_administrator()
    client = browser(ada)
    response = client.post(f"/beheer/mensen/{ada.pk}/", {"roles": ["manager"], "is_active": "on"})
    assert response.status_code == 422
    assert "Someone has to stay administrator." in words(response)
    ada.refresh_from_db()
    assert ada.role_set == {Role.ADMINISTRATOR}


def test_people_and_roles_are_for_administrators_only() -> None:
    for person in (given.a_resident(), given.a_manager(), given.an_official()):
        assert browser(person).get("/beheer/mensen/").status_code == 403
        assert browser(person).post("/beheer/mensen/", {}).status_code == 403
    assert browser().get("/beheer/mensen/")["Location"] == "/accounts/login/?next=/beheer/mensen/"


def test_a_forgotten_password_is_mailed_to_who_has_an_account(mieke: Person) -> None:
    for email in (mieke.email, "niemand@gemeente.test"):
        response = browser().post("/accounts/password/reset/", {"email": email}, follow=True)
        assert "If there is an account with this address" in words(response)
    assert [message.to for message in mail.outbox] == [[mieke.email]]


ROLES = ("resident", "manager", "official", "council", "administrator")


@pytest.mark.parametrize("role", ROLES)
def test_a_demonstration_signs_in_with_one_click(role: str, settings: Any) -> None:
    settings.DEMO = True
    roles = [] if role == "resident" else [role]
    person = given.a_resident(f"Demo {role}", source=f"demo:{role}", roles=roles)
    client = browser()
    assert f"Demo {role}" in words(client.get("/demo/"))
    assert client.get(f"/demo/{role}/")["Location"] == "/"
    assert person_of(client.session) == person
    if role in ("manager", "administrator"):
        assert client.get("/beheer/").status_code == 200


@pytest.mark.parametrize(("demo", "production"), [(False, False), (True, True), (False, True)])
def test_there_is_no_demonstration_elsewhere(demo: bool, production: bool, settings: Any) -> None:
    settings.DEMO, settings.PRODUCTION = demo, production
    given.a_resident("Demo", source="demo:manager", roles=["manager"])
    client = browser()
    assert client.get("/demo/").status_code == 404
    assert client.get("/demo/manager/").status_code == 404
    assert "sessionid" not in client.cookies


def test_the_demonstration_knows_its_own_people_only(settings: Any) -> None:
    settings.DEMO = True
    given.a_manager()
    for role in ("manager", "emperor", "resident"):
        assert browser().get(f"/demo/{role}/").status_code == 404


def test_a_guest_has_no_pages_about_passwords_and_codes() -> None:
    client = browser(given.a_resident())
    for address in ("2fa/", "2fa/totp/activate/", "password/set/", "password/change/", "email/"):
        for method in (client.get, client.post):
            assert method(f"/accounts/{address}")["Location"] == "/"


def test_a_colleague_signs_in_where_a_guest_was(mieke: Person) -> None:
    secret = with_phone(with_password(mieke))
    cache.clear()
    client = browser(given.a_resident("Fatima"))
    assert "You write here as Fatima now." in words(client.get("/accounts/login/"))
    client.post("/accounts/login/", {"login": mieke.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)})
    assert person_of(client.session) == mieke
