"""The figures as rows: one line here is one line on the page, in the file and in the chart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from moderation.grounds import GROUNDS, OFFERED
from moderation.models import Act, Outcome

from .counting import Month, middle
from .holds import End, ended

Number = int | float | None


@dataclass(frozen=True)
class Row:
    """`key` names it in files; `values` are of the months, `total` of all of them together.

    `unit`: "" for a number, "minutes" or "share" (0 to 1).
    """

    key: str
    label: str
    values: list[Number]
    total: Number
    unit: str = ""
    part: bool = False


def rows(months: Sequence[Month]) -> list[Row]:
    """All figures, in the language of now."""
    return [*_counts(months), *_times(months)]


def _counts(months: Sequence[Month]) -> list[Row]:
    hidden = _sum("hidden", _("Messages hidden"), months, lambda m: m.acts[Act.HIDE])
    return [
        _sum("reports", _("Reports"), months, lambda m: m.reports),
        hidden,
        *(_ground(key, months) for key in OFFERED),
        _sum("held", _("Messages held back"), months, lambda m: len(m.holds)),
        _held(End.SHOWN, _("Shown by a person then"), months),
        _held(End.HIDDEN, _("Hidden by a person then"), months),
        _held(End.BY_ITSELF, _("Shown by itself then"), months),
        _sum("redacted", _("Private details left out"), months, lambda m: m.acts[Act.REDACT]),
        _sum("shown_again", _("Messages shown again"), months, lambda m: m.acts[Act.RESTORE]),
        _sum("left", _("Looked at; nothing wrong"), months, lambda m: m.acts[Act.LEAVE]),
        _sum("warned", _("Warnings"), months, lambda m: m.acts[Act.WARN]),
        _sum("banned", _("People who may not write"), months, lambda m: m.acts[Act.BAN]),
        _sum("four_eyes", _("Decided by two people"), months, lambda m: m.four_eyes),
        _sum("automatic", _("Decided by the software"), months, lambda m: m.automatic),
        _sum("appeals", _("Asked to look again"), months, lambda m: m.appeals),
        _sum("granted", _("Decision undone then"), months, lambda m: m.granted, part=True),
        _sum("refused", _("Decision kept then"), months, lambda m: m.refused, part=True),
        _reversed(months),
        *_nudges(months),
    ]


def _times(months: Sequence[Month]) -> list[Row]:
    return [
        _middle("to_hide", _("From message to hidden"), months, lambda m: m.to_hide),
        _middle("to_decide", _("From report to decision"), months, lambda m: m.to_decide),
        _middle("to_answer", _("From asking again to the answer"), months, lambda m: m.to_answer),
    ]


def _ground(key: str, months: Sequence[Month]) -> Row:
    label = str(GROUNDS[key].key.label).capitalize()
    return _sum(f"hidden_{key}", label, months, lambda m: m.grounds[key], part=True)


def _held(end: End, label: str, months: Sequence[Month]) -> Row:
    return _sum(f"held_{end}", label, months, lambda m: ended(m.holds, end), part=True)


def _nudges(months: Sequence[Month]) -> list[Row]:
    """None where they are not counted: in a room."""
    counted = any(month.nudges for month in months)
    return [_nudge(one, months) for one in Outcome] if counted else []


def _nudge(outcome: Outcome, months: Sequence[Month]) -> Row:
    part = outcome != Outcome.ASKED
    label = str(outcome.label)
    return _sum(f"nudge_{outcome}", label, months, lambda m: m.nudges[outcome], part=part)


def _sum(
    key: str, label: str, months: Sequence[Month], of: Callable[[Month], int], *, part: bool = False
) -> Row:
    values = [of(month) for month in months]
    return Row(key, label, list(values), sum(values), part=part)


def _middle(
    key: str, label: str, months: Sequence[Month], of: Callable[[Month], list[float]]
) -> Row:
    values: list[Number] = [middle(of(month)) for month in months]
    total = middle(chain.from_iterable(of(month) for month in months))
    return Row(key, label, values, total, unit="minutes")


def _reversed(months: Sequence[Month]) -> Row:
    """The share of answers that undid a decision."""
    values = [_share(month.granted, month.refused) for month in months]
    total = _share(sum(m.granted for m in months), sum(m.refused for m in months))
    return Row("reversal_rate", _("Share undone"), list(values), total, unit="share", part=True)


def _share(granted: int, refused: int) -> float | None:
    return granted / (granted + refused) if granted + refused else None
