"""Everything that is stored about one person, piece by piece, to take along."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from deliberation.people.erasing import belongings
from deliberation.people.models import Ban, Person
from rooms.attached import attached
from rooms.models import Message, Stance, Thread, Vote
from rooms.models.poll import answers

from .mine import Written, all_written

Address = Callable[[str], str]
# Keys with which someone signs in are not handed out, not even to who owns them.
_SECRET = {"mfa", "account", "auth", "sessions"}
Row = dict[str, Any]


def as_json(person: Person, *, at: datetime, address: Address) -> Iterator[str]:
    """One JSON object, in pieces. `address` makes a path into a whole address."""
    yield '{\n"exported_at": ' + _text(at)
    yield ',\n"person": ' + _text(_person(person))
    for name, rows in _lists(person, address):
        yield f",\n{_text(name)}: ["
        for number, row in enumerate(rows):
            yield (",\n " if number else "\n ") + _text(row)
        yield "]"
    yield "\n}\n"


def as_html(person: Person, *, at: datetime, language: str, address: Address) -> Iterator[str]:
    """One page that stands on its own, in pieces."""

    def piece(name: str, **context: Any) -> str:
        with override(language):
            return render_to_string(f"rooms/export/{name}.html", context)

    yield piece("head", person=person, at=at, language=language)
    for one in all_written(person.pk):
        yield piece("message", one=one, address=address(_path(one.message)))
    yield piece("between")
    for stance in _stances(person):
        yield piece("stance", stance=stance, address=address(_path(stance.message)))
    yield piece("foot", threads=_threads(person), bans=person.bans.all(), others=_others(person))


def _text(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def _lists(person: Person, address: Address) -> Iterator[tuple[str, Iterable[Row]]]:
    yield "messages", (_message(one, address) for one in all_written(person.pk))
    yield "threads_opened", (_thread(thread, address) for thread in _threads(person))
    yield "stances", (_stance(stance, address) for stance in _stances(person))
    yield "bans", (_ban(ban) for ban in person.bans.all())
    yield from _others(person)


def _person(person: Person) -> Row:
    return {"name": person.name, "email": person.email, "joined_at": person.joined_at}


def _message(one: Written, address: Address) -> Row:
    message = one.message
    earlier = [{"body": was.body, "until": was.at} for was in message.revisions.all()]
    return {
        "address": address(_path(message)),
        "room": message.room.title,
        "thread": message.thread.title,
        "written_at": message.at,
        "body": message.body,
        "changed_at": message.edited_at,
        "earlier": earlier,
        "state": message.state,
        "reason": message.reason,
        "origin": message.origin,
        "answers_message": message.reply_to_id,
        "stances": {"agree": message.agree, "disagree": message.disagree, "unsure": message.unsure},
        "answers": [address(_path(answer)) for answer in one.answers],
    }


def _thread(thread: Thread, address: Address) -> Row:
    path = reverse("thread", args=[thread.room.slug, thread.pk])
    return {
        "address": address(path),
        "title": thread.title,
        "kind": thread.kind,
        "opened_at": thread.opened_at,
    }


def _stance(stance: Stance, address: Address) -> Row:
    return {"message": address(_path(stance.message)), "stance": stance.value, "at": stance.at}


def _vote(vote: Vote) -> Row:
    names = answers(vote.poll)
    return {
        "meeting": vote.poll.meeting.title,
        "question": vote.poll.question,
        "chosen": [names[place] for place in vote.choice],
        "at": vote.at,
    }


def _ban(ban: Ban) -> Row:
    return {
        "place": ban.place,
        "reason": ban.reason,
        "since": ban.at,
        "until": ban.until,
        "lifted_at": ban.lifted_at,
        "lifted_reason": ban.lifted_reason,
    }


def _threads(person: Person) -> Iterable[Thread]:
    return Thread.objects.filter(opened_by=person).select_related("room").order_by("pk")


def _stances(person: Person) -> Iterable[Stance]:
    mine = Stance.objects.filter(person=person).select_related("message__room")
    return mine.order_by("pk").iterator(chunk_size=500)


def _votes(person: Person) -> Iterable[Vote]:
    mine = Vote.objects.filter(person=person).select_related("poll__meeting")
    return mine.order_by("pk")


def _others(person: Person) -> Iterator[tuple[str, list[Row]]]:
    """Whatever else is theirs, as it is stored."""
    yield from attached.keeps(person.pk)
    for kind, field in belongings():
        if kind is Stance or kind._meta.app_label in _SECRET:
            continue
        if kind is Vote:
            yield "vote", [_vote(one) for one in _votes(person)]
            continue
        rows = kind._base_manager.filter(**{field: person}).order_by("pk").values()
        hidden = {"id", f"{field}_id"}
        yield (
            kind._meta.model_name or "",
            [{name: value for name, value in row.items() if name not in hidden} for row in rows],
        )


def _path(message: Message) -> str:
    return f"{reverse('message', args=[message.room.slug, message.pk])}#m{message.pk}"
