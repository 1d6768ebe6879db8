"""Adopting an agenda: from then on it stays as it was, and shows what changed since."""

from datetime import datetime
from typing import Any

from django.db.models import Count

from deliberation.agenda import access, chain
from deliberation.agenda.models import Contest, Version
from deliberation.agenda.opendata.lines import lines
from deliberation.agenda.opendata.recount import engine_version, recount
from deliberation.agenda.rights import Action
from deliberation.agenda.selectors.content import content_of
from deliberation.eventlog import reading
from deliberation.kernel import canonical
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from rooms.models import Message, Neighbourhood, Room

from .announcing import agenda_writing

# From so many messages on a summary takes more than some seconds, and the page would wait for it.
AT_MOST = 20_000


def version_adopt(*, actor: Actor, neighbourhood: Neighbourhood, at: datetime) -> Version:
    """Adopt the agenda as it stands. Raises Refused while an objection has no answer, where there
    is nothing to adopt, and where nothing changed since the last time."""
    access.require(actor, neighbourhood, to=Action.ADOPT, at=at)
    _require_answers(neighbourhood)
    rooms = rooms_read(neighbourhood)
    with agenda_writing(neighbourhood.pk):
        _require_answers(neighbourhood)
        last = Version.objects.filter(neighbourhood=neighbourhood).last()
        content = content_of(
            neighbourhood,
            number=last.number + 1 if last else 1,
            previous=last.hash if last else chain.FIRST,
            rooms=rooms,
            at=at,
        )
        sealed = chain.sealed(content)
        _require_news(sealed, last)
        return _stored(neighbourhood, content, sealed, last, actor=actor, at=at)


def rooms_read(neighbourhood: Neighbourhood) -> list[dict[str, Any]]:
    """For each open room: up to where it is read, and the hash of what the engine makes of that.

    Takes seconds in a large room, so do it before holding anything.
    """
    opened = Room.objects.opened().filter(neighbourhood=neighbourhood)
    return [_room_read(room) for room in opened.order_by("pk")]


def _room_read(room: Room) -> dict[str, Any]:
    head = reading.head(room.public_stream)
    count = Message.objects.filter(room=room, seq__lte=head.seq).count()
    found = recount(lines(room, upto=head.seq), summarise=count <= AT_MOST)
    return {
        "room": room.slug,
        "epoch": head.epoch,
        "seq": head.seq,
        "messages": found.messages,
        "input": found.input,
        "summary": found.summary,
        "engine": engine_version(),
    }


def _require_answers(neighbourhood: Neighbourhood) -> None:
    waiting = unanswered(neighbourhood)
    if waiting:
        raise Refused(
            "contested",
            gettext_noop(
                "Some objections have no answer yet (%(count)s): %(where)s. Answer them first."
            ),
            values={
                "count": sum(waiting.values()),
                "where": ", ".join(f"{kenmerk} ({count})" for kenmerk, count in waiting.items()),
            },
        )


def unanswered(neighbourhood: Neighbourhood) -> dict[str, int]:
    """How many objections wait for an answer, by the kenmerk of the need."""
    open_ones = Contest.objects.filter(need__neighbourhood=neighbourhood, answered_at=None)
    rows = open_ones.exclude(need__kenmerk=None).order_by("need").values("need__kenmerk")
    counted = rows.annotate(count=Count("pk")).values_list("need__kenmerk", "count")
    return {kenmerk or "": count for kenmerk, count in counted}


def _require_news(sealed: str, last: Version | None) -> None:
    needs = (chain.parsed(sealed) or {})["needs"]
    if not needs:
        raise Refused("nothing", gettext_noop("There is nothing on the agenda to adopt yet."))
    if last and (chain.parsed(last.content) or {}).get("needs") == needs:
        raise Refused(
            "no_news",
            gettext_noop("Nothing changed since version %(number)s. There is nothing to adopt."),
            values={"number": last.number},
        )


def _stored(
    neighbourhood: Neighbourhood,
    content: dict[str, Any],
    sealed: str,
    last: Version | None,
    *,
    actor: Actor,
    at: datetime,
) -> Version:
    rooms = content["rooms"]
    return Version.objects.create(
        neighbourhood=neighbourhood,
        number=content["number"],
        adopted_at=at,
        by_id=actor.id,
        engine_hash=canonical.digest([room["summary"] for room in rooms]),
        parameters=content["parameters"],
        heads={room["room"]: {"seq": room["seq"], "epoch": room["epoch"]} for room in rooms},
        content=sealed,
        hash=chain.hash_of(sealed),
        previous=last,
    )
