"""Closing a need before it is done, and opening it again; always with a reason."""

from datetime import datetime

from deliberation.agenda.models import Need, NeedState, Suggestion
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import REASON_LIMIT, line
from deliberation.people.actors import Actor

from .deciding import close, last_new, open_again, open_new
from .history import EditKind, kept
from .holding import holding, require_state
from .moving import step_to


def need_close(*, actor: Actor, need: int | str, reason: str, at: datetime) -> Need:
    """Take a need off the agenda before it is done. Everyone can read why."""
    with holding(actor, need, to=Action.CLOSE, at=at) as (log, found):
        why = line(reason, limit=REASON_LIMIT)
        with kept(EditKind.CLOSE, found, actor=actor, at=at, reason=why):
            close(open_new(found), Suggestion.State.DISMISSED, actor=actor, at=at, reason=why)
            kind = step_to(found, NeedState.CLOSED, actor=actor, at=at, reason=why)
        log.tell(found, kind, actor=actor, at=at)
        return found


def need_reopen(*, actor: Actor, need: int | str, reason: str, at: datetime) -> Need:
    """Put a closed need back to where it was."""
    with holding(actor, need, to=Action.REOPEN, at=at) as (log, found):
        text = gettext_noop("Only a closed need can be reopened.")
        require_state(found, [NeedState.CLOSED], text)
        why = line(reason, limit=REASON_LIMIT)
        if found.merged_into is not None:
            raise Refused(
                "merged",
                gettext_noop("This need was merged with another. Undo that merge instead."),
            )
        with kept(EditKind.REOPEN, found, actor=actor, at=at, reason=why):
            kind = step_to(found, _before_closing(found), actor=actor, at=at, reason=why)
            if found.state == NeedState.SUGGESTED:
                open_again(last_new(found))
        log.tell(found, kind, actor=actor, at=at)
        return found


def _before_closing(need: Need) -> NeedState:
    last = need.moves.filter(target=NeedState.CLOSED).last()
    return NeedState(last.source) if last else NeedState.SUGGESTED
