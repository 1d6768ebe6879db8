"""A person decides what comes on the agenda."""

from collections.abc import Sequence
from datetime import datetime

from deliberation.agenda.models import Need, NeedState, Suggestion, Wording
from deliberation.agenda.rights import Action
from deliberation.people.actors import Actor

from .deciding import close, decided, last_new, open_new
from .editing import change
from .history import EditKind, kept
from .holding import holding
from .moving import step_to
from .sentences import Wanted


def need_accept(
    *,
    actor: Actor,
    need: int | str,
    at: datetime,
    sentences: Sequence[Wanted] = (),
    theme: str | None = None,
) -> Need:
    """Put a suggested need on the agenda; with other words (title first) where they are given."""
    with holding(actor, need, to=Action.REVIEW, at=at) as (log, found):
        suggestion = open_new(found)
        if found.state != NeedState.SUGGESTED:
            raise decided(last_new(found))
        with kept(EditKind.ACCEPT, found, actor=actor, at=at, suggestion=suggestion):
            change(found, sentences=sentences, wording=Wording.EDITED, theme=theme)
            kind = step_to(found, NeedState.ON_AGENDA, actor=actor, at=at)
            close(suggestion, Suggestion.State.ACCEPTED, actor=actor, at=at)
        log.tell(found, kind, actor=actor, at=at)
        return found
