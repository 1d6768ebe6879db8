"""Which house rules hold: those that come with the software, until this place makes its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language, gettext

from deliberation.kernel.refusals import gettext_noop

from .models import HouseRules

FIRST = "2026-1"
LATELY = timedelta(days=30)  # how long people are told that something is new
_FIRST = (
    gettext_noop(
        "Tell what you have seen, what you need or what you think. Your own experience counts most."
    ),
    gettext_noop("Be critical about plans, not about people. Don't insult or threaten anyone."),
    gettext_noop(
        "Leave private matters of others out: no names of neighbours, no addresses, "
        "no phone numbers."
    ),
    gettext_noop(
        "Write about the subject of the conversation. For something else, start a new one."
    ),
    gettext_noop("Do you disagree? Say why, and what would work for you."),
    gettext_noop("No advertising, and not the same message again and again."),
)


@dataclass(frozen=True)
class Rules:
    """In the reader's language. `change` is what is new; empty, as `since`, for the first."""

    version: str
    rules: Sequence[str]
    change: str = ""
    since: datetime | None = None


def rules_in_force() -> Rules:
    newest = HouseRules.objects.first()
    return _shown(newest) if newest else _first()


def rules_version() -> str:
    """The name of what holds now."""
    return rules_in_force().version


def rules_named(version: str) -> Rules | None:
    if version == FIRST:
        return _first()
    found = HouseRules.objects.filter(version=version).first()
    return _shown(found) if found else None


def rules_changed(at: datetime) -> Rules | None:
    """What holds now, where people may still know the rules before it."""
    newest = HouseRules.objects.filter(at__gt=at - LATELY).first()
    return _shown(newest) if newest else None


def all_rules() -> list[Rules]:
    """Newest first."""
    return [*map(_shown, HouseRules.objects.all()), _first()]


def _first() -> Rules:
    return Rules(FIRST, [gettext(rule) for rule in _FIRST])


def _shown(found: HouseRules) -> Rules:
    english = (get_language() or "nl").startswith("en")
    rules = (english and found.rules_en) or found.rules
    change = (english and found.change_en) or found.change
    return Rules(found.version, rules.splitlines(), change, found.at)
