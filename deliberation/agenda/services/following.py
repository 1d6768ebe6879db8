"""Residents who want to hear of a need. Only they know, so nothing is announced."""

from datetime import datetime

from deliberation.agenda import access
from deliberation.agenda.models import Follow
from deliberation.agenda.rights import Action
from deliberation.people.actors import Actor


def need_follow(*, actor: Actor, need: int | str, at: datetime) -> Follow:
    """Hear of answers and news from now on; once a person."""
    found = access.need_for(actor, need, to=Action.FOLLOW, at=at)
    kept, _ = Follow.objects.get_or_create(need=found, person_id=actor.person, defaults={"at": at})
    return kept


def need_unfollow(*, actor: Actor, need: int | str, at: datetime) -> None:
    """Hear no more of it, unless as someone who contributed or supports it."""
    found = access.need_for(actor, need, to=Action.FOLLOW, at=at)
    Follow.objects.filter(need=found, person=actor.person).delete()
