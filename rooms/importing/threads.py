"""The threads of an imported conversation: opened when their first message comes."""

from uuid import UUID

from deliberation.eventlog.log import Writing
from deliberation.eventlog.models import Event
from deliberation.kernel.ids import derived_ref
from deliberation.kernel.text import TITLE_LIMIT
from deliberation.people.actors import Actor
from deliberation.people.models import Person
from rooms import access
from rooms.models import Room, Thread, ThreadKind, ThreadState
from rooms.services import locked
from rooms.services.threads import place_thread

from .conversation import Conversation, Statement
from .words import shortened


class Threads:
    """One thread a title; the conversation's own question is the title of the rest."""

    def __init__(self, conversation: Conversation, room: Room) -> None:
        self._conversation, self._room = conversation, room
        self._ids: dict[str, int] = {}

    def open(self, log: Writing, statement: Statement, opener: Person, actor: Actor) -> Thread:
        """The thread that takes this statement. Raises Refused where a manager closed it."""
        title = statement.thread or shortened(
            self._conversation.question or self._conversation.title, TITLE_LIMIT
        )
        if title not in self._ids:
            self._ids[title] = self._known(title) or self._new(log, title, statement, opener, actor)
        thread = locked.thread(log, self._room, self._ids[title])
        while thread.state == ThreadState.MERGED and thread.continued_in_id:
            thread = locked.thread(log, self._room, thread.continued_in_id)
        return access.as_open(thread)

    def _known(self, title: str) -> int | None:
        """A thread that an earlier import opened (it may be renamed), or one with this title."""
        stream = self._room.public_stream
        opened = Event.objects.filter(stream__name=stream, kind="thread.opened")
        earlier = opened.filter(ref=self._ref(title)).values_list("subject", flat=True).first()
        if earlier is not None:
            return earlier
        same = Thread.objects.filter(room=self._room, title=title, state=ThreadState.OPEN)
        return same.values_list("pk", flat=True).first()

    def _new(
        self, log: Writing, title: str, statement: Statement, opener: Person, actor: Actor
    ) -> int:
        thread = Thread(
            room=self._room,
            title=title,
            kind=ThreadKind(statement.kind),
            opened_by=opener,
            opened_at=statement.at,
        )
        return place_thread(log, thread, actor=actor, ref=self._ref(title), at=statement.at).id

    def _ref(self, title: str) -> UUID:
        found = self._conversation
        return derived_ref(found.source, found.name, self._room.pk, "thread", title)
