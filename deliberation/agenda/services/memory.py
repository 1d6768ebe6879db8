"""A manager saw what was discussed before."""

from datetime import datetime

from django.db import transaction

from deliberation.agenda.access import need_for
from deliberation.agenda.models import MemorySeen
from deliberation.agenda.rights import Action
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from rooms.models import Thread


@transaction.atomic
def memory_seen(*, actor: Actor, thread: int, need: int | str, at: datetime) -> MemorySeen:
    """Tick, once, that for this thread someone looked at what was answered to this need.

    Raises Refused for who may not, and where thread and need are not of one neighbourhood.
    """
    found = need_for(actor, need, to=Action.MEMORY, at=at)
    here = Thread.objects.filter(pk=thread, room__neighbourhood=found.neighbourhood_id).first()
    if here is None:
        raise Refused(
            "no_thread",
            gettext_noop("This conversation is not in this room. Reload the page to see what is."),
        )
    wanted = {"neighbourhood": found.neighbourhood, "person_id": actor.id, "at": at}
    seen, _ = MemorySeen.objects.get_or_create(thread=here, need=found, defaults=wanted)
    return seen
