"""People hear what concerns them: answers and mentions, on a page and by mail if they want."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from deliberation.config.housekeeping import tidy
from deliberation.config.processes import free_port
from deliberation.people.actors import actor_of
from deliberation.people.models import Person
from moderation.services import message_hide
from rooms.models import Digest, Notice, NoticeCursor, Room, Thread
from rooms.notices.following import notices_follow
from rooms.notices.mentions import mentioned
from rooms.privacy.erasing import erase
from rooms.services import message_retract
from tests import given
from tests.browsing import browser, evening, hidden, words
from tests.doing import do
from tests.fakes import EVENING, Clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
DAY = timedelta(days=1)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


@pytest.fixture
def thread(room: Room, fatima: Person) -> Thread:
    return given.a_thread(room, by=fatima)


def told(person: Person) -> list[tuple[str, str]]:
    notices_follow(at=EVENING)
    notices = Notice.objects.filter(person=person).order_by("pk").select_related("message")
    return [(notice.kind, notice.message.body) for notice in notices]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dag @Fatima!", {"Fatima"}),
        ("@henk van de hoek, kom je?", {"Henk van de hoek"}),
        ("@Henk, kom je?", {"Henk"}),
        ("(@fatima) en “@Henk”", {"Fatima", "Henk"}),
        ("mail fatima@Henk.nl", set()),
        ("@Henkie @Fatimah @ Henk", set()),
    ],
)
def test_a_mention_is_the_longest_name_after_an_at_sign(text: str, names: set[str]) -> None:
    assert mentioned(text, ["Fatima", "Henk", "Henk van de hoek"]) == names


def test_answers_and_mentions_are_told_once_and_nobody_hears_themselves(
    room: Room, thread: Thread, fatima: Person
) -> None:
    first = thread.messages.get()
    given.a_message(room, thread, "Goed punt, @Fatima.", reply_to=first.pk)
    given.a_message(room, thread, "Wat vindt @fatima hiervan?")
    given.a_message(room, thread, "Ik, @Fatima, zeg nog iets.", by=fatima, reply_to=first.pk)
    given.a_message(room, thread, "Iets anders.")
    expected = [("answer", "Goed punt, @Fatima."), ("mention", "Wat vindt @fatima hiervan?")]
    assert told(fatima) == expected
    NoticeCursor.objects.update(seq=0)
    assert told(fatima) == expected


def test_two_of_one_name_are_both_told(room: Room, thread: Thread, fatima: Person) -> None:
    other = given.a_resident("fatima")  # from an import; nobody can choose a name that is taken
    given.a_message(room, by=other)
    given.a_message(room, thread, "Wat vind jij, @Fatima?")
    assert told(fatima) == told(other) == [("mention", "Wat vind jij, @Fatima?")]


def test_who_is_not_active_hears_nothing(room: Room, thread: Thread, fatima: Person) -> None:
    first = thread.messages.get()
    Person.objects.filter(pk=fatima.pk).update(is_active=False)
    given.a_message(room, thread, "Goed punt, @Fatima.", reply_to=first.pk)
    assert told(fatima) == []


def test_nobody_hears_of_words_that_are_gone(room: Room, thread: Thread, fatima: Person) -> None:
    hof, manager = given.a_resident("Hof"), given.a_manager()
    before = given.a_message(room, thread, "Dom, @Fatima.", by=hof)
    do(message_retract, by=hof, room=room, message=before.pk)
    after = given.a_message(room, thread, "Heel dom, @Fatima.", by=hof)
    assert told(fatima) == [("mention", "Heel dom, @Fatima.")]
    do(message_hide, by=manager, room=room, message=after.pk, ground="insult", reason="Schelden.")
    page = browser(fatima).get("/meldingen/")
    assert "Heel dom" not in words(page)
    assert page.context["unread"] == 0


def test_the_page_shows_what_is_new_and_marks_it_as_read(
    room: Room, thread: Thread, fatima: Person
) -> None:
    message = given.a_message(room, thread, "Hoi @Fatima")
    tidy(Clock(EVENING))
    client = browser(fatima)
    page = client.get("/meldingen/")
    assert "Schrijver mentioned you" in words(page)
    assert f"/r/kade/m/{message.pk}/#m{message.pk}" in page.content.decode()
    assert client.get("/meldingen/tel").json() == {"unread": 1}
    assert "1 new notifications" in words(client.get("/"))
    given.a_message(room, thread, "En nog iets, @Fatima", at=EVENING)
    tidy(Clock(EVENING))  # written down after the page was made
    assert client.post("/meldingen/gelezen", {"up_to": hidden(page, "up_to")}).status_code == 303
    assert client.get("/meldingen/tel").json() == {"unread": 1}
    assert client.post("/meldingen/gelezen", {"up_to": "alles"}).status_code == 303
    assert client.get("/meldingen/tel").json() == {"unread": 1}
    assert browser().get("/meldingen/tel").json() == {"unread": 0}


def test_erasing_someone_forgets_what_concerned_them(
    room: Room, thread: Thread, fatima: Person
) -> None:
    given.a_message(room, thread, "Hoi @Fatima")
    assert told(fatima)
    Digest.objects.create(person=fatima, email="fatima@example.test", every="daily")
    erase(actor=actor_of(fatima, at=EVENING), at=EVENING)
    assert not Notice.objects.filter(person=fatima).exists()
    assert not Digest.objects.exists()


# By mail, through a real SMTP server


class Box:
    """A mail server's letters."""

    def __init__(self) -> None:
        self.letters: list[Mail] = []
        self.refused: dict[str, str] = {}

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def text(self, number: int = -1) -> str:
        body = self.letters[number].get_body(("plain",))  # type: ignore[attr-defined]
        return str(body.get_content())

    def link(self, part: str) -> str:
        found = re.search(rf"https?://[^/\s]+(/meldingen/{part}/\S+)", self.text())
        assert found, self.text()
        return found[1]


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    letters = Box()
    server = Controller(letters, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield letters
    server.stop()


def wants(person: Person, every: str = "daily", email: str = "fatima@example.test") -> Any:
    return browser(person).post("/meldingen/", {"every": every, "email": email})


def confirmed(person: Person, box: Box, every: str = "daily") -> None:
    wants(person, every)
    assert browser().post(box.link("mail")).status_code == 200


def test_no_mail_before_an_address_is_confirmed(
    room: Room, thread: Thread, fatima: Person, box: Box
) -> None:
    assert wants(fatima).status_code == 303
    given.a_message(room, thread, "Hoi @Fatima")
    tidy(Clock(EVENING + 2 * DAY))
    assert [letter["To"] for letter in box.letters] == ["fatima@example.test"]
    link = box.link("mail")
    assert "Is this your e-mail address?" in words(browser().get(link))
    assert Digest.objects.get().confirmed_at is None  # looking confirms nothing
    browser().post(link)
    assert Digest.objects.get().confirmed_at is not None


def test_a_mail_tells_what_concerns_me_first_and_only_once(
    room: Room, thread: Thread, fatima: Person, box: Box
) -> None:
    confirmed(fatima, box)
    given.a_message(room, thread, "Hoi @Fatima, <b>kom</b> je?", at=EVENING + timedelta(hours=1))
    given.a_thread(room, "Straatfeest", at=EVENING + timedelta(hours=2))
    tidy(Clock(EVENING + DAY))
    tidy(Clock(EVENING + DAY + timedelta(minutes=1)))
    (_, letter) = box.letters
    assert "Someone answered you or mentioned you" in letter["Subject"]
    text = box.text()
    assert text.index("Hoi @Fatima, <b>kom</b> je?") < text.index("Straatfeest")
    html = letter.get_body(("html",)).get_content()  # type: ignore[attr-defined]
    assert "&lt;b&gt;kom&lt;/b&gt;" in html
    assert "<img" not in html
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    tidy(Clock(EVENING + 3 * DAY))
    assert len(box.letters) == 2  # nothing new, no mail


def test_what_is_written_down_late_is_still_in_the_next_mail(
    room: Room, thread: Thread, fatima: Person, box: Box
) -> None:
    confirmed(fatima, box)
    given.a_message(room, thread, "Eerst @Fatima", at=EVENING + timedelta(hours=1))
    tidy(Clock(EVENING + DAY))
    given.a_message(room, thread, "Laat, @Fatima", at=EVENING + timedelta(hours=2))
    given.a_thread(room, "Laat gesprek", at=EVENING + timedelta(hours=2))
    tidy(Clock(EVENING + 2 * DAY))
    assert len(box.letters) == 3
    assert "Laat, @Fatima" in box.text()
    assert "Laat gesprek" in box.text()
    assert "Eerst @Fatima" not in box.text()


def test_mail_before_someone_said_yes_is_about_nothing_from_then(
    room: Room, thread: Thread, fatima: Person, box: Box
) -> None:
    given.a_message(room, thread, "Lang geleden, @Fatima")
    tidy(Clock(EVENING))
    confirmed(fatima, box)
    tidy(Clock(EVENING + DAY))
    assert len(box.letters) == 1


def test_who_wants_only_what_is_for_them_gets_no_new_conversations(
    room: Room, thread: Thread, fatima: Person, box: Box
) -> None:
    confirmed(fatima, box)
    wish = {"every": "daily", "email": "fatima@example.test", "about": "mine"}
    assert browser(fatima).post("/meldingen/", wish).url == "/meldingen/?mail=kept#mail"
    given.a_thread(room, "Straatfeest", at=EVENING + timedelta(hours=2))
    tidy(Clock(EVENING + DAY))
    assert len(box.letters) == 1
    given.a_message(room, thread, "Hoi @Fatima", at=EVENING + DAY)
    tidy(Clock(EVENING + 2 * DAY))
    assert "Hoi @Fatima" in box.text()
    assert "Straatfeest" not in box.text()


def test_weekly_is_once_a_week(room: Room, thread: Thread, fatima: Person, box: Box) -> None:
    confirmed(fatima, box, "weekly")
    for day in range(1, 15):
        given.a_message(room, thread, f"Dag {day} @Fatima", at=EVENING + day * DAY)
        tidy(Clock(EVENING + day * DAY + timedelta(minutes=5)))
    assert len(box.letters) == 1 + 2  # to confirm, and after a week and two


def test_one_press_stops_the_mail_and_forgets_the_address(
    room: Room, thread: Thread, fatima: Person, box: Box
) -> None:
    confirmed(fatima, box)
    given.a_message(room, thread, "Hoi @Fatima", at=EVENING + timedelta(hours=1))
    tidy(Clock(EVENING + DAY))
    stop = box.link("stop")
    assert "Stop the mail" in words(browser().get(stop))
    assert Digest.objects.exists()
    assert browser().post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Digest.objects.exists()
    assert "The mail has stopped" in words(browser().get(stop))


def test_a_mail_server_that_is_away_loses_nothing(
    room: Room, thread: Thread, fatima: Person, box: Box, settings: Any
) -> None:
    confirmed(fatima, box)
    given.a_message(room, thread, "Hoi @Fatima", at=EVENING + timedelta(hours=1))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    tidy(Clock(EVENING + DAY))
    assert len(box.letters) == 1
    page = wants(fatima, email="anders@example.test")
    assert page.status_code == 503
    assert "We can't send mail now. Nothing has changed." in words(page)
    settings.EMAIL_PORT = port
    tidy(Clock(EVENING + DAY + timedelta(minutes=1)))
    assert len(box.letters) == 2


@pytest.mark.parametrize(("answer", "later"), [("550 Unknown", 0), ("450 Try later", 1)])
def test_an_address_that_is_refused_holds_up_nobody(
    room: Room, thread: Thread, fatima: Person, box: Box, answer: str, later: int
) -> None:
    confirmed(fatima, box)
    other = given.a_resident("Ali")
    Digest.objects.create(
        person=other, email="ali@example.test", every="daily", confirmed_at=EVENING
    )
    given.a_message(room, thread, "Hoi @Fatima", at=EVENING + timedelta(hours=1))
    given.a_message(room, thread, "Ik ook.", by=other, at=EVENING + timedelta(hours=1))
    given.a_message(room, thread, "Hoi @Ali", at=EVENING + timedelta(hours=2))
    box.letters.clear()
    box.refused = {"fatima@example.test": answer}
    tidy(Clock(EVENING + DAY))
    assert [letter["To"] for letter in box.letters] == ["ali@example.test"]
    box.refused = {}
    tidy(Clock(EVENING + DAY + timedelta(minutes=1)))
    assert len(box.letters) == 1 + later


@pytest.mark.parametrize("token", ["x", "WzEsICJ4Il0:1abc:def", "a" * 300])
def test_a_made_up_link_does_nothing(token: str) -> None:
    assert browser().get(f"/meldingen/mail/{token}/").status_code == 410
    assert browser().post(f"/meldingen/stop/{token}/").status_code == 200


def test_a_choice_without_an_address_says_what_is_missing(fatima: Person) -> None:
    page = wants(fatima, email="")
    assert page.status_code == 422
    assert "Where do we send it? Write your e-mail address." in words(page)


def test_strangers_are_not_flooded_with_mail(fatima: Person, box: Box) -> None:
    for number in range(5):
        page = wants(fatima, email=f"iemand{number}@example.test")
    assert page.status_code == 422
    assert "You asked for a few mails already." in words(page)
    assert len(box.letters) == 3
