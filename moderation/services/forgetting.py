"""Someone has everything of theirs erased: no decision keeps words about them, or theirs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from moderation.models import Appeal, Decision, Hearing, Note, Proposal, Report, Signal
from rooms.models import MessageState

Rows = list[dict[str, Any]]


def decisions_forget(person: int, at: datetime) -> None:
    """Decisions stay, without a name and without what was seen; so does the ledger.

    Their messages are erased already: what others wrote about those goes too.
    """
    del at
    gone = MessageState.ERASED
    about = Decision.objects.filter(Q(person=person) | Q(message__state=gone))
    about.update(person=None, facts="", salt="")
    Appeal.objects.filter(person=person).update(person=None, words="", answer="")
    Report.objects.filter(person=person).update(person=None, words="")
    asked = Hearing.objects.filter(Q(person=person) | Q(case__message__state=gone))
    asked.update(person=None, words="", answer="")
    Report.objects.filter(case__message__state=gone).update(words="")
    Proposal.objects.filter(case__message__state=gone).update(facts="")
    Note.objects.filter(case__message__state=gone).delete()
    Signal.objects.filter(case__message__state=gone).delete()


def decisions_of(person: int) -> Iterator[tuple[str, Rows]]:
    """What was decided about this person and what they asked, for an export."""
    decisions = Decision.objects.filter(person=person).order_by("pk")
    told = ("puid", "act", "room__slug", "ground", "facts", "at", "until", "automatic")
    yield "decisions", [dict(row) for row in decisions.values(*told)]
    appeals = Appeal.objects.filter(person=person).order_by("pk")
    asked = ("decision__puid", "words", "at", "granted", "answer", "decided_at")
    yield "appeals", [dict(row) for row in appeals.values(*asked)]
    hearings = Hearing.objects.filter(person=person).order_by("pk")
    heard = ("case__message__room__slug", "case__message", "words", "at", "answer", "answered_at")
    yield "hearings", [dict(row) for row in hearings.values(*heard)]
    reports = Report.objects.filter(person=person).order_by("pk")
    reported = ("case__message__room__slug", "case__message", "ground", "words", "at")
    yield "reports", [dict(row) for row in reports.values(*reported)]
