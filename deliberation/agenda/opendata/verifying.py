"""Checking versions against themselves, their sources, and the engine."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from deliberation.agenda.chain import Flaw, first_flaw, hash_of, parsed
from deliberation.agenda.models import text_hash

from .material import Material
from .recount import engine_version, recount

Content = Mapping[str, Any]
OK, CHANGED, GONE, WRONG = "ok", "changed", "gone", "wrong"
SAME, DIFFERS, SOURCES, ENGINE, UNKNOWN = "same", "differs", "sources", "engine", "unknown"

_NO_VERSION = (KeyError, TypeError, AttributeError)  # of reading what has another form


@dataclass(frozen=True)
class Cited:
    """A citation of a need; `state`: ok, changed or gone afterwards, or wrong: it never fitted."""

    version: int
    kenmerk: str
    place: int
    message: int
    state: str


@dataclass(frozen=True)
class Recounted:
    """What the engine makes of a room now: the same, or it differs; or why that can't be told:
    the sources changed since, another engine, never computed."""

    room: str
    state: str


@dataclass(frozen=True)
class Verdict:
    flaw: Flaw | None
    versions: int
    version: int | None = None
    citations: list[Cited] = field(default_factory=list)
    rooms: list[Recounted] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was tampered with. What residents changed or took back is no error."""
        return (
            self.flaw is None
            and all(one.state != WRONG for one in self.citations)
            and all(one.state != DIFFERS for one in self.rooms)
        )

    def counted(self) -> Counter[str]:
        """Citations by state."""
        return Counter(one.state for one in self.citations)


def verify(material: Material, *, version: int | None = None, kenmerk: str = "") -> Verdict:
    """All versions as a chain; citations and summary of one (the last, or `version`).

    `kenmerk`: only the citations of that need, in the last version that has it.
    """
    flaws = [flaw for flaw in (first_flaw(material.links), material.flaw) if flaw]
    flaw = min(flaws, key=lambda one: one.number, default=None)
    without = Verdict(flaw, len(material.links))
    content = chosen(material, version=version, kenmerk=kenmerk)
    if content is None:
        return without
    try:
        return replace(
            without,
            version=content["number"],
            citations=list(_citations(content, _texts(material), kenmerk)),
            rooms=[_recounted(material, one) for one in content["rooms"]],
        )
    except _NO_VERSION:
        if flaw is None:
            flaw = Flaw(content["number"], "content: this is no version of an agenda")
        return replace(without, flaw=flaw)


def chosen(material: Material, *, version: int | None, kenmerk: str) -> Content | None:
    """The content to look into: the last that fits its hash and what is asked for."""
    for link in reversed(material.links):
        content = parsed(link.content)
        if content is None or hash_of(link.content) != link.hash:
            continue
        wanted = version is None or link.number == version
        if wanted and (not kenmerk or any(_is(one, kenmerk) for one in content.get("needs", ()))):
            return content
    return None


def _is(need: Content, kenmerk: str) -> bool:
    """Whether this is the need with that kenmerk, or the one that the answer with it is about."""
    return kenmerk in {need["kenmerk"], *(one["kenmerk"] for one in need["responses"])}


def _citations(content: Content, texts: Mapping[int, str], kenmerk: str) -> Iterator[Cited]:
    for need in content["needs"]:
        if kenmerk and not _is(need, kenmerk):
            continue
        for sentence in need["sentences"]:
            for cited in sentence["citations"]:
                state = citation_state(cited, texts.get(cited["message"]))
                place, message = sentence["place"], cited["message"]
                yield Cited(content["number"], need["kenmerk"], place, message, state)


def citation_state(cited: Content, text: str | None) -> str:
    """What became of a citation; `text`: the message as it is shown now, None when it is not."""
    if text is None:
        return GONE
    if text_hash(text) != cited["text_hash"]:
        return CHANGED
    return OK if 0 <= cited["start"] < cited["end"] <= len(text) else WRONG


def _texts(material: Material) -> dict[int, str]:
    return {
        int(line["id"]): line["text"] for room in material.rooms for line in material.lines(room)
    }


def _recounted(material: Material, read: Content) -> Recounted:
    room = read["room"]
    if not read["summary"]:
        return Recounted(room, UNKNOWN)
    if read["engine"] != engine_version():
        return Recounted(room, ENGINE)
    if room not in material.rooms:
        return Recounted(room, SOURCES)
    upto = [line for line in material.lines(room) if line["seq"] <= read["seq"]]
    if recount(upto, summarise=False).input != read["input"]:
        return Recounted(room, SOURCES)
    return Recounted(room, SAME if recount(upto).summary == read["summary"] else DIFFERS)
