"""The opinion groups of rooms as the follower last computed them."""

from collections.abc import Collection

import msgspec

from deliberation.agenda.models import OpinionSnapshot
from deliberation.engine.shapes import Opinions
from deliberation.people.models import Person


def opinions_of(rooms: Collection[int]) -> dict[int, Opinions]:
    """By room (id), without who had everything of theirs erased since. People are ids."""
    snapshots = OpinionSnapshot.objects.filter(room__in=rooms).order_by("room")
    found = {one.room_id: msgspec.convert(one.content, Opinions) for one in snapshots}
    if not found:
        return {}
    erased = Person.objects.filter(name="", is_active=False)
    gone = frozenset(str(person) for person in erased.values_list("pk", flat=True))
    return {room: _without(one, gone) for room, one in found.items()} if gone else found


def _without(opinions: Opinions, gone: frozenset[str]) -> Opinions:
    groups = tuple(
        msgspec.structs.replace(group, members=tuple(m for m in group.members if m not in gone))
        for group in opinions.groups
    )
    points = {person: place for person, place in opinions.points.items() if person not in gone}
    return msgspec.structs.replace(opinions, groups=groups, points=points)
