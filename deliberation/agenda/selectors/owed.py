"""What the page of a need shows of what the municipality owes."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from deliberation.agenda import deadlines
from deliberation.agenda.access import may
from deliberation.agenda.deadlines import Due
from deliberation.agenda.models import (
    Body,
    Contest,
    Extension,
    Follow,
    Need,
    NeedState,
    Response,
    Support,
)
from deliberation.agenda.rights import Action, role_allows
from deliberation.people.actors import Actor
from deliberation.people.roles import Role

from .backing import Backing, backing

SUPPORTABLE = (NeedState.ON_AGENDA, NeedState.ASKED)


@dataclass(frozen=True)
class Owed:
    """What the page of a need shows of it: `agenda/_support.html`, `_contest.html` and
    `_response.html` get it as `owed`.

    `may_*`: whether the reader, or a visitor once they choose a name, has this form. `has_desk`:
    whether the reader is of those who answer. `answers`: what was published, newest first.
    `contested`: how often it was said that something is missing or not right; `contests`: those
    with an answer.
    """

    need: Need
    backing: Backing
    supports: bool
    follows: bool
    may_support: bool
    may_follow: bool
    may_contest: bool
    has_desk: bool
    due: Due | None
    days_late: int
    extensions: list[Extension]
    answers: list[Response]
    contested: int
    contests: list[Contest]

    @property
    def is_open(self) -> bool:
        """Whether it can be supported."""
        return self.need.state in SUPPORTABLE

    @property
    def who(self) -> str:
        """For whom the due date was counted, in words."""
        return str(Body(self.due.body).label) if self.due else ""

    @property
    def unanswered(self) -> int:
        """Contests that nobody answered yet."""
        return self.contested - len(self.contests)


def owed(actor: Actor, need: Need, *, at: datetime) -> Owed:
    """About one need, for this reader."""
    contests = list(need.contests.select_related("sentence"))
    late = (timezone.localtime(at).date() - need.due_on).days if need.due_on else 0
    return Owed(
        need=need,
        backing=backing(need.pk),
        supports=Support.objects.filter(need=need, person=actor.id or 0).exists(),
        follows=Follow.objects.filter(need=need, person=actor.id or 0).exists(),
        may_support=need.state in SUPPORTABLE and _can(actor, need, Action.SUPPORT, at=at),
        may_follow=need.kenmerk is not None and _can(actor, need, Action.FOLLOW, at=at),
        has_desk=role_allows(actor.roles, Action.PROGRESS),
        may_contest=_is_live(need) and _can(actor, need, Action.CONTEST, at=at),
        due=deadlines.from_stored(need.due),
        days_late=max(0, late) if need.state == NeedState.ASKED else 0,
        extensions=list(need.extensions.all()),
        answers=_answers(need),
        contested=len(contests),
        contests=[one for one in contests if one.answered_at],
    )


def _answers(need: Need) -> list[Response]:
    published = need.responses.filter(state=Response.State.PUBLISHED)
    return list(published.select_related("publisher").order_by("-published_at", "-pk"))


def _is_live(need: Need) -> bool:
    return need.state not in (NeedState.SUGGESTED, NeedState.CLOSED)


def _can(actor: Actor, need: Need, to: Action, *, at: datetime) -> bool:
    """Also a visitor, who chooses a name on the way."""
    if actor.id is None:
        return role_allows(frozenset({Role.RESIDENT}), to)
    return may(actor, need.neighbourhood, to, at=at)
