"""The figures of a quarter in words: each with how it was counted, for page, document and table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from deliberation.agenda.models import NeedState
from deliberation.agenda.quarter import Report
from deliberation.agenda.selectors.quarterly import Quarterly
from deliberation.kernel import spreadsheet


@dataclass(frozen=True)
class Figure:
    """`value` is ready to read; `how`: what it was counted from."""

    name: str
    value: str
    how: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    figures: list[Figure]


def parts(found: Report) -> list[Part]:
    """All figures in the active language."""
    return [_reach(found), _needs(found), _answers(found), _breadth(found), _moderation(found)]


def table(found: Quarterly) -> Iterator[str]:
    """The same as CSV, with the extensions and their reasons below."""
    yield spreadsheet.EXCEL
    yield from spreadsheet.table(_rows(found))


def _rows(found: Quarterly) -> Iterator[tuple[object, ...]]:
    yield (_("Part"), _("Figure"), _("Value"), _("How it is counted"))
    for part in parts(found.report):
        yield from ((part.title, one.name, one.value, one.how) for one in part.figures)
    for one in found.extensions:
        kenmerk, days = one.need.kenmerk, f"{one.old_due} → {one.new_due}"
        yield (_("More time for an answer"), kenmerk, days, one.reason)


def _reach(found: Report) -> Part:
    reach = found.reach
    return Part(
        _("Who took part"),
        [
            Figure(
                _("Residents who did something"),
                str(reach.people),
                _("They wrote, took a stance or supported a need. Everyone counts once."),
            ),
            Figure(_("Wrote a message"), _told(reach.wrote), _("At least one in this quarter.")),
            Figure(
                _("Took a stance"),
                _told(reach.stances),
                _("Agree, disagree or not sure yet. A changed stance counts when it changed."),
            ),
            Figure(_("Supported a need"), _told(reach.supported), _("They asked for an answer.")),
            Figure(
                _("New"),
                _told(reach.new),
                _("They did nothing in this neighbourhood before this quarter."),
            ),
        ],
    )


def _needs(found: Report) -> Part:
    states = [state for state in NeedState if state != NeedState.SUGGESTED]
    how = {
        NeedState.ON_AGENDA: _("A community manager put it there."),
        NeedState.ASKED: _("Enough people wanted an answer, or a manager asked for one."),
        NeedState.CLOSED: _("With a reason that everyone can read."),
    }
    return Part(
        _("Needs at the end"),
        [
            Figure(str(state.label), str(found.states.get(state, 0)), how.get(state, ""))
            for state in states
        ],
    )


def _answers(found: Report) -> Part:
    answers = found.answers
    share = _("nothing to count") if answers.share is None else f"{answers.share} %"
    return Part(
        _("Answers"),
        [
            Figure(
                _("Answered"), str(answers.answered), _("Needs with a first answer this quarter.")
            ),
            Figure(
                _("Days until an answer"),
                _number(answers.days),
                _("Calendar days from asking to the answer. Half took longer, half shorter."),
            ),
            Figure(
                _("On time"),
                f"{answers.on_time} ({share})",
                _("On the promised day or before. More time that was given counts as promised."),
            ),
            Figure(
                _("As first promised"),
                str(answers.as_first_promised),
                _("The same, without more time."),
            ),
            Figure(
                _("Late at the end"),
                str(answers.overdue),
                _("The promised day had passed and there was no answer."),
            ),
            Figure(
                _("More time was given"), str(answers.extensions), _("Each time with a reason.")
            ),
        ],
    )


def _breadth(found: Report) -> Part:
    breadth = found.breadth
    return Part(
        _("How broad the needs are"),
        [
            Figure(
                _("People behind a need"),
                _number(breadth.middle),
                _("Of the needs on the agenda, the middle one. Everyone counts once a need."),
            ),
            Figure(_("At least"), _number(breadth.least), ""),
            Figure(_("At most"), _number(breadth.most), ""),
            Figure(
                _("Raised in several conversations"),
                _("%(some)s of %(all)s") % {"some": breadth.several_threads, "all": breadth.needs},
                _("Messages that were hidden or erased since don't count."),
            ),
        ],
    )


def _moderation(found: Report) -> Part:
    counts = found.moderation
    return Part(
        _("Moderation"),
        [
            Figure(
                _("Messages hidden"),
                str(counts.get("message.hidden", 0)),
                _("By a person, with a reason."),
            ),
            Figure(
                _("Messages shown again"),
                str(counts.get("message.restored", 0)),
                _("They were hidden before."),
            ),
            Figure(
                _("Messages taken back"),
                str(counts.get("message.retracted", 0)),
                _("By who wrote them."),
            ),
            Figure(
                _("Writing stopped"),
                str(counts.get("person.banned", 0)),
                _("Someone could only read for a while."),
            ),
        ],
    )


def _told(count: int | None) -> str:
    return _("a small group") if count is None else str(count)


def _number(value: float | None) -> str:
    if value is None:
        return _("nothing to count")
    whole = float(value).is_integer()
    return str(number_format(value, decimal_pos=0 if whole else 1))
