"""Leaving private details out of a message that may stay; its writer keeps what it said."""

from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.protocol import events
from moderation.models import Act, Decision
from rooms import access
from rooms.models import Ground, Message, MessageRevision, Room
from rooms.rights import Action
from rooms.services.messages import announce

from .deciding import Facts, decide, facts_of
from .settling import settle
from .showing import show_again

LEFT_OUT = "[…]"


def message_redact(
    *, actor: Actor, room: Room, ref: UUID, message: int, words: str, reason: str, at: datetime
) -> Done:
    """Replace `words`, one piece a line, by `LEFT_OUT`. What was held back for them is shown.

    Only for private details: who leaves out an opinion changes what someone said.
    """
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        log.lock(room.staff_stream)
        access.require(actor, room, to=Action.HIDE, at=at)
        found = access.message_for(room, message)
        if not found.stands:
            raise Refused("gone", gettext_noop("This message is no longer shown."))
        facts, left = facts_of(Ground.PERSONAL_DATA, reason), without(found.body, words)
        settle(log, room, found, Act.REDACT, facts, actor=actor, at=at)
        MessageRevision.objects.create(message=found, body=found.body, at=at)
        return _says(log, room, found, left, actor=actor, ref=ref, at=at)


def put_back(
    log: Writing,
    room: Room,
    decision: Decision,
    facts: Facts,
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done | None:
    """The message says again what it did; nothing where its writer changed it since."""
    message = decision.message
    assert message is not None
    again = Decision(act=Act.RESTORE, room=room, message=message, person=decision.person, at=at)
    again.case, again.undoes = decision.case, decision
    decide(log, again, facts, actor=actor)
    was = message.revisions.filter(at=decision.at).first()
    if was is None or message.edited_at != decision.at or not message.is_shown:
        return None
    body = was.body
    was.delete()
    return _says(log, room, message, body, actor=actor, ref=ref, at=at)


def without(body: str, words: str) -> str:
    """The text with each of these pieces left out. Raises Refused."""
    pieces = sorted((one.strip() for one in words.splitlines() if one.strip()), key=len)
    if not pieces:
        raise Refused("empty", gettext_noop("Say what should be left out first."))
    for piece in reversed(pieces):
        if piece not in body:
            raise Refused(
                "not_in_it",
                gettext_noop("“%(words)s” does not stand in the message. Copy it exactly."),
                values={"words": piece},
            )
        body = body.replace(piece, LEFT_OUT)
    if not body.replace(LEFT_OUT, "").strip():
        raise Refused("nothing_left", gettext_noop("Then nothing is left. Hide the message."))
    return body


def _says(
    log: Writing,
    room: Room,
    message: Message,
    body: str,
    *,
    actor: Actor,
    ref: UUID | None,
    at: datetime,
) -> Done:
    """The message says this from now on, to everyone."""
    message.body, message.edited_at = body, at
    message.save(update_fields=["body", "edited_at"])
    if message.is_held:
        return show_again(log, room, message, "", actor=actor, ref=ref, at=at)
    return announce(log, room, events.MessageEdited, message, actor=actor, ref=ref, at=at)
