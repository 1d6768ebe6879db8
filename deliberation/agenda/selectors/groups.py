"""Opinion groups that are large enough to be shown."""

from collections.abc import Collection
from dataclasses import dataclass

from deliberation.agenda.models import OpinionSnapshot


@dataclass(frozen=True)
class Group:
    """People of one room who think alike, by id. `name`: a letter, for people; unique in a room."""

    room: int
    id: str
    name: str
    members: frozenset[int]


def groups_of(rooms: Collection[int]) -> list[Group]:
    """The named groups of these rooms (by id)."""
    snapshots = OpinionSnapshot.objects.filter(room__in=rooms).order_by("room")
    return [group for one in snapshots for group in _groups(one)]


def _groups(snapshot: OpinionSnapshot) -> list[Group]:
    if not snapshot.content.get("named"):
        return []
    return [
        Group(
            room=snapshot.room_id,
            id=told["id"],
            name=chr(ord("A") + place),
            members=frozenset(int(one) for one in told["members"]),
        )
        for place, told in enumerate(snapshot.content["groups"])
    ]
