"""What people say in the hall, or write on a card, put down by a scribe.

Each becomes an ordinary message of a person of its own: it counts, is hidden, corrected and
erased as any other. Who gave no name is one person for each message; a table or a name is one
person a meeting.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import derived_ref
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor, actor_of
from deliberation.people.joining import checked_name
from deliberation.people.models import Person
from rooms import access
from rooms.models import IN_HALL, MeetingPhase, Message, Origin, Room, Screen
from rooms.rights import Action

from .meetings import current_meeting
from .messages import message_edit, message_post, message_retract

CORRECTED_WITHIN = timedelta(minutes=10)
_SOURCE = "hall:"


def hall_note(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    meeting: int,
    thread: int,
    body: str,
    at: datetime,
    name: str = "",
    origin: str = Origin.ROOM,
) -> Done:
    """Someone's words, spoken in the hall or on paper. `id` is the message's."""
    if origin not in IN_HALL:
        raise Refused("bad_origin", gettext_noop("Choose: spoken in the hall, or on paper."))
    said = _Said(meeting, ref, checked_name(name) if name.strip() else "")
    with writing() as log:
        if done := said.done(log, room):
            return done
        current_meeting(log, actor, room, meeting, to=Action.HALL_NOTE, at=at)
        return said.post(room, thread=thread, body=body, origin=Origin(origin), at=at)


def tablet_say(
    *, screen: Screen, ref: UUID, thread: int, body: str, at: datetime, name: str = ""
) -> Done:
    """What someone in the hall wrote on a tablet that stands there for all: its token is enough
    for this alone. `id` is the message's."""
    meeting = screen.meeting
    said = _Said(meeting.pk, ref, checked_name(name) if name.strip() else "")
    with writing() as log:
        if done := said.done(log, meeting.room):
            return done
        if meeting.phase != MeetingPhase.OPEN:
            raise Refused("not_running", gettext_noop("The meeting is not going on now."))
        return said.post(meeting.room, thread=thread, body=body, origin=Origin.ROOM, at=at)


@dataclass(frozen=True)
class _Said:
    """Words from the hall: who is `called` the same in a meeting is one person, else each is."""

    meeting: int
    ref: UUID
    called: str

    @property
    def source(self) -> str:
        who = derived_ref(self.meeting, self.called.casefold()) if self.called else self.ref
        return f"{_SOURCE}{self.meeting}:{who}"

    def done(self, log: Writing, room: Room) -> Done | None:
        """What was answered before."""
        log.lock(room.public_stream)
        known = Person.objects.filter(source=self.source).first()
        return log.done(room.public_stream, known.pk, self.ref) if known else None

    def post(self, room: Room, *, thread: int, body: str, origin: Origin, at: datetime) -> Done:
        speaker = Person.objects.filter(source=self.source).first() or Person.objects.create_user(
            None, name=self.called or _nameless(), joined_at=at, source=self.source
        )
        return message_post(
            actor=actor_of(speaker, at=at),
            room=room,
            ref=self.ref,
            thread=thread,
            body=body,
            origin=origin,
            at=at,
        )


def hall_correct(
    *, actor: Actor, room: Room, ref: UUID, message: int, body: str, at: datetime
) -> Done:
    """What was heard or read wrongly, within ten minutes."""
    with writing() as log:
        if done := _done(log, room, message, ref):
            return done
        speaker = _of_the_hall(actor, room, message, to=Action.HALL_CORRECT, at=at)
        return message_edit(actor=speaker, room=room, ref=ref, message=message, body=body, at=at)


def hall_withdraw(*, actor: Actor, room: Room, ref: UUID, message: int, at: datetime) -> Done:
    """Someone would rather not have said it, within ten minutes."""
    with writing() as log:
        if done := _done(log, room, message, ref):
            return done
        speaker = _of_the_hall(actor, room, message, to=Action.HALL_WITHDRAW, at=at)
        return message_retract(actor=speaker, room=room, ref=ref, message=message, at=at)


def _done(log: Writing, room: Room, message: int, ref: UUID) -> Done | None:
    """The answer that was given before: what a scribe does stands in the name of who spoke."""
    author = Message.objects.filter(pk=message, room=room).values_list("author_id", flat=True)
    return log.done(room.public_stream, author.first(), ref)


def _of_the_hall(actor: Actor, room: Room, message: int, *, to: Action, at: datetime) -> Actor:
    """Whose words a scribe put down, while they can still be corrected. Raises Refused."""
    access.require(actor, room, to=to, at=at)
    found = access.message_for(room, message)
    if found.author is None or not (found.author.source or "").startswith(_SOURCE):
        raise Refused("not_hall", gettext_noop("A scribe can only correct what a scribe wrote."))
    if at > found.at + CORRECTED_WITHIN:
        raise Refused(
            "too_late",
            gettext_noop("Ten minutes are over. A community manager can still hide the message."),
        )
    return actor_of(found.author, at=at)


def _nameless() -> str:
    """In the language of the site: everyone reads the same name."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("Someone in the hall")
