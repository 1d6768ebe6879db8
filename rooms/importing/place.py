"""The room that a conversation goes into: found, or made and opened with a complete charter."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import get_language

from deliberation.people.actors import Actor
from deliberation.people.roles import Role
from rooms.house_rules import rules_version
from rooms.models import Charter, Neighbourhood, Room
from rooms.services import room_new, room_open
from rooms.services.rooms import CHARTER_LIMIT

from .conversation import Conversation
from .words import shortened

# Nobody in particular: whoever runs the site may import into it.
OPERATOR = Actor(id=None, roles=frozenset({Role.ADMINISTRATOR}))


def room_of(conversation: Conversation, slug: str, *, neighbourhood: str, at: datetime) -> Room:
    """The room at this address, with the conversation's attribution. Raises Refused.

    A room that is there already is left as it is, but for the attribution.
    """
    room = Room.objects.select_related("neighbourhood", "charter").filter(slug=slug).first()
    if room is None:
        return _opened(conversation, slug, neighbourhood=neighbourhood or slug, at=at)
    if conversation.attribution not in room.attribution:
        room.attribution = "\n\n".join(filter(None, [room.attribution, conversation.attribution]))
        room.save(update_fields=["attribution"])
    return room


def words(name: str) -> str:
    """What is said about imported conversations, in the site's language."""
    language = "nl" if (get_language() or "nl").startswith("nl") else "en"
    return _words()[language][name]


@transaction.atomic
def _opened(conversation: Conversation, slug: str, *, neighbourhood: str, at: datetime) -> Room:
    place, _ = Neighbourhood.objects.get_or_create(
        slug=neighbourhood, defaults={"name": conversation.title, "area": words("area")}
    )
    room = room_new(
        actor=OPERATOR,
        neighbourhood=place,
        slug=slug,
        title=conversation.title,
        charter=_charter(conversation),
        introduction=conversation.about,
        attribution=conversation.attribution,
    )
    room_open(actor=OPERATOR, room=room, at=at)
    return room


def _charter(conversation: Conversation) -> dict[str, str]:
    charter = {name: words(name) for name in Charter.FIELDS if name in _words()["nl"]}
    charter["purpose"] = charter["purpose"].format(title=conversation.title)
    charter["question"] = shortened(conversation.question or conversation.title, CHARTER_LIMIT)
    return charter | {"house_rules": rules_version()}


@cache
def _words() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("charter.json")
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found
