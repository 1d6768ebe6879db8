"""Everything about a need that the council gets with the question."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from deliberation.agenda.models import Need
from deliberation.agenda.selectors.figures import Figures
from deliberation.agenda.selectors.need_page import NeedPage, need_page
from deliberation.agenda.selectors.owed import Owed, owed
from deliberation.agenda.selectors.sources import Sentence
from deliberation.agenda.selectors.timeline import Moment
from deliberation.kernel import canonical
from deliberation.people.actors import actor_of

Told = dict[str, Any]


@dataclass(frozen=True)
class Dossier:
    """`address`: where the need stays. `at`: when this was made; words are as they were then."""

    page: NeedPage
    owed: Owed
    address: str
    at: datetime

    @property
    def need(self) -> Need:
        return self.page.need

    @property
    def figures(self) -> Figures:
        return self.page.card.figures

    @property
    def support(self) -> int:
        return self.page.card.support

    @property
    def title(self) -> str:
        """Empty once nothing of it stands."""
        return self.page.card.title

    @property
    def sources(self) -> list[tuple[int, Sentence]]:
        """The sentences of the summary by their number in the document."""
        return list(enumerate(self.page.summary, start=1))


def dossier(need: Need, *, address: str, at: datetime) -> Dossier:
    """About a need that came on the agenda, as every visitor may read it."""
    visitor = actor_of(None, at=at)
    return Dossier(need_page(need, at=at), owed(visitor, need, at=at), address, at)


def as_data(found: Dossier) -> Told:
    """The same for programs."""
    need, figures = found.need, found.figures
    told: Told = canonical.plain(
        {
            "kenmerk": need.kenmerk,
            "address": found.address,
            "made_at": found.at,
            "neighbourhood": need.neighbourhood.name,
            "title": found.title,
            "state": str(need.state),
            "theme": need.theme,
            "origin": str(need.origin),
            "wording": str(need.wording),
            "question_to": str(need.body),
            "people": figures.people,
            "messages": figures.messages,
            "support": found.support,
            "support_breadth": found.owed.backing.breadth,
            "opinion": {
                "agree": figures.opinion.agree,
                "disagree": figures.opinion.disagree,
                "unsure": figures.opinion.unsure,
            },
            "groups": _groups(found),
            "summary": [_sentence(one) for one in found.page.summary],
            "minority": [
                {"text": one.message.body, "people": one.people, "against": one.against}
                for one in found.page.minority
            ],
            "due_on": need.due_on,
            "due": need.due,
            "extensions": [
                {"old": one.old_due, "new": one.new_due, "reason": one.reason, "at": one.at}
                for one in found.owed.extensions
            ],
            "answers": [
                {
                    "kenmerk": one.kenmerk,
                    "outcome": str(one.outcome),
                    "reason": one.reason,
                    "link": one.link,
                    "published_at": one.published_at,
                }
                for one in found.owed.answers
            ],
            "contests": {"unanswered": found.owed.unanswered, "answered": _contests(found)},
            "timeline": [_moment(one) for one in found.page.timeline],
        }
    )
    return told


def _sentence(one: Sentence) -> Told:
    return {
        "text": one.text,
        "in_their_own_words": not one.is_edited,
        "people": one.people,
        "sources": [
            {"message": source.message.pk, "at": source.message.at, "quote": source.quote}
            if source.quote
            else {"message": source.message.pk, "state": source.state}
            for source in one.sources
        ],
    }


def _groups(found: Dossier) -> list[Told]:
    """Opinion groups that are large enough to be shown, in each room that has them."""
    return [
        {
            "room": plot.title,
            "group": row.name,
            "people": row.people,
            "agree": row.opinion.agree,
            "disagree": row.opinion.disagree,
            "unsure": row.opinion.unsure,
        }
        for plot in found.page.groups
        for row in plot.rows
    ]


def _contests(found: Dossier) -> Iterable[Told]:
    return [
        {"kind": str(one.kind), "words": one.words, "answer": one.answer, "at": one.answered_at}
        for one in found.owed.contests
    ]


def _moment(one: Moment) -> Told:
    return {"kind": one.kind, "on": one.on, "planned": one.planned, **_about(one)}


def _about(one: Moment) -> Told:
    """What the moment was about; words of messages stand elsewhere."""
    if one.move:
        return {"to": str(one.move.target)}
    if one.extension:
        return {"to": one.extension.new_due}
    if one.answer:
        return {"kenmerk": one.answer.kenmerk}
    return {"text": one.milestone.text} if one.milestone else {}
