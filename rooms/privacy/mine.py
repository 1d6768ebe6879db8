"""What one person wrote, and what happened with it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from rooms.models import Message

PAGE = 20  # messages
STEP = 500  # messages read at a time for an export


@dataclass(frozen=True)
class Written:
    """A message of one's own, and the shown messages that answer it, oldest first."""

    message: Message
    answers: list[Message] = field(default_factory=list)


def written(person: int, *, before: int | None = None, size: int = PAGE) -> list[Written]:
    """The newest messages of this person (with an id below `before`), newest first."""
    found = _of(person).order_by("-pk")
    return _answered(found.filter(pk__lt=before)[:size] if before else found[:size])


def all_written(person: int) -> Iterator[Written]:
    """All of them, oldest first, with their history; a few at a time, however many there are."""
    last = 0
    while found := _answered(_with_history(person).filter(pk__gt=last).order_by("pk")[:STEP]):
        yield from found
        last = found[-1].message.pk


def _of(person: int) -> QuerySet[Message]:
    return Message.objects.filter(author=person).select_related("room", "thread")


def _with_history(person: int) -> QuerySet[Message]:
    return _of(person).prefetch_related("revisions")


def _answered(messages: QuerySet[Message]) -> list[Written]:
    found = {message.pk: Written(message) for message in messages}
    answers = Message.objects.filter(reply_to__in=list(found), state="shown")
    for answer in answers.select_related("author", "room").order_by("pk"):
        found[answer.reply_to_id or 0].answers.append(answer)
    return list(found.values())
