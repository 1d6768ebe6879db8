"""The files of an export."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from deliberation.agenda import chain
from deliberation.agenda.models import Version
from deliberation.agenda.selectors.content import needs_of
from deliberation.agenda.selectors.words import titles
from deliberation.kernel import canonical, spreadsheet
from deliberation.kernel.refusals import Refused, gettext_noop
from rooms.models import Neighbourhood, Room

from .archive import File
from .lines import lines

FORMAT = "deliberation/open-data/1"
INDEX, README, NEEDS = "agenda.json", "README.md", "needs.csv"
COLUMNS = (
    "kenmerk",
    "title",
    "state",
    "theme",
    "origin",
    "people",
    "messages",
    "support",
    "agree",
    "disagree",
    "unsure",
    "listed_at",
    "asked_at",
    "due_on",
    "outcome",
    "address",
)


def files(
    neighbourhood: Neighbourhood, *, at: datetime, version: int | None = None
) -> Iterator[File]:
    """What everyone can read of a neighbourhood now; `version`: as far as that version went.

    Raises Refused where there is no such version.
    """
    versions = versions_of(neighbourhood, version)
    content = chain.parsed(versions[-1].content) if version else None
    heads = {one["room"]: one["seq"] for one in (content or {}).get("rooms", [])}
    rooms = [room for room in _rooms(neighbourhood) if content is None or room.slug in heads]
    needs = content["needs"] if content else needs_of(neighbourhood, at=at)
    yield README, [_readme(neighbourhood, rooms, at=at)]
    yield INDEX, [_index(neighbourhood, versions, rooms, at=at)]
    for one in versions:
        yield content_file(one.number), [one.content]
    yield NEEDS, spreadsheet.table(_table(needs))
    for room in rooms:
        yield messages_file(room.slug), _written(room, heads.get(room.slug))


def versions_of(neighbourhood: Neighbourhood, upto: int | None = None) -> list[Version]:
    """All versions, or those up to one. Raises Refused where that one is not there."""
    found = list(Version.objects.filter(neighbourhood=neighbourhood).order_by("number"))
    if upto is None:
        return found
    if upto not in {one.number for one in found}:
        raise no_version()
    return [one for one in found if one.number <= upto]


def no_version() -> Refused:
    return Refused("no_version", gettext_noop("There is no such version of this agenda."))


def content_file(number: int) -> str:
    return f"versions/{number}.json"


def messages_file(room: str) -> str:
    return f"rooms/{room}/messages.jsonl"


def _rooms(neighbourhood: Neighbourhood) -> list[Room]:
    return list(Room.objects.opened().filter(neighbourhood=neighbourhood).order_by("pk"))


def _written(room: Room, upto: int | None) -> Iterator[str]:
    for line in lines(room, upto=upto):
        yield canonical.text(line) + "\n"


def _index(
    neighbourhood: Neighbourhood,
    versions: Sequence[Version],
    rooms: Sequence[Room],
    *,
    at: datetime,
) -> str:
    found = {
        "format": FORMAT,
        "neighbourhood": neighbourhood.slug,
        "name": neighbourhood.name,
        "exported_at": at.isoformat(),
        "rooms": [{"room": one.slug, "file": messages_file(one.slug)} for one in rooms],
        "versions": [
            {
                "number": one.number,
                "adopted_at": one.adopted_at.isoformat(),
                "hash": one.hash,
                "file": content_file(one.number),
            }
            for one in versions
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _table(needs: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[object]]:
    found = list(needs)
    title = titles([need["id"] for need in found])
    yield COLUMNS
    for need in found:
        last = need["responses"][-1]["outcome"] if need["responses"] else ""
        more = {
            "title": title.get(need["id"], ""),
            "outcome": last,
            "address": f"{settings.SITE_URL}{reverse('need', args=[need['kenmerk']])}",
        }
        yield [{**need, **more}[column] for column in COLUMNS]


def _readme(neighbourhood: Neighbourhood, rooms: Sequence[Room], *, at: datetime) -> str:
    context = {
        "place": neighbourhood,
        "at": at,
        "site": settings.SITE_URL,
        "site_name": settings.SITE_NAME,
        "organisation": settings.ORGANISATION,
        "attributions": [room for room in rooms if room.attribution],
    }
    with override("nl"):
        return render_to_string("agenda/open_data/README.md", context)
