"""A decision as one statement of reasons; `schema.json` beside this says what may be in it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from moderation.grounds import GROUNDS, Ground
from moderation.models import Act, Decision, Source

MOST = 100  # statements that the database takes at once
LANGUAGE = "nl"  # what residents write, and statements are worded in
_EXPLANATION = 2000  # characters
_RESTRICTIONS: dict[str, dict[str, Any]] = {
    Act.HIDE: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]},
    Act.REDACT: {
        "decision_visibility": ["DECISION_VISIBILITY_OTHER"],
        "decision_visibility_other": "A part of the text is left out",
    },
    Act.HOLD: {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]},
    Act.BAN: {"decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION"},
}
_ENDS = {
    Act.HOLD: "end_date_visibility_restriction",
    Act.BAN: "end_date_service_restriction",
}
_SOURCES = {
    Source.OWN: "SOURCE_VOLUNTARY",
    Source.REPORT: "SOURCE_ARTICLE_16",
    Source.WATCH: "SOURCE_VOLUNTARY",
}
Statement = dict[str, Any]


def restrictions(start: datetime, end: datetime) -> QuerySet[Decision]:
    """The decisions of this period that took something from someone, in order."""
    decisions = Decision.objects.filter(act__in=_RESTRICTIONS, at__gte=start, at__lt=end)
    return decisions.select_related("message", "room").order_by("pk")


def calls(decisions: QuerySet[Decision], *, site: str) -> Iterator[dict[str, list[Statement]]]:
    """Bodies for the database, each of at most `MOST` statements."""
    with override(LANGUAGE):
        waiting = (statement(one, site=site) for one in decisions.iterator())
        while batch := list(islice(waiting, MOST)):
            yield {"statements": batch}


def statement(decision: Decision, *, site: str) -> Statement:
    """In the language of now. `site` is the address of this site, without a slash at its end."""
    ground = GROUNDS[decision.ground]
    rules = site + reverse("house_rules_version", args=[decision.rules])
    told = {
        **_RESTRICTIONS[decision.act],
        **_ground(ground, rules),
        **_end(decision),
        "category": f"STATEMENT_CATEGORY_{ground.category}",
        "content_type": ["CONTENT_TYPE_TEXT"],
        "content_date": _day(decision.message.at if decision.message else decision.at),
        "content_language": LANGUAGE.upper(),
        "territorial_scope": ["NL"],
        "application_date": _day(decision.at),
        "decision_facts": decision.facts or gettext(ground.seen),
        "source_type": _SOURCES[Source(decision.source)],
        "automated_detection": "Yes" if decision.source == Source.WATCH else "No",
        "automated_decision": (
            "AUTOMATED_DECISION_FULLY" if decision.automatic else "AUTOMATED_DECISION_NOT_AUTOMATED"
        ),
        "puid": str(decision.puid),
    }
    return dict(sorted(told.items()))


def _ground(ground: Ground, rules: str) -> Statement:
    rule = gettext(ground.rule)[:_EXPLANATION]
    if ground.law:
        return {
            "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
            "illegal_content_legal_ground": ground.law,
            "illegal_content_explanation": rule,
        }
    return {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "decision_ground_reference_url": rules,
        "incompatible_content_ground": str(ground.key.label),
        "incompatible_content_explanation": rule,
        "incompatible_content_illegal": "No",
    }


def _end(decision: Decision) -> Statement:
    if decision.until is None:
        return {}
    return {_ENDS[Act(decision.act)]: _day(decision.until)}


def _day(at: datetime) -> str:
    return timezone.localtime(at, timezone=timezone.get_default_timezone()).date().isoformat()
