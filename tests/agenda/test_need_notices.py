"""News about a need comes as notices do: on the page, in the count, by mail and on a device."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import translation

from deliberation.agenda.models import Need, NeedNotice, NeedState
from deliberation.agenda.services.following import need_follow
from deliberation.agenda.services.progress import milestone_add
from deliberation.config.housekeeping import tidy
from deliberation.people.actors import actor_of
from deliberation.people.models import Person
from rooms.models import Digest, Notice, Room
from rooms.notices.lines import lines
from rooms.notices.push.sending import payload
from rooms.privacy.erasing import erase
from tests import given
from tests.browsing import browser, evening, words
from tests.fakes import EVENING, Clock

from .doing import do
from .given import a_need, move

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
DAY = timedelta(days=1)
STEP: dict[str, Any] = {"text": "De drempel <b>ligt</b> er.", "on": EVENING.date()}


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


@pytest.fixture
def need(room: Room, fatima: Person) -> Need:
    """Answered, and followed by Fatima."""
    found = a_need(room, state=NeedState.ANSWERED)
    do(need_follow, by=fatima, need=found.pk)
    return found


def stepped(need: Need, **fields: Any) -> None:
    do(milestone_add, by=given.an_official(), need=need.pk, **STEP | fields)


def test_news_is_on_the_page_and_counted_until_it_is_read(need: Need, fatima: Person) -> None:
    stepped(need)
    client = browser(fatima)
    assert client.get("/meldingen/tel").json() == {"unread": 1}
    page = client.get("/meldingen/")
    assert "There is news about a need of yours" in words(page)
    assert "De drempel &lt;b&gt;ligt&lt;/b&gt; er." in page.content.decode()
    told = NeedNotice.objects.get(person=fatima)
    assert f"/b/{need.kenmerk}/#milestone-{told.about}" in page.content.decode()
    client.post("/meldingen/gelezen", {"up_to": told.pk})
    assert client.get("/meldingen/tel").json() == {"unread": 0}


def test_news_and_mentions_stand_in_one_list_newest_first(
    room: Room, need: Need, fatima: Person, clock: Clock
) -> None:
    given.a_message(room, by=fatima)
    given.a_message(room, body="Eerst, @Fatima.", at=clock.forward(minutes=1))
    tidy(clock)
    stepped(need, at=clock.forward(minutes=1))
    given.a_message(room, body="Daarna, @Fatima.", at=clock.forward(minutes=1))
    tidy(clock)
    shown = words(browser(fatima).get("/meldingen/"))
    assert shown.index("Daarna") < shown.index("De drempel") < shown.index("Eerst")


def test_news_is_in_the_mail_once(need: Need, fatima: Person, clock: Clock) -> None:
    Digest.objects.create(
        person=fatima, email="f@example.test", every="daily", language="en", confirmed_at=EVENING
    )
    stepped(need)
    for _ in range(2):
        tidy(Clock(clock.forward(days=1)))
    (letter,) = mail.outbox
    assert "There is news about a need of yours" in letter.subject
    assert "De drempel <b>ligt</b> er." in letter.body
    assert f"/b/{need.kenmerk}/#milestone-" in letter.body
    assert "&lt;b&gt;ligt&lt;/b&gt;" in letter.alternatives[0][0]  # type: ignore[attr-defined]


def test_a_device_shows_it_as_any_other_notice(need: Need, fatima: Person) -> None:
    stepped(need)
    with translation.override("nl"):
        (line,) = lines(Notice.objects.filter(person=fatima))
    shown = json.loads(payload(line, "nl"))
    assert shown["title"] == "Er is nieuws over iets wat jij nodig vindt"
    assert shown["body"] == f"{line.news.place}: De drempel <b>ligt</b> er."
    assert shown["url"].startswith(f"/b/{need.kenmerk}/#milestone-")
    assert shown["tag"] == f"n{line.notice.pk}"


def test_what_left_the_agenda_is_not_told_any_more(need: Need, fatima: Person) -> None:
    stepped(need)
    move(need, NeedState.CLOSED, NeedState.SUGGESTED)
    assert lines(Notice.objects.filter(person=fatima)) == []
    assert "De drempel" not in words(browser(fatima).get("/meldingen/"))


def test_erasing_someone_forgets_what_they_were_told(need: Need, fatima: Person) -> None:
    stepped(need)
    erase(actor=actor_of(fatima, at=EVENING), at=EVENING)
    assert not NeedNotice.objects.filter(person=fatima).exists()
    assert not Notice.objects.filter(person=fatima).exists()
