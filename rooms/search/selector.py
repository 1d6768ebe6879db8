"""Looking something up in one room: only what is shown there, and newest or best first."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from deliberation.people.models import Person
from rooms.models import Message, MessageState, Room, Thread, ThreadState

from .databases import matching
from .excerpt import Part, excerpt
from .index import TABLE
from .query import Query
from .words import folded

PAGE = 20  # messages
TITLES = 5  # conversations


@dataclass(frozen=True)
class Wanted:
    """What to look for. `since` is the first moment that counts, `until` the first that doesn't."""

    query: Query = field(default_factory=Query)
    thread: int | None = None
    kind: str = ""
    person: str = ""
    since: datetime | None = None
    until: datetime | None = None
    best_first: bool = False


@dataclass(frozen=True)
class Hit:
    message: Message
    parts: list[Part]


def found(room: Room, wanted: Wanted) -> QuerySet[Message]:
    """The shown messages of a room that fit, in the order that was asked."""
    messages = Message.objects.filter(room=room, state=MessageState.SHOWN, **_filters(wanted))
    if wanted.person:
        messages = messages.filter(author__in=_people(room, wanted.person))
    if not wanted.query.wanted:
        return messages.order_by("-seq")
    match = matching(wanted.query)
    # `extra` is what joins a table that is no model; what people typed is in the parameters.
    messages = messages.extra(tables=[TABLE], where=match.where, params=match.params)  # noqa: S610
    if not wanted.best_first:
        return messages.order_by("-seq")
    return messages.extra(  # noqa: S610
        select={"fit": match.rank}, select_params=match.rank_params, order_by=["-fit", "-seq"]
    )


def page_of(messages: QuerySet[Message], number: str) -> Page[Message]:
    """One page of them; a number that doesn't exist gives the nearest that does."""
    pages = Paginator(messages.select_related("author", "thread"), PAGE)
    return pages.get_page(number)


def hits(page: Page[Message], query: Query) -> list[Hit]:
    return [Hit(message, excerpt(message.body, query)) for message in page.object_list]


def titles(room: Room, query: Query) -> list[Thread]:
    """Conversations whose title fits, talked in last first."""
    if not query.wanted:
        return []
    listed = (ThreadState.OPEN, ThreadState.CLOSED)
    threads = Thread.objects.filter(room=room, state__in=listed).order_by("-last_seq")
    return [thread for thread in threads if query.fits(thread.title)][:TITLES]


def _filters(wanted: Wanted) -> dict[str, Any]:
    filters = {
        "thread": wanted.thread,
        "thread__kind": wanted.kind,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    return {name: value for name, value in filters.items() if value}


def _people(room: Room, name: str) -> list[int]:
    """Who wrote in the room and has this in their name, accents or not."""
    wrote = Exists(Message.objects.filter(author=OuterRef("pk"), room=room))
    asked = " ".join(folded(name).split())
    people = Person.objects.filter(wrote).values_list("pk", "name")
    return [pk for pk, known in people if asked in folded(known)]
