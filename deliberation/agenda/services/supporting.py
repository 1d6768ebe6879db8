"""Residents who want an answer. Enough of them, and the municipality owes one."""

from collections.abc import Callable
from datetime import datetime

from deliberation.agenda.models import Evidence, Need, NeedState, Support
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.backing import backing
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import passage
from deliberation.people.actors import Actor
from deliberation.protocol import events
from deliberation.protocol.events import AnyEvent
from rooms.models import Thread

from .asking import be_asked
from .holding import holding, require_state

STREET_LIMIT = 80
OPEN = (NeedState.ON_AGENDA, NeedState.ASKED)


def need_support(
    *,
    actor: Actor,
    need: int | str,
    at: datetime,
    thread: int | None = None,
    street: str = "",
) -> Need:
    """Want an answer; once a person. Doing it again keeps what was said first.

    `thread` or `street` is where they come from; without either, the conversation in which they
    wrote about it.
    """
    with holding(actor, need, to=Action.SUPPORT, at=at) as (log, found):
        require_state(
            found, OPEN, gettext_noop("This need can't be supported now. Its page says why.")
        )
        if Support.objects.filter(need=found, person=actor.person).exists():
            return found
        Support.objects.create(
            need=found,
            person_id=actor.person,
            thread=_thread(found, thread, actor.person),
            street=" ".join(passage(street, limit=STREET_LIMIT).split()),
            at=at,
        )
        kind = asked_by_support(found, actor=actor, at=at) or events.NeedChanged
        log.tell(found, kind, actor=actor, at=at)
        return found


def need_unsupport(*, actor: Actor, need: int | str, at: datetime) -> Need:
    """Want no answer any more. A need that was asked by support stays asked."""
    with holding(actor, need, to=Action.SUPPORT, at=at) as (log, found):
        gone, _ = Support.objects.filter(need=found, person=actor.person).delete()
        if gone:
            log.tell(found, events.NeedChanged, actor=actor, at=at)
        return found


def asked_by_support(need: Need, *, actor: Actor, at: datetime) -> Callable[..., AnyEvent] | None:
    """Have a need asked by itself if its support is enough; that happens once in its life.

    Hold the need. Gives the event to tell of it with. Call it wherever support is added.
    """
    may = need.state == NeedState.ON_AGENDA and need.asked_by_support_at is None
    if not may or not backing(need.pk).enough:
        return None
    need.asked_by_support_at = at
    need.save(update_fields=["asked_by_support_at"])
    return be_asked(need, actor=actor, at=at, by_itself=True)


def _thread(need: Need, wanted: int | None, person: int) -> Thread | None:
    """Where someone comes from. Raises Refused for a conversation of another neighbourhood."""
    if wanted is None:
        mine = Evidence.objects.filter(need=need, message__author=person).order_by("pk").first()
        return mine.message.thread if mine else None
    found = Thread.objects.filter(pk=wanted, room__neighbourhood=need.neighbourhood_id).first()
    if found is None:
        raise Refused("no_thread", gettext_noop("This conversation does not exist here."))
    return found
