"""The only door to needs. Every look-up starts at the person who asks."""

from datetime import datetime

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from rooms.access import not_yours, require_no_ban
from rooms.models import Neighbourhood, Room

from .models import Need
from .models.need import NeedQuerySet
from .rights import RIGHTS, Action, Ban, role_allows


def needs_for(actor: Actor) -> NeedQuerySet:
    """The needs this person can see: what came on an agenda; managers and officials see all."""
    needs = Need.objects.select_related("neighbourhood")
    sees_all = role_allows(actor.roles, Action.REVIEW) or role_allows(actor.roles, Action.ANSWER)
    return needs if sees_all else needs.public()


def need_for(actor: Actor, need: int | str, *, to: Action, at: datetime) -> Need:
    """The need with this id or kenmerk, if this person may do `to` with it. Raises Refused."""
    by = {"kenmerk": need} if isinstance(need, str) else {"pk": need}
    found = needs_for(actor).filter(**by).first()
    if found is None:
        raise no_need()
    require(actor, found.neighbourhood, to=to, at=at)
    return found


def require(actor: Actor, neighbourhood: Neighbourhood, *, to: Action, at: datetime) -> None:
    """Check of role and ban. Bans in `actor` are those in force. Raises Refused."""
    del at
    if not role_allows(actor.roles, to):
        raise not_yours(actor)
    require_no_ban(_banned_until(actor, neighbourhood, RIGHTS[to].ban))


def may(actor: Actor, neighbourhood: Neighbourhood, to: Action, *, at: datetime) -> bool:
    """Whether `require` would let this pass."""
    try:
        require(actor, neighbourhood, to=to, at=at)
    except Refused:
        return False
    return True


def _banned_until(actor: Actor, neighbourhood: Neighbourhood, ban: Ban) -> datetime | None:
    """Until when a ban takes the right away. A need belongs to no single room, so a ban from one
    of the neighbourhood's rooms counts."""
    if ban is Ban.NONE or not actor.bans:
        return None
    places = [""]
    if ban is Ban.ROOM:
        rooms = Room.objects.filter(neighbourhood=neighbourhood, slug__in=list(actor.bans))
        places += rooms.values_list("slug", flat=True)
    return max((actor.bans[place] for place in places if place in actor.bans), default=None)


def no_need() -> Refused:
    return Refused(
        "no_need", gettext_noop("There is no need at this address. Check the reference.")
    )
