"""Someone has everything of theirs erased: no decision keeps words about them, or theirs."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from moderation.models import Appeal, Decision

Rows = list[dict[str, Any]]


def decisions_forget(person: int, at: datetime) -> None:
    """Decisions stay, without a name and without what was seen; so does the ledger."""
    del at
    Decision.objects.filter(person=person).update(person=None, facts="", salt="")
    Appeal.objects.filter(person=person).update(person=None, words="", answer="")


def decisions_of(person: int) -> Iterator[tuple[str, Rows]]:
    """What was decided about this person and what they asked, for an export."""
    decisions = Decision.objects.filter(person=person).order_by("pk")
    told = ("puid", "act", "room__slug", "ground", "facts", "at", "until", "automatic")
    yield "decisions", [dict(row) for row in decisions.values(*told)]
    appeals = Appeal.objects.filter(person=person).order_by("pk")
    asked = ("decision__puid", "words", "at", "granted", "answer", "decided_at")
    yield "appeals", [dict(row) for row in appeals.values(*asked)]
