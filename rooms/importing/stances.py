"""Many stances at once, with tallies that are counted, not added up."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count

from deliberation.eventlog.log import Writing
from deliberation.people.models import Person
from deliberation.protocol.replies import TallyNow
from rooms.models import Message, Room, Stance

from .conversation import Vote

_ROWS = 500  # in one statement to the database
_COUNTS = ("agree", "disagree", "unsure")


def take_stances(
    log: Writing,
    room: Room,
    votes: Mapping[int, list[Vote]],
    *,
    people: Mapping[str, Person],
    end: datetime,
    at: datetime,
) -> int:
    """Store votes by message, and announce the tallies that change. Returns how many are new.

    A vote without a time counts as cast at the `end`; a stance taken later than a vote stays.
    """
    rows = Stance.objects.filter(message__in=votes).values_list("message", "person", "value")
    before = {(message, person): value for message, person, value in rows}
    new: list[Stance] = []
    other: dict[tuple[int, int], Vote] = {}
    for message, cast in votes.items():
        for vote in cast:
            person, when = people[vote.voter].pk, vote.at or end
            held = before.get((message, person))
            if held is None:
                new.append(Stance(message_id=message, person_id=person, value=vote.value, at=when))
            elif held != vote.value:
                other[message, person] = vote
    changed = _changed(other, end)
    Stance.objects.bulk_create(new, batch_size=_ROWS)
    Stance.objects.bulk_update(changed, ["value", "at"], batch_size=_ROWS)
    _count(log, room, {stance.message_id for stance in [*new, *changed]}, at=at)
    return len(new) + len(changed)


def _changed(votes: Mapping[tuple[int, int], Vote], end: datetime) -> list[Stance]:
    """The stances that a later vote replaces."""
    found = Stance.objects.filter(
        message__in={message for message, _ in votes}, person__in={person for _, person in votes}
    )
    changed = []
    for stance in found:
        vote = votes.get((stance.message_id, stance.person_id))
        if vote and stance.at <= (vote.at or end):
            stance.value, stance.at = vote.value, vote.at or end
            changed.append(stance)
    return changed


def _count(log: Writing, room: Room, messages: set[int], *, at: datetime) -> None:
    counts: dict[int, Counter[str]] = {}
    rows = Stance.objects.filter(message__in=messages).values_list("message", "value")
    for message, value, number in rows.annotate(number=Count("pk")):
        counts.setdefault(message, Counter())[value] = number
    tallied = list(Message.objects.filter(pk__in=messages))
    for message in tallied:
        found = counts.get(message.pk, Counter())
        message.agree, message.disagree, message.unsure = (found[name] for name in _COUNTS)
        message.tallied_at = at
        log.tally(room.public_stream, TallyNow(message=message.pk, counts=message.tally()))
    Message.objects.bulk_update(tallied, [*_COUNTS, "tallied_at"], batch_size=100)
