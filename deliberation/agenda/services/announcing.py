"""The transaction in which needs change, and how rooms hear of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from deliberation.agenda.models import Need
from deliberation.agenda.selectors import needs_by_id
from deliberation.eventlog.log import Writing, writing
from deliberation.people.actors import Actor
from deliberation.protocol.events import AnyEvent
from rooms.models import Room


@dataclass
class AgendaWriting:
    """`rooms`: the open rooms of the neighbourhood, held until commit. `log`: their log."""

    log: Writing
    rooms: list[Room] = field(default_factory=list)

    def need(self, pk: int) -> Need:
        """The need as it stands now that nobody else can change it."""
        return Need.objects.select_for_update(of=("self",)).get(pk=pk)

    def tell(
        self, need: Need, kind: Callable[..., AnyEvent], *, actor: Actor, at: datetime
    ) -> None:
        """Announce a need as it is now; what never came on the agenda is not announced.

        Once for each need, when everything about it is saved.
        """
        if need.kenmerk is None:
            return
        (view,) = needs_by_id([need.pk])
        for room in self.rooms:
            event = kind(seq=self.log.next(room.public_stream), at=at, need=view)
            self.log.append(room.public_stream, event, actor=actor.id, subject=need.pk)


@contextmanager
def agenda_writing(neighbourhood: int) -> Iterator[AgendaWriting]:
    """Hold the open rooms of a neighbourhood, in one order for all, so that two who wait for
    each other's room can't exist. Read what is to change after this, not before."""
    with writing() as log:
        opened = Room.objects.opened().filter(neighbourhood=neighbourhood)
        rooms = list(opened.order_by("pk"))
        for room in rooms:
            log.lock(room.public_stream)
        yield AgendaWriting(log, rooms)
