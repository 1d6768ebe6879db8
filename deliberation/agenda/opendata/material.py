"""What is verified: versions and messages, from the database or from an export alone."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deliberation.agenda import chain
from deliberation.agenda.chain import Flaw, Link
from deliberation.agenda.models import Version
from deliberation.kernel import canonical
from rooms.models import Neighbourhood, Room

from . import files
from .lines import Line, lines


class BadExport(ValueError):
    """What can't be read of an export, in words that say what to do."""


@dataclass(frozen=True)
class Material:
    """`links`: the versions in the order given. `lines`: the messages of a room, by its slug.

    `flaw`: what is wrong beside the chain itself, such as a column that says something else.
    """

    neighbourhood: str
    links: list[Link]
    rooms: list[str]
    lines: Callable[[str], Iterator[Line]]
    flaw: Flaw | None = field(default=None)


def of_database(neighbourhood: Neighbourhood) -> Material:
    """As it is stored now."""
    versions = list(Version.objects.filter(neighbourhood=neighbourhood).order_by("number"))
    opened = Room.objects.opened().filter(neighbourhood=neighbourhood)
    rooms = {room.slug: room for room in opened.order_by("pk")}
    flaws = (flaw for one in versions if (flaw := _columns(one)))
    return Material(
        neighbourhood=neighbourhood.slug,
        links=[Link(one.number, one.content, one.hash) for one in versions],
        rooms=list(rooms),
        lines=lambda slug: lines(rooms[slug]),
        flaw=next(flaws, None),
    )


def of_folder(folder: Path) -> Material:
    """As an export has it. Raises BadExport."""
    index = _index(folder / files.INDEX)
    try:
        links = [
            Link(one["number"], _text(folder / one["file"]), one["hash"])
            for one in index["versions"]
        ]
        rooms = {one["room"]: folder / one["file"] for one in index["rooms"]}
        neighbourhood = str(index["neighbourhood"])
    except (KeyError, TypeError) as error:
        raise BadExport(f"{files.INDEX} lacks {error}; export it again") from error
    return Material(neighbourhood, links, list(rooms), lambda slug: _lines(rooms[slug]))


def _columns(version: Version) -> Flaw | None:
    """A column that says something else than the content does."""
    content = chain.parsed(version.content)
    if content is None or chain.hash_of(version.content) != version.hash:
        return None  # the chain tells
    rooms: list[dict[str, Any]] = content["rooms"]
    said = {
        "adopted_at": version.adopted_at.isoformat() == content["adopted_at"],
        "parameters": version.parameters == content["parameters"],
        "heads": version.heads
        == {room["room"]: {"seq": room["seq"], "epoch": room["epoch"]} for room in rooms},
        "engine_hash": version.engine_hash == canonical.digest([room["summary"] for room in rooms]),
        "previous": (version.previous.hash if version.previous else chain.FIRST)
        == content["previous"],
    }
    wrong = [name for name, right in said.items() if not right]
    return Flaw(version.number, f"{wrong[0]}: it is not what the content says") if wrong else None


def _index(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_text(path))
    except ValueError as error:
        raise BadExport(f"{path} is no JSON ({error}); export it again") from error
    if not isinstance(found, dict) or found.get("format") != files.FORMAT:
        raise BadExport(f"{path} is no export of an agenda in a form that this version reads")
    return found


def _lines(path: Path) -> Iterator[Line]:
    for number, text in enumerate(_text(path).split("\n"), start=1):
        if not text:
            continue
        try:
            line = json.loads(text)
        except ValueError as error:
            raise BadExport(f"{path}, line {number} is no JSON ({error})") from error
        if not _is_message(line):
            raise BadExport(f"{path}, line {number} is no message with id, seq and text")
        yield line


def _is_message(line: Any) -> bool:
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        return False
    return str(line.get("id")).isdecimal() and isinstance(line.get("seq"), int)


def _text(path: Path) -> str:
    """Bytes that are no text are kept as they are, to be found as a change."""
    try:
        return path.read_bytes().decode(errors="surrogateescape")
    except OSError as error:
        raise BadExport(f"{path} can't be read ({error.strerror})") from error
