"""Mail to officials about answers that they owe: a week before, on the day, and a week late.

Run by the worker; restartable anywhere. Each day's mail goes to each of them once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from deliberation.agenda.models import Reminder
from deliberation.agenda.selectors.desk import Entry, due_within, officials
from deliberation.people.models import Person
from rooms.models import Digest
from rooms.notices.mailing import is_refused, is_refused_for_good

AT_ONCE = 50  # mails a round
AHEAD = timedelta(days=-Reminder.Day.WEEK_BEFORE)
AGAIN = timedelta(minutes=10)  # after which a worker that took one and did not send it is gone
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Errand:
    """A mail to one person about one answer, for the last of the days that have come."""

    entry: Entry
    person: Person
    day: Reminder.Day


def reminders_send(*, at: datetime) -> None:
    """One round. A mail that can't be sent is tried again; a server that is away ends the round."""
    for errand in list(_errands(at))[:AT_ONCE]:
        row = _claimed(errand, at)
        if row is None:
            continue
        try:
            _mail(errand).send()
        except OSError as error:  # also what SMTP says
            _log.warning("reminder.not_sent", kind=type(error).__name__)
            if not is_refused(error):
                row.delete()
                return
            if not is_refused_for_good(error):
                continue
        row.sent_at = at
        row.save(update_fields=["sent_at"])


def _errands(at: datetime) -> Iterator[Errand]:
    """What is not sent yet."""
    everyone = [one for one in officials() if one.email]
    found = due_within(AHEAD, at=at)
    sent = set(
        Reminder.objects.filter(need__in=[entry.need for entry in found])
        .exclude(sent_at=None)
        .values_list("need", "due_on", "day", "person")
    )
    for entry in found:
        day = max(day for day in Reminder.Day if day <= -entry.days)
        owner = entry.need.owner
        for person in [owner] if owner and owner.is_active and owner.email else everyone:
            if (entry.need.pk, entry.need.due_on, day, person.pk) not in sent:
                yield Errand(entry, person, day)


def _claimed(errand: Errand, at: datetime) -> Reminder | None:
    """The row of a mail that is ours to send; None if another worker sends it.

    Written before the mail goes: two workers double none. One that dies in between loses none
    either: after a while another takes it over.
    """
    need = errand.entry.need
    assert need.due_on is not None
    row, is_new = Reminder.objects.get_or_create(
        need=need,
        due_on=need.due_on,
        day=errand.day,
        person=errand.person,
        defaults={"at": at},
    )
    if is_new:
        return row
    left = Reminder.objects.filter(pk=row.pk, sent_at=None, at=row.at, at__lte=at - AGAIN)
    return row if left.update(at=at) else None


def _mail(errand: Errand) -> EmailMessage:
    """In the language of who gets it."""
    need = errand.entry.need
    with translation.override(_language(errand.person)):
        subject = _subject(errand.entry.days)
        context = {
            "name": errand.person.name,
            "site_name": settings.SITE_NAME,
            "subject": subject,
            "entry": errand.entry,
            "is_yours": need.owner_id == errand.person.pk,
            "address": f"{settings.SITE_URL}{reverse('answer', args=[need.kenmerk])}",
        }
        text = render_to_string("agenda/reminder.txt", context)
    to = [errand.person.email or ""]
    return EmailMessage(f"{settings.SITE_NAME}: {subject} ({need.kenmerk})", text, to=to)


def _subject(days: int) -> str:
    """`days` until the due date; below 0 it is late."""
    if days == 0:
        return gettext("An answer is due today")
    if days > 0:
        words = ngettext(
            "An answer is due in %(count)s day", "An answer is due in %(count)s days", days
        )
    else:
        words = ngettext(
            "An answer is %(count)s day late", "An answer is %(count)s days late", -days
        )
    return words % {"count": abs(days)}


def _language(person: Person) -> str:
    """What they chose for other mail, else that of the site."""
    chosen = Digest.objects.filter(person=person).values_list("language", flat=True).first()
    return str(chosen or settings.LANGUAGE_CODE)
