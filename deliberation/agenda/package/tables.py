"""Packages as tables, one thing a row."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from deliberation.agenda.models import NeedState, Outcome
from deliberation.agenda.selectors.adopted import Adopted
from deliberation.kernel import spreadsheet

from .dossier import Dossier

Row = Sequence[object]


def need_table(found: Dossier) -> Iterator[str]:
    """A need: each sentence with each of its sources, then what came of it."""
    return _file(_need_rows(found))


def version_table(needs: Iterable[Adopted]) -> Iterator[str]:
    """A version: a need a row, with the numbers of then and the words of now."""
    return _file(_version_rows(needs))


def _file(rows: Iterable[Row]) -> Iterator[str]:
    yield spreadsheet.EXCEL
    yield from spreadsheet.table(rows)


def _need_rows(found: Dossier) -> Iterator[Row]:
    need, figures = found.need, found.figures
    yield (_("Part"), _("Text"), _("Date"), _("Number"), _("Message"))
    yield (_("Reference"), need.kenmerk, None, None, None)
    yield (_("Title"), found.title, None, None, None)
    yield (_("State"), NeedState(need.state).label, None, None, None)
    yield (_("People who say it"), "", None, figures.people, None)
    yield (_("People who want an answer"), "", None, found.support, None)
    for name, count in _opinion(found):
        yield (name, "", None, count, None)
    for plot in found.page.groups:
        for row in plot.rows:
            counts = f"{row.opinion.agree} / {row.opinion.disagree} / {row.opinion.unsure}"
            name = _("Group %(name)s: agree / disagree / not sure yet") % {"name": row.name}
            yield (name, counts, None, row.people, None)
    for number, sentence in found.sources:
        yield (_("Summary"), sentence.text, None, number, None)
        for source in sentence.sources:
            words = source.quote or _("not shown any more")
            yield (_("Source"), words, source.message.at, number, source.message.pk)
    for one in found.page.minority:
        yield (_("Minority position"), one.message.body, one.message.at, one.people, one.message.pk)
    if need.due_on:
        yield (_("Answer due"), "", need.due_on, None, None)
    for answer in found.owed.answers:
        outcome = Outcome(answer.outcome).label
        yield (_("Answer"), f"{outcome}: {answer.reason}", answer.published_at, None, None)
    for contest in found.owed.contests:
        yield (_("Objection"), contest.words, contest.at, None, None)
        yield (_("Answer to it"), contest.answer, contest.answered_at, None, None)
    yield (_("Address"), found.address, None, None, None)


def _opinion(found: Dossier) -> list[tuple[str, int]]:
    opinion = found.figures.opinion
    return [
        (_("Agree"), opinion.agree),
        (_("Disagree"), opinion.disagree),
        (_("Not sure yet"), opinion.unsure),
    ]


def _version_rows(needs: Iterable[Adopted]) -> Iterator[Row]:
    yield (
        _("Place"),
        _("Reference"),
        _("Title"),
        _("State"),
        _("People who say it"),
        _("People who want an answer"),
        _("Agree"),
        _("Disagree"),
        _("Not sure yet"),
        _("Answer due"),
        _("Answer"),
        _("Changed since"),
    )
    for place, one in enumerate(needs, start=1):
        then = one.then
        yield (
            place,
            then["kenmerk"],
            one.title.text if one.title else "",
            NeedState(then["state"]).label,
            then["people"],
            then["support"],
            then["agree"],
            then["disagree"],
            then["unsure"],
            then["due_on"],
            ", ".join(str(Outcome(answer.outcome).label) for answer in one.answers),
            not one.stands,
        )
