"""Versions as a chain: each names the hash of the one before, so none can change unseen. Pure.

A version's content is canonical JSON (`canonical`). It holds its own number and the hash of the
version before; every need in it has a hash of its own, which tells where a change is.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from . import canonical

FIRST = ""  # what the first version has before it


@dataclass(frozen=True)
class Link:
    """A version as it was handed to us: nothing of it is believed."""

    number: int
    content: str
    hash: str


@dataclass(frozen=True)
class Flaw:
    """The first thing that is not right: in which version, and where."""

    number: int
    place: str


def sealed(content: Mapping[str, Any]) -> str:
    """The content as a version keeps it, each need with its hash. Needs must have none yet."""
    needs = [{**need, "hash": canonical.digest(need)} for need in content["needs"]]
    return canonical.text({**content, "needs": needs})


def hash_of(content: str) -> str:
    """The hash of a version; it covers all before it, whose hash is in the content."""
    return sha256(content.encode(errors="surrogatepass")).hexdigest()


def first_flaw(links: Sequence[Link]) -> Flaw | None:
    """The first version, in the order given, that isn't what was adopted; None when all are.

    The last version can only be trusted as far as its hash is: compare it with one that was
    published elsewhere (in an export, in the minutes).
    """
    before = FIRST
    for place, link in enumerate(links, start=1):
        following = links[place] if place < len(links) else None
        flaw = _flaw(link, place, before, following)
        if flaw:
            return Flaw(link.number, flaw)
        before = link.hash
    return None


def _flaw(link: Link, place: int, before: str, following: Link | None) -> str:
    """Where this version is not right; empty when it is."""
    if link.number != place:
        return f"number: this should be version {place}"
    if hash_of(link.content) != link.hash:
        return _changed(link, following)
    found = parsed(link.content)
    if found is None:
        return "content: this is no canonical JSON"
    if found.get("number") != link.number:
        return f"number: the content says it is version {found.get('number')}"
    if found.get("previous") != before:
        return "previous: it does not follow the version before it"
    return _needs_flaw(found)


def _changed(link: Link, following: Link | None) -> str:
    """Content and hash don't fit; the version after it tells which of them was adopted."""
    after = parsed(following.content) if following else None
    if after is not None and after.get("previous") == hash_of(link.content):
        return "hash: it is not the hash of the content"
    found = parsed(link.content)
    if found is None:
        return f"content: {_unreadable(link.content)}"
    return f"content or hash: {_needs_flaw(found) or 'outside the needs'}"


def parsed(content: str) -> dict[str, Any] | None:
    """The content as an object, if it is canonical."""
    try:
        found = json.loads(content)
        same = canonical.text(found) == content
    except (ValueError, TypeError, RecursionError):
        return None
    return found if same and isinstance(found, dict) else None


def _unreadable(content: str) -> str:
    try:
        json.loads(content)
    except (ValueError, RecursionError) as error:
        return f"no JSON from character {getattr(error, 'pos', 0)}"
    return "written in another way than was adopted"


def _needs_flaw(found: Mapping[str, Any]) -> str:
    """Which need is not what its own hash says; empty when each is."""
    for need in _objects(found.get("needs")):
        bare = {key: value for key, value in need.items() if key != "hash"}
        if canonical.digest(bare) != need.get("hash"):
            return f"need {need.get('kenmerk') or need.get('id')}"
    return ""


def _objects(value: Any) -> Iterable[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
