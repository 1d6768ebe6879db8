"""A step in the life of a need."""

from collections.abc import Callable
from datetime import datetime

from deliberation.agenda import lifecycle
from deliberation.agenda.models import Move, Need, NeedState
from deliberation.agenda.references import next_kenmerk
from deliberation.agenda.rights import Action, role_allows
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.protocol import events
from deliberation.protocol.events import AnyEvent
from rooms.access import not_allowed

TOLD: dict[NeedState, Callable[..., AnyEvent]] = {
    NeedState.SUGGESTED: events.NeedChanged,
    NeedState.ON_AGENDA: events.NeedListed,
    NeedState.ASKED: events.NeedAsked,
    NeedState.ANSWERED: events.NeedAnswered,
    NeedState.UNDER_WAY: events.NeedProgressed,
    NeedState.DONE: events.NeedProgressed,
    NeedState.CLOSED: events.NeedClosed,
}
OPEN = frozenset(NeedState) - {NeedState.DONE, NeedState.CLOSED}


def step_to(
    need: Need,
    to: NeedState,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    by_itself: bool = False,
    right: Action | None = None,
) -> Callable[..., AnyEvent]:
    """Take the step and store it with its move; gives the event to tell of it with.

    Hold the need (`AgendaWriting.need`). `by_itself`: the threshold asks, nobody does. `right`:
    what the actor needs, where that is not what the step itself asks. Raises Refused where life
    knows no such step, for who may not, and without a reason it asks for.
    """
    source = NeedState(need.state)
    way = lifecycle.step(lifecycle.State(source), lifecycle.State(to))
    if way is None:
        raise Refused(
            "no_step",
            gettext_noop("This is not possible any more: someone changed it. Reload the page."),
        )
    if not by_itself and not role_allows(actor.roles, right or way.action):
        raise not_allowed()
    why = line(reason, limit=REASON_LIMIT) if reason or way.reason else ""
    _arrive(need, to, at=at)
    by = None if by_itself else actor.id
    Move.objects.create(need=need, source=source, target=to, actor_id=by, at=at, reason=why)
    return TOLD[to]


def _arrive(need: Need, to: NeedState, *, at: datetime) -> None:
    need.state = to
    if to == NeedState.ON_AGENDA:
        need.kenmerk = need.kenmerk or next_kenmerk(at=at)
        need.listed_at = need.listed_at or at
    if to == NeedState.ASKED:
        need.asked_at = need.asked_at or at
    need.save(update_fields=["state", "kenmerk", "listed_at", "asked_at"])
