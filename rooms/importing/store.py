"""Storing a conversation: numbered messages in batches, stances in bulk, nothing twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from deliberation.eventlog.log import Writing, writing
from deliberation.eventlog.refs import Done
from deliberation.kernel.ids import derived_ref
from deliberation.kernel.refusals import Refused
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from deliberation.people.roles import Role
from rooms.models import Message, MessageState, Origin, Room
from rooms.services.messages import place_message

from .conversation import Conversation, Grown, Problem, Statement, nothing
from .place import words
from .residents import residents
from .stances import take_stances
from .threads import Threads

# One batch is one transaction. It holds the room (on SQLite everything), so it is kept short.
BATCH = 200  # messages
BATCH_VOTES = 5_000


@dataclass
class Stored:
    """What one import added; `known` messages were there already."""

    people: int = 0
    messages: int = 0
    hidden: int = 0
    known: int = 0
    stances: int = 0
    problems: list[Problem] = field(default_factory=list)


def store(
    conversation: Conversation, room: Room, *, at: datetime, grown: Grown = nothing
) -> Stored:
    """Put everything into the room; what is there already stays as it is.

    `grown` hears how many statements and votes were dealt with.
    """
    done = Stored()
    before = Person.objects.count()
    first = conversation.statements[0].at if conversation.statements else at
    people = residents(conversation, at=first)
    done.people = Person.objects.count() - before
    importing = _Import(conversation, room, people, at, done)
    for batch in batches(conversation):
        importing.batch(batch)
        grown(len(batch) + sum(len(conversation.votes.get(s.id, ())) for s in batch))
    return done


def batches(conversation: Conversation) -> Iterator[list[Statement]]:
    """Statements in order, few enough at a time, with their votes."""
    batch: list[Statement] = []
    votes = 0
    for statement in conversation.statements:
        batch.append(statement)
        votes += len(conversation.votes.get(statement.id, ()))
        if len(batch) >= BATCH or votes >= BATCH_VOTES:
            yield batch
            batch, votes = [], 0
    if batch:
        yield batch


class _Import:
    def __init__(
        self,
        conversation: Conversation,
        room: Room,
        people: dict[str, Person],
        at: datetime,
        done: Stored,
    ) -> None:
        self._conversation, self._room, self._people = conversation, room, people
        self._at, self._done = at, done
        self._end = conversation.end
        self._threads = Threads(conversation, room)
        self._messages: dict[str, Done] = {}  # by the statement's id

    def batch(self, statements: list[Statement]) -> None:
        """One transaction: readers see a message with its tally, or not yet."""
        with writing(defer=True) as log:
            log.lock(self._room.public_stream)
            log.refs.look_up((self._people[s.author].pk, self._ref(s)) for s in statements)
            for statement in statements:
                try:
                    self._place(log, statement)
                except Refused as refused:
                    self._problem(statement, refused.text % refused.values)
            log.settle()
            self._done.stances += take_stances(
                log,
                self._room,
                {
                    self._messages[s.id].id: list(self._conversation.votes.get(s.id, {}).values())
                    for s in statements
                    if s.id in self._messages
                },
                people=self._people,
                end=self._end,
                at=self._at,
            )

    def _place(self, log: Writing, statement: Statement) -> None:
        person, ref = self._people[statement.author], self._ref(statement)
        if before := log.done(self._room.public_stream, person.pk, ref):
            self._messages[statement.id] = before
            self._done.known += 1
            return
        actor = Actor(person.pk, person.name, frozenset({Role.RESIDENT}))
        thread = self._threads.open(log, statement, person, actor)
        message = Message(
            author=person,
            ref=ref,
            body=statement.text,
            reply_to=self._answered(log, statement),
            origin=Origin.IMPORT,
            at=statement.at,
        )
        if statement.rejected:
            message.state, message.reason = MessageState.HIDDEN, words("rejected")
        self._messages[statement.id] = place_message(
            log, self._room, thread, message, actor=actor, ref=ref
        )
        self._done.messages += 1
        self._done.hidden += statement.rejected

    def _answered(self, log: Writing, statement: Statement) -> Message | None:
        if not statement.reply_to:
            return None
        if statement.reply_to not in self._messages:
            reason = f"{statement.reply_to!r} is no earlier message, so this stands as no reply"
            self._problem(statement, reason)
            return None
        log.settle()
        return Message.objects.filter(pk=self._messages[statement.reply_to].id).first()

    def _ref(self, statement: Statement) -> UUID:
        """The same whenever the same statement is imported into the same room."""
        found = self._conversation
        parts = (found.source, found.name, self._room.pk, statement.id)
        if found.source == "polis":
            return derived_ref(*parts)
        # Anyone's ids may start at 1; only the same words at the same time are the same message.
        return derived_ref(*parts, statement.author, statement.at, statement.text)

    def _problem(self, statement: Statement, reason: str) -> None:
        self._done.problems.append(Problem(self._conversation.file, statement.line, reason))
