"""Officials are reminded of what they owe: a week before, on the day, a week late; each once."""

from datetime import date, datetime, time, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from deliberation.agenda.models import Need, Reminder
from deliberation.agenda.reminding import reminders_send
from deliberation.agenda.selectors.desk import overdue
from deliberation.agenda.services.asking import need_ask, need_assign, need_extend
from deliberation.config.housekeeping import tidy
from deliberation.people.models import Person
from rooms.models import Digest, Room
from tests import given
from tests.agenda.doing import do
from tests.agenda.given import a_need, an_answer, move
from tests.fakes import Clock

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 30)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def morning(days: int, hour: int = 9) -> datetime:
    """On the municipality's clock, so many days from the due date."""
    return datetime.combine(DUE + timedelta(days=days), time(hour), tzinfo=AMSTERDAM)


def written() -> list[tuple[str, str]]:
    """To whom, and about what."""
    return [(one.to[0], one.subject.partition(": ")[2]) for one in mail.outbox]


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def olaf() -> Person:
    return given.an_official("Olaf")


@pytest.fixture
def need(room: Room, olaf: Person) -> Need:
    found = a_need(room)
    do(need_ask, by=given.a_manager(), need=found.pk, body="staff", owner=olaf.pk)
    found.refresh_from_db()
    assert found.due_on == DUE
    return found


def test_the_owner_is_reminded_three_times_and_each_time_once(need: Need, olaf: Person) -> None:
    given.an_official("Roos")
    for days in range(-10, 20):
        for hour in (0, 9, 23):
            reminders_send(at=morning(days, hour))
    kenmerk = f"({need.kenmerk})"
    assert written() == [
        (olaf.email, f"Een antwoord moet er over 7 dagen zijn {kenmerk}"),
        (olaf.email, f"Een antwoord moet er vandaag zijn {kenmerk}"),
        (olaf.email, f"Een antwoord is 7 dagen te laat {kenmerk}"),
    ]
    assert f"/beheer/antwoorden/{need.kenmerk}/" in mail.outbox[0].body
    assert "maandag 30 maart 2026" in mail.outbox[0].body
    assert [row.day for row in Reminder.objects.order_by("day")] == [-7, 0, 7]


def test_the_worker_sends_it(need: Need) -> None:
    tidy(Clock(morning(0)))
    assert len(mail.outbox) == 1


def test_a_worker_that_was_away_tells_only_what_is_so_now(need: Need) -> None:
    reminders_send(at=morning(2))
    reminders_send(at=morning(3))
    ((_, subject),) = written()
    assert subject == f"Een antwoord is 2 dagen te laat ({need.kenmerk})"


def test_without_an_owner_every_official_is_told_until_someone_takes_it(
    need: Need, olaf: Person
) -> None:
    roos = given.an_official("Roos")
    Person.objects.filter(pk=given.an_official("Weg").pk).update(is_active=False)
    do(need_assign, by=olaf, need=need.pk, owner=None)
    reminders_send(at=morning(-7))
    assert {to for to, _ in written()} == {olaf.email, roos.email}
    assert "Neem jij het?" in mail.outbox[0].body
    do(need_assign, by=olaf, need=need.pk, owner=roos.pk)
    reminders_send(at=morning(-6))
    assert len(mail.outbox) == 2
    reminders_send(at=morning(0))
    assert written()[2][0] == roos.email
    assert "Jij schrijft dit antwoord." in mail.outbox[2].body


def test_where_nobody_answers_administrators_are_told(need: Need, olaf: Person) -> None:
    ada = given.an_administrator()
    Person.objects.filter(pk=olaf.pk).update(is_active=False)
    reminders_send(at=morning(0))
    assert [to for to, _ in written()] == [ada.email]


def test_a_reminder_is_in_the_language_of_who_gets_it(need: Need, olaf: Person) -> None:
    Digest.objects.create(person=olaf, email=str(olaf.email), language="en")
    reminders_send(at=morning(0))
    assert written()[0][1] == f"An answer is due today ({need.kenmerk})"
    assert "You write this answer." in mail.outbox[0].body
    assert "The municipal staff" in mail.outbox[0].body


def test_a_new_day_has_reminders_of_its_own(need: Need, olaf: Person) -> None:
    reminders_send(at=morning(0))
    later = DUE + timedelta(days=14)
    fields = {"need": need.pk, "until": later, "reason": "Onderzoek.", "at": morning(0)}
    do(need_extend, by=olaf, **fields)
    reminders_send(at=morning(1))
    assert len(mail.outbox) == 1
    reminders_send(at=morning(7))
    assert len(mail.outbox) == 2


def test_what_is_answered_is_not_reminded_of(need: Need) -> None:
    an_answer(need)
    move(need, "answered")  # type: ignore[arg-type]
    reminders_send(at=morning(0))
    assert mail.outbox == []


# When it goes wrong


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException, to: str = "") -> None:
    """Sending fails (to that address)."""
    send = EmailMessage.send

    def fail(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if not to or to in self.to:
            raise error
        return send(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", fail)


def test_a_server_that_is_away_loses_nothing(need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        failing(patch, ConnectionRefusedError())
        reminders_send(at=morning(0))
    assert not Reminder.objects.exists()
    reminders_send(at=morning(0))
    assert len(mail.outbox) == 1


def test_a_worker_that_dies_in_between_doubles_none_and_loses_none(
    need: Need, olaf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    roos = given.an_official("Roos")
    do(need_assign, by=olaf, need=need.pk, owner=None)
    with monkeypatch.context() as patch:
        failing(patch, KeyboardInterrupt(), to=str(roos.email))
        with pytest.raises(KeyboardInterrupt):
            reminders_send(at=morning(0))
    reminders_send(at=morning(0) + timedelta(minutes=1))  # another worker may still be at it
    assert [to for to, _ in written()] == [olaf.email]
    reminders_send(at=morning(0) + timedelta(minutes=11))
    reminders_send(at=morning(0) + timedelta(minutes=40))
    assert [to for to, _ in written()] == [olaf.email, roos.email]


@pytest.mark.parametrize(("code", "later"), [(550, 0), (450, 1)])
def test_an_address_that_is_refused_holds_up_nobody(
    need: Need, olaf: Person, monkeypatch: pytest.MonkeyPatch, code: int, later: int
) -> None:
    roos = given.an_official("Roos")
    do(need_assign, by=olaf, need=need.pk, owner=None)
    with monkeypatch.context() as patch:
        refusal = {str(olaf.email): (code, b"no")}
        failing(patch, SMTPRecipientsRefused(refusal), to=str(olaf.email))
        reminders_send(at=morning(0))
    assert [to for to, _ in written()] == [roos.email]
    reminders_send(at=morning(0) + timedelta(minutes=11))
    assert len(mail.outbox) == 1 + later


# What is late


def test_late_is_what_is_not_answered_on_the_day_after(room: Room, need: Need) -> None:
    place = need.neighbourhood_id
    assert overdue(place, at=morning(0, 23)) == []
    (entry,) = overdue(place, at=morning(1, 0))
    assert (entry.need, entry.days_late) == (need, 1)
    an_answer(need)
    move(need, "answered")  # type: ignore[arg-type]
    assert overdue(place, at=morning(1)) == []
