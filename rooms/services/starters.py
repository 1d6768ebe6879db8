"""Conversations on a schedule: planned by a manager, started by the worker."""

from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import TITLE_LIMIT, line, message_text
from deliberation.people.actors import Actor, actor_by_id
from rooms import access
from rooms.models import Room, Starter, ThreadKind
from rooms.rights import WRITING_MODES, Action

from .threads import thread_open


def starter_plan(
    *,
    actor: Actor,
    room: Room,
    title: str,
    kind: str,
    body: str,
    when: datetime,
    weekly: bool = False,
    until: date | None = None,
    at: datetime,
) -> Starter:
    """Start a conversation at `when`, and then every week up to `until`."""
    access.require(actor, room, to=Action.CHARTER, at=at)
    if when <= at:
        raise Refused(
            "past", gettext_noop("This moment is over. Choose one that is still to come.")
        )
    if until and until < when.date():
        raise Refused("past", gettext_noop("The last day comes before the first. Change one."))
    return Starter.objects.create(
        room=room,
        planned_by_id=actor.person,
        title=line(title, limit=TITLE_LIMIT),
        kind=ThreadKind(kind),
        body=message_text(body),
        next_at=when,
        weekly=weekly,
        until=until,
    )


def starter_drop(*, actor: Actor, room: Room, starter: int, at: datetime) -> None:
    """Plan it no more. One that is gone already is no error."""
    access.require(actor, room, to=Action.CHARTER, at=at)
    Starter.objects.filter(room=room, pk=starter).delete()


def starters_start(*, at: datetime) -> None:
    """Start what is due. Who was away for weeks starts each only once, however many were missed.

    Idempotent: the reference of a conversation follows from its starter and moment. A room that
    takes no new conversations now, keeps its starters waiting; who is no manager any more, plans
    nothing any more.
    """
    due = Starter.objects.filter(next_at__lte=at, room__opened_at__isnull=False)
    for starter in due.select_related("room"):
        actor = actor_by_id(starter.planned_by_id, at=at)
        if not access.may(actor, starter.room, Action.CHARTER, at=at):
            starter.delete()
        elif starter.room.mode_at(at) in WRITING_MODES:
            _start(starter, actor, at)


def _start(starter: Starter, actor: Actor, at: datetime) -> None:
    try:
        thread_open(
            actor=actor,
            room=starter.room,
            ref=_ref(starter),
            title=starter.title,
            kind=starter.kind,
            body=starter.body,
            at=at,
        )
    except Refused:  # writes too fast now, for example: the next round tries again
        return
    if following := starter.after(at):
        Starter.objects.filter(pk=starter.pk).update(next_at=following)
    else:
        starter.delete()


def _ref(starter: Starter) -> UUID:
    return uuid5(NAMESPACE_URL, f"starter:{starter.pk}:{starter.next_at.isoformat()}")
