"""What a word list would have pointed out lately."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderation.screening.lists import WordList
from moderation.screening.screen import Screen
from moderation.screening.seen import Hit
from rooms.models import Message, MessageState, Origin
from rooms.search.excerpt import Part

LATELY = timedelta(days=7)
MOST = 20_000  # messages that are tried
SHOWN = 50  # of those in which something was found


@dataclass(frozen=True)
class Found:
    """A message with the words that the list would have pointed out marked in it."""

    message: Message
    parts: list[Part]


@dataclass(frozen=True)
class Trial:
    """What a list finds in `looked_at` messages of the last week; `found`: the newest of them."""

    looked_at: int
    count: int
    found: list[Found]


def trial(words: WordList, *, at: datetime) -> Trial:
    """Try a list on what residents wrote in the last week, in all rooms."""
    written_lately = Message.objects.filter(at__gt=at - LATELY, state=MessageState.SHOWN)
    residents = written_lately.filter(author__roles=[]).exclude(origin=Origin.IMPORT)
    looking, looked_at, found = Screen([words]), 0, []
    for message in residents.select_related("author", "room").order_by("-pk")[:MOST]:
        looked_at += 1
        if hits := list(looking.words(message.body)):
            found.append((message, hits))
    shown = [Found(message, list(_parts(message.body, hits))) for message, hits in found[:SHOWN]]
    return Trial(looked_at, len(found), shown)


def _parts(text: str, hits: list[Hit]) -> Iterator[Part]:
    place = 0
    for hit in sorted(hits, key=lambda one: (one.start, one.end)):
        if hit.start < place:
            continue
        yield Part(text[place : hit.start])
        yield Part(text[hit.start : hit.end], marked=True)
        place = hit.end
    yield Part(text[place:])
