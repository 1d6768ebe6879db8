"""Notices on a device: to a real https service, readable for the browser alone, never twice."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from deliberation.__main__ import main
from deliberation.config.housekeeping import tidy
from deliberation.people.actors import actor_of
from deliberation.people.models import Person
from moderation.services import message_hide
from rooms.models import Notice, PushSubscription, Room, Thread
from rooms.notices.following import notices_follow
from rooms.notices.push import delivery, keys, sending
from rooms.notices.push.devices import MOST, named
from rooms.notices.push.encoding import decoded, encoded
from rooms.notices.push.guard import NotAllowed, is_public, target
from rooms.notices.push.sealing import sealed
from rooms.privacy.erasing import erase
from tests import given
from tests.browsing import ENGLISH, browser, evening, words
from tests.doing import do
from tests.fakes import EVENING, Clock
from tests.push_service import HANGS, Browser, Service, claims, running

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
MINUTE = timedelta(minutes=1)
ELSEWHERE = "push.example.test"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"


@pytest.fixture
def service(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with running(tmp_path, "localhost", ELSEWHERE) as (service, certificate):
        settings.PUSH_HOSTS = ["localhost"]
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        yield service


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


@pytest.fixture
def thread(room: Room, fatima: Person) -> Thread:
    return given.a_thread(room, "Bankje", by=fatima)


def subscribed(person: Person, device: Browser, **more: str) -> Client:
    client = browser(person)
    answer = client.post("/meldingen/toestel", device.form | more, headers={"User-Agent": FIREFOX})
    assert answer.status_code == 201, answer.content
    return client


def after(minutes: float) -> None:
    """One round of the worker, so long after the evening began."""
    tidy(Clock(EVENING + minutes * MINUTE))


# What arrives


def test_what_is_sealed_is_what_the_standard_gives_as_its_example() -> None:
    """RFC 8291, appendix A."""
    number = int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    found = sealed(
        b"When I grow up, I want to be a watermelon",
        p256dh=decoded(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        auth=decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        ours=ec.derive_private_key(number, ec.SECP256R1()),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert encoded(found) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
        "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
        "gSxsj_Qulcy4a-fN"
    )


def test_a_mention_reaches_the_device_once_and_only_it_can_read_it(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    device = Browser(service)
    subscribed(fatima, device)
    message = given.a_message(room, thread, "Hoi @Fatima, " + "kom je ook? " * 30)
    after(1)
    after(2)
    (received,) = service.received
    shown = device.reads(received)
    assert shown["title"] == "Schrijver mentioned you"
    assert shown["body"].startswith("Bankje: Hoi @Fatima, kom je ook?")
    assert len(shown["body"].removeprefix("Bankje: ")) == 120
    assert shown["url"] == f"/r/kade/m/{message.pk}/#m{message.pk}"
    assert (shown["tag"], shown["lang"]) == (f"m{message.pk}", "en")
    assert b"Fatima" not in received.body
    assert received.path == "/push/a"
    headers = received.headers
    assert (headers["TTL"], headers["Urgency"]) == ("86400", "normal")
    assert (headers["Topic"], headers["Content-Encoding"]) == (f"m{message.pk}", "aes128gcm")


def test_the_service_can_tell_who_sends(
    room: Room, thread: Thread, fatima: Person, service: Service, settings: Any
) -> None:
    settings.PUSH_CONTACT = "https://praat.example.nl"
    subscribed(fatima, Browser(service))
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    said, key = claims(service.received[0])
    assert (said["aud"], said["sub"]) == (service.at, "https://praat.example.nl")
    assert 0 < said["exp"] - (EVENING + MINUTE).timestamp() <= 24 * 3600
    assert key == keys.public()
    assert key == browser(fatima).get("/meldingen/toestel").json()["key"]


def test_each_device_hears_in_its_own_language(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    phone, laptop = Browser(service, "phone"), Browser(service, "laptop")
    subscribed(fatima, phone)
    client = browser(fatima)
    client.post("/meldingen/toestel", laptop.form, headers={"Accept-Language": "nl"})
    first = thread.messages.get()
    given.a_message(room, thread, "Goed punt.", reply_to=first.pk)
    after(1)
    found = {one.path: one for one in service.received}
    assert phone.reads(found["/push/phone"])["title"] == "Schrijver answered you"
    assert laptop.reads(found["/push/laptop"])["title"] == "Schrijver gaf je antwoord"


def test_a_new_device_hears_nothing_from_before(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    given.a_message(room, thread, "Van voor die tijd, @Fatima")
    after(0)
    subscribed(fatima, Browser(service))
    after(1)
    assert service.received == []


def test_what_is_gone_or_no_news_any_more_is_not_pushed(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    subscribed(fatima, Browser(service))
    hidden = given.a_message(room, thread, "Dom, @Fatima")
    given.a_message(room, thread, "Hoi @Fatima")
    notices_follow(at=EVENING)
    do(
        message_hide,
        by=given.a_manager(),
        room=room,
        message=hidden.pk,
        ground="insult",
        reason="Schelden.",
    )
    after(24 * 60 + 1)  # the worker was away for a day
    assert service.received == []


def test_what_was_read_on_the_page_is_not_pushed(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    subscribed(fatima, Browser(service))
    service.says(503)
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    Notice.objects.update(read_at=EVENING)
    after(10)
    assert len(service.received) == 1


# What a service answers


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(
    room: Room, thread: Thread, fatima: Person, service: Service, status: int
) -> None:
    subscribed(fatima, Browser(service))
    service.says(status)
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("wait", ["300", format_datetime(EVENING + 6 * MINUTE, usegmt=True)])
def test_a_busy_service_is_left_alone_as_long_as_it_asks(
    room: Room, thread: Thread, fatima: Person, service: Service, wait: str
) -> None:
    device = Browser(service)
    subscribed(fatima, device)
    service.says(429, Retry_After=wait)
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    given.a_message(room, thread, "Nog iets, @Fatima", at=EVENING + MINUTE)
    after(5)
    assert len(service.received) == 1
    after(7)
    found = [device.reads(one)["body"] for one in service.received]
    assert found == ["Bankje: Hoi @Fatima", "Bankje: Hoi @Fatima", "Bankje: Nog iets, @Fatima"]


@pytest.mark.parametrize("status", [500, 503, HANGS])
def test_a_service_that_fails_is_tried_again_later_and_later(
    room: Room,
    thread: Thread,
    fatima: Person,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setattr(delivery, "LONGEST", 2.0 if status == HANGS else 30.0)
    subscribed(fatima, Browser(service))
    service.says(status, status)
    given.a_message(room, thread, "Hoi @Fatima")
    for minutes in (1, 1.4, 1.5, 2.4, 2.5, 3):
        after(minutes)
    assert len(service.received) == 3
    device = PushSubscription.objects.get()
    assert (device.failures, device.wait_until) == (0, None)


def test_a_service_that_hangs_holds_up_nobody_else(
    room: Room,
    thread: Thread,
    fatima: Person,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "LONGEST", 2.0)
    joke, device = given.a_resident("Joke"), Browser(service, "joke")
    given.a_message(room, thread, by=joke)
    subscribed(fatima, Browser(service, "silent"))
    subscribed(joke, device)
    service.silent = "/push/silent"
    given.a_message(room, thread, "Hoi @Fatima")
    given.a_message(room, thread, "Hoi @Joke")
    given.a_message(room, thread, "Nog iets, @Joke")
    after(1)
    heard = [device.reads(one)["body"] for one in service.received if one.path == "/push/joke"]
    assert heard == ["Bankje: Hoi @Joke", "Bankje: Nog iets, @Joke"]


@pytest.mark.parametrize("status", [302, 307, 308, 400, 403, 413])
def test_an_answer_that_makes_no_sense_is_not_followed_or_repeated(
    room: Room, thread: Thread, fatima: Person, service: Service, status: int
) -> None:
    subscribed(fatima, Browser(service))
    service.says(status, Location="/admin")
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    after(10)
    assert [one.path for one in service.received] == ["/push/a"]
    given.a_message(room, thread, "Nog iets, @Fatima", at=EVENING + 10 * MINUTE)
    after(11)
    assert len(service.received) == 2


def test_a_device_that_fails_for_weeks_is_forgotten(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    subscribed(fatima, Browser(service))
    PushSubscription.objects.update(failures=sending.GIVE_UP - 1)
    service.says(503)
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert not PushSubscription.objects.exists()


def test_a_certificate_of_someone_else_is_not_trusted(
    room: Room,
    thread: Thread,
    fatima: Person,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    subscribed(fatima, Browser(service))
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert service.received == []
    assert PushSubscription.objects.get().failures == 1


# Never twice


def test_a_worker_that_dies_in_the_middle_doubles_nothing(
    room: Room,
    thread: Thread,
    fatima: Person,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    subscribed(fatima, Browser(service))
    given.a_message(room, thread, "Hoi @Fatima")
    with monkeypatch.context() as dying:
        dying.setattr(sending, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            after(1)
    assert len(service.received) == 1
    after(2)
    assert len(service.received) == 1


def test_two_workers_do_not_take_the_same_notice(
    room: Room, thread: Thread, fatima: Person, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed(fatima, Browser(service))
    given.a_message(room, thread, "Hoi @Fatima")
    notices_follow(at=EVENING)
    seen_by_both = sending._due(EVENING)
    monkeypatch.setattr(sending, "_due", lambda at: seen_by_both)
    assert len(sending._claimed(EVENING)) == 1
    for device in seen_by_both:
        device.last_notice = 0
    assert sending._claimed(EVENING) == []


# Which addresses are called


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "ff0e::1",
    ],
)
def test_an_address_inside_is_never_called(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["142.250.1.95", "2a00:1450:4001::5f", "::ffff:142.250.1.95"])
def test_an_address_of_the_internet_may_be_called(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://push.example.nl/a",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://2130706433/a",
        "https://127.1/a",
        "https://intranet/a",
        "https://push.example.nl:8443/a",
        "https://push.example.nl:https/a",
        "https://me:secret@push.example.nl/a",
        "https://push.example.nl/a\r\nHost: intranet",
        "https://push.example.nl/a b",
        "https://push.example.nl/é",
        "file:///etc/passwd",
        "https://push.example.nl/" + "a" * 1000,
    ],
)
def test_an_endpoint_that_is_no_public_service_is_refused_in_words(
    fatima: Person, endpoint: str
) -> None:
    asked = Browser(Service()).form | {"endpoint": endpoint}
    answer = browser(fatima).post("/meldingen/toestel", asked)
    assert answer.status_code == 422
    assert "We can't send notifications to this browser." in answer.json()["text"]
    assert not PushSubscription.objects.exists()


def test_the_services_of_today_are_accepted() -> None:
    for host in (
        "fcm.googleapis.com/fcm/send",
        "updates.push.services.mozilla.com/wpush/v2",
        "web.push.apple.com",
        "wns2-am3p.notify.windows.com/w/?token=a%2bb",
    ):
        assert target(f"https://{host}/x").origin == f"https://{host.partition('/')[0]}"


@pytest.mark.parametrize("found", [["127.0.0.1"], ["142.250.1.95", "127.0.0.1"], ["::1"]])
def test_a_name_that_leads_inside_is_not_called(
    room: Room,
    thread: Thread,
    fatima: Person,
    service: Service,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    found: list[str],
) -> None:
    subscribed(fatima, Browser(service))
    port = service.at.rpartition(":")[2]
    PushSubscription.objects.update(endpoint=f"https://{ELSEWHERE}/push/a")
    monkeypatch.setattr("rooms.notices.push.guard.HTTPS", int(port))
    settings.PUSH_HOSTS = []
    looked_up = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, int(port))) for each in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: looked_up)
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert service.received == []
    assert PushSubscription.objects.get().failures == 1


def test_the_address_that_was_checked_is_the_one_that_is_called(
    room: Room,
    thread: Thread,
    fatima: Person,
    service: Service,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service.at = service.at.replace("localhost", ELSEWHERE)
    settings.PUSH_HOSTS = [ELSEWHERE]
    subscribed(fatima, Browser(service))
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))]]  # then no more
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop())
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert [one.headers["Host"] for one in service.received] == [service.at.partition("//")[2]]


def test_a_service_that_is_allowed_no_more_is_not_called(
    room: Room, thread: Thread, fatima: Person, service: Service, settings: Any
) -> None:
    subscribed(fatima, Browser(service))
    settings.PUSH_HOSTS = []
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert service.received == []
    with pytest.raises(NotAllowed):
        target(service.at)


# Who has which device


def test_who_has_no_name_and_who_comes_from_elsewhere_can_not_subscribe(
    fatima: Person, service: Service
) -> None:
    device = Browser(service)
    answer = browser().post("/meldingen/toestel", device.form)
    assert answer.status_code == 403
    assert answer.json()["text"] == "Choose a name first. Then we know what is for you."
    foreign = {"Origin": "https://elders.example"}
    assert (
        browser(fatima).post("/meldingen/toestel", device.form, headers=foreign).status_code == 403
    )
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"p256dh": ""}, {"p256dh": "BAAA"}, {"p256dh": "B" * 87}, {"auth": "x"}, {"auth": "é" * 22}],
)
def test_keys_that_are_none_are_refused(
    fatima: Person, service: Service, wrong: dict[str, str]
) -> None:
    answer = browser(fatima).post("/meldingen/toestel", Browser(service).form | wrong)
    assert answer.status_code == 422


def test_a_browser_hears_for_one_person_and_is_listed_once(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    joke, device = given.a_resident("Joke"), Browser(service)
    subscribed(fatima, device)
    subscribed(fatima, device)
    subscribed(joke, device)
    assert [one.person for one in PushSubscription.objects.all()] == [joke]
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert service.received == []


def test_a_browser_that_moves_hears_on_from_where_it_was(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    before, now = Browser(service, "before"), Browser(service, "now")
    subscribed(fatima, before)
    service.says(503)
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    subscribed(fatima, now, old=before.endpoint)
    after(2)
    assert [one.path for one in service.received] == ["/push/before", "/push/now"]
    assert PushSubscription.objects.count() == 1


def test_nobody_can_replace_the_device_of_someone_else(fatima: Person, service: Service) -> None:
    theirs = Browser(service, "theirs")
    subscribed(given.a_resident("Joke"), theirs)
    subscribed(fatima, Browser(service, "mine"), old=theirs.endpoint)
    assert PushSubscription.objects.count() == 2


def test_the_oldest_of_many_devices_makes_place(fatima: Person, service: Service) -> None:
    for number in range(MOST + 2):
        PushSubscription.objects.create(
            person=fatima, endpoint=f"https://push.example.nl/{number}", made_at=EVENING
        )
    subscribed(fatima, Browser(service, "last"))
    kept = set(PushSubscription.objects.values_list("endpoint", flat=True))
    assert len(kept) == MOST
    assert f"{service.at}/push/last" in kept
    assert "https://push.example.nl/0" not in kept


def test_the_page_lists_my_devices_and_stops_each_of_them(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    client = subscribed(fatima, Browser(service))
    page = client.get("/meldingen/")
    assert "Firefox, Android" in words(page)
    assert f'data-key="{keys.public()}"' in page.content.decode()
    device = PushSubscription.objects.get()
    browser(given.a_resident("Joke")).post(f"/meldingen/toestel/{device.pk}/stop")
    assert PushSubscription.objects.exists()
    answer = client.post(f"/meldingen/toestel/{device.pk}/stop", follow=True)
    assert "That device gets no notifications any more." in words(answer)
    assert not PushSubscription.objects.exists()


def test_erasing_forgets_the_devices_and_the_export_has_them(
    room: Room, thread: Thread, fatima: Person, service: Service
) -> None:
    client = subscribed(fatima, Browser(service))
    streamed = client.get("/jij/gegevens.json")
    found = json.loads(streamed.getvalue())
    assert [one["device"] for one in found["pushsubscription"]] == ["Firefox, Android"]
    given.a_message(room, thread, "Hoi @Fatima")
    erase(actor=actor_of(fatima, at=EVENING), at=EVENING)
    assert not PushSubscription.objects.exists()
    after(1)
    assert service.received == []


def test_the_log_names_nobody(
    room: Room, thread: Thread, fatima: Person, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    subscribed(fatima, Browser(service))
    service.says(503)
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    said = str([record.msg for record in caplog.records])
    assert "push.not_sent" in said
    assert "503" in said
    for secret in ("localhost", "/push/a", "Fatima", "Hoi"):
        assert secret not in said


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17 Safari/605", "Safari, Mac"),
        ("curl/8", ""),
    ],
)
def test_a_device_is_called_as_people_call_it(agent: str, name: str) -> None:
    assert named(agent) == name


# Our own key


def test_the_key_is_made_once_and_only_its_owner_can_read_it(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    assert main(["vapid"]) == 0
    assert (tmp_path / "data" / "vapid-key").stat().st_mode & 0o777 == 0o600
    shown = capsys.readouterr().out
    assert f"Public key:  {keys.public()}\n" in shown
    assert main(["vapid"]) == 0
    assert capsys.readouterr().out == shown
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["vapid-key"]


def test_another_key_is_printed_and_works_as_a_setting(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    before = keys.public()
    assert main(["vapid", "--new"]) == 0
    name, _, key = capsys.readouterr().out.strip().partition("=")
    assert name == "DELIBERATION_VAPID_PRIVATE_KEY"
    assert keys.public() == before
    settings.VAPID_PRIVATE_KEY = key
    assert keys.public() != before
    assert len(decoded(keys.public())) == 65


def test_without_a_key_the_page_works_and_nothing_is_sent(
    room: Room, thread: Thread, fatima: Person, service: Service, settings: Any, tmp_path: Path
) -> None:
    client = subscribed(fatima, Browser(service))
    settings.DATA_DIR = tmp_path
    (tmp_path / "vapid-key").write_text("kapot")
    with pytest.raises(ImproperlyConfigured, match="deliberation vapid --new"):
        keys.private()
    page = client.get("/meldingen/")
    assert page.status_code == 200
    assert 'data-key=""' in page.content.decode()
    given.a_message(room, thread, "Hoi @Fatima")
    after(1)
    assert service.received == []
    (tmp_path / "vapid-key").unlink()
    after(2)
    assert len(service.received) == 1
    assert Client(**ENGLISH).get("/meldingen/toestel").json() == {"key": ""}
