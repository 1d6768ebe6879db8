"""Polls of a meeting: votes by phone, and hands in the hall."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import TITLE_LIMIT, line
from deliberation.people.actors import Actor
from deliberation.protocol import events
from deliberation.protocol.shapes import Scene
from rooms import access, polls
from rooms.models import Meeting, MeetingPhase, Poll, PollKind, PollState, Room, Vote
from rooms.polls import Kind
from rooms.rights import Action

from .meetings import announce_meeting, current_meeting

OPTION_LIMIT = 60  # characters: a line and a half on the screen
MOST = 20  # polls of a meeting
MOST_HANDS = 10_000


def poll_new(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    meeting: int,
    question: str,
    kind: str,
    at: datetime,
    options: Sequence[str] = (),
    live: bool = False,
) -> Done:
    """Prepare a question. Everyone who looks at the agenda of the evening may see it."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.POLL_NEW, at=at)
        asked, wanted = line(question, limit=TITLE_LIMIT), PollKind(kind)
        named = [] if wanted == PollKind.SCALE else _options(options)
        if found.polls.count() >= MOST:
            raise Refused(
                "too_many",
                gettext_noop("A meeting has at most %(most)s polls. Remove one first."),
                values={"most": MOST},
            )
        found.polls.create(question=asked, kind=wanted, options=named, live=live)
        return _told(log, found, actor=actor, ref=ref, at=at)


def poll_open(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, poll: int, at: datetime
) -> Done:
    """From now on everyone can vote, and the screens show the question. One that was closed by
    mistake goes on where it was; another that is open closes."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.POLL_OPEN, at=at)
        if found.phase != MeetingPhase.OPEN:
            raise Refused("not_running", gettext_noop("Begin the meeting first."))
        about = _poll(found, poll)
        for other in found.polls.filter(state=PollState.OPEN).exclude(pk=about.pk):
            other.close(at=at)
        about.state, about.closed_at = PollState.OPEN, None
        about.opened_at = about.opened_at or at
        about.save()
        found.scene, found.blank = msgspec.to_builtins(Scene(kind="poll", poll=about.pk)), False
        found.save(update_fields=["scene", "blank"])
        return _told(log, found, actor=actor, ref=ref, at=at)


def poll_close(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, poll: int, at: datetime
) -> Done:
    """Nobody votes any more, and everyone sees the result."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.POLL_CLOSE, at=at)
        about = _poll(found, poll)
        if about.state != PollState.OPEN:
            raise _not_open()
        about.close(at=at)
        return _told(log, found, actor=actor, ref=ref, at=at)


def poll_hands(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,
    meeting: int,
    poll: int,
    hands: Sequence[int],
    at: datetime,
) -> Done:
    """How many hands were raised in the hall for each option; the last count holds."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.POLL_HANDS, at=at)
        about = _poll(found, poll)
        if about.kind == PollKind.RANKING:
            raise Refused(
                "no_hands", gettext_noop("Hands can't put things in order. Ask one thing instead.")
            )
        if about.state == PollState.PREPARED:
            raise _not_open()
        if len(hands) != about.size or not all(0 <= one <= MOST_HANDS for one in hands):
            raise Refused("bad_hands", gettext_noop("Give a number of hands for each answer."))
        about.hands = list(hands)
        about.save(update_fields=["hands"])
        return _told(log, found, actor=actor, ref=ref, at=at)


def poll_drop(
    *, actor: Actor, room: Room, ref: UUID, meeting: int, poll: int, at: datetime
) -> Done:
    """Remove a question that was never asked."""
    with writing() as log:
        if done := log.done(room.public_stream, actor.id, ref):
            return done
        found = current_meeting(log, actor, room, meeting, to=Action.POLL_DROP, at=at)
        about = _poll(found, poll)
        if about.state != PollState.PREPARED:
            raise Refused(
                "asked_already", gettext_noop("People voted in it. It stays in the minutes.")
            )
        about.delete()
        return _told(log, found, actor=actor, ref=ref, at=at)


def poll_vote(
    *,
    actor: Actor,
    room: Room,
    ref: UUID,  # noqa: ARG001 - every command has one
    poll: int,
    choice: Sequence[int],
    at: datetime,
) -> Done:
    """Vote, vote otherwise, or (nothing chosen) take it back. Repeating it changes nothing, so
    `ref` is only answered, not stored."""
    with writing() as log:
        head = log.lock(room.public_stream)
        access.require(actor, room, to=Action.POLL_VOTE, at=at)
        about = Poll.objects.filter(meeting__room=room, pk=poll).first()
        if about is None:
            raise _no_poll()
        if about.state != PollState.OPEN:
            raise _not_open()
        chosen = polls.checked(Kind(about.kind), about.size, choice)
        before = Vote.objects.filter(poll=about, person_id=actor.person).first()
        if (before.choice if before else []) != chosen:
            _replace(about, actor, chosen, at=at)
            log.voted(room.public_stream, about.pk)
        return Done(head, about.pk)


def _replace(poll: Poll, actor: Actor, choice: list[int], *, at: datetime) -> None:
    whose: dict[str, Any] = {"poll": poll, "person_id": actor.person}
    if choice:
        Vote.objects.update_or_create(**whose, defaults={"choice": choice, "at": at})
    else:
        Vote.objects.filter(**whose).delete()


def _poll(meeting: Meeting, poll: int) -> Poll:
    """A poll of this meeting. Raises Refused."""
    found = meeting.polls.filter(pk=poll).first()
    if found is None:
        raise _no_poll()
    return found


def _options(given: Sequence[str]) -> list[str]:
    named = [line(one, limit=OPTION_LIMIT) for one in given]
    if not polls.FEWEST <= len(named) <= polls.MOST or len({*named}) < len(named):
        raise Refused(
            "bad_options",
            gettext_noop("Give %(least)s to %(most)s different answers."),
            values={"least": polls.FEWEST, "most": polls.MOST},
        )
    return named


def _told(log: Writing, meeting: Meeting, *, actor: Actor, ref: UUID, at: datetime) -> Done:
    return announce_meeting(log, meeting, events.MeetingPolled, actor=actor, ref=ref, at=at)


def _no_poll() -> Refused:
    return Refused("no_poll", gettext_noop("This poll is not there any more. Reload the page."))


def _not_open() -> Refused:
    return Refused("poll_closed", gettext_noop("You can't vote in this poll now."))
