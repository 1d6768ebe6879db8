"""A need for who may do something with it, held until commit."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from deliberation.agenda import access
from deliberation.agenda.models import Need, NeedState
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor

from .announcing import AgendaWriting, agenda_writing


@contextmanager
def holding(
    actor: Actor, need: int | str, *, to: Action, at: datetime
) -> Iterator[tuple[AgendaWriting, Need]]:
    """The transaction and the need (by id or kenmerk) as it stands in it. Raises Refused."""
    found = access.need_for(actor, need, to=to, at=at)
    with agenda_writing(found.neighbourhood_id) as log:
        yield log, log.need(found.pk)


def require_state(need: Need, states: Collection[NeedState], text: str) -> None:
    """Refuse with `text` unless the need is in one of these states."""
    if need.state not in states:
        raise Refused("wrong_state", text)


NOT_LISTED = gettext_noop("This need is not on the agenda any more. Nothing has changed.")
