"""Where the live connection of an agenda's page starts."""

from dataclasses import dataclass

from deliberation.eventlog import reading
from rooms.models import Neighbourhood, Room


@dataclass(frozen=True)
class Watched:
    """A room and its position in its log: needs are announced in every open room."""

    room: str
    head: int
    epoch: str


def watched(neighbourhood: Neighbourhood) -> Watched | None:
    """One open room of the neighbourhood, always the same one; None where there is none."""
    room = Room.objects.opened().filter(neighbourhood=neighbourhood).order_by("pk").first()
    if room is None:
        return None
    head = reading.head(room.public_stream)
    return Watched(room.slug, head.seq, head.epoch)
