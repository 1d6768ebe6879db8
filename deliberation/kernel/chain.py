"""A chain: each link names the hash of the one before, so none can change unseen. Pure.

A link's content is canonical JSON (`canonical`). It holds its own number and the hash of the link
before, as `number` and `previous`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from . import canonical

FIRST = ""  # what the first link has before it
Inside = Callable[[Mapping[str, Any]], str]  # where the rest of a content is wrong, or ""


@dataclass(frozen=True)
class Link:
    """A link as it was handed to us: nothing of it is believed."""

    number: int
    content: str
    hash: str


@dataclass(frozen=True)
class Flaw:
    """The first thing that is not right: in which link, and where."""

    number: int
    place: str


def hash_of(content: str) -> str:
    """The hash of a link; it covers all before it, whose hash is in the content."""
    return sha256(content.encode(errors="surrogatepass")).hexdigest()


def first_flaw(links: Sequence[Link], *, noun: str, inside: Inside) -> Flaw | None:
    """The first link, in the order given, that isn't what was written; None when all are.

    `noun` is what a link is called. The last link can only be trusted as far as its hash is:
    compare it with one that was published elsewhere.
    """
    before = FIRST
    for place, link in enumerate(links, start=1):
        following = links[place] if place < len(links) else None
        flaw = _flaw(link, place, before, following, noun, inside)
        if flaw:
            return Flaw(link.number, flaw)
        before = link.hash
    return None


def _flaw(
    link: Link, place: int, before: str, following: Link | None, noun: str, inside: Inside
) -> str:
    """Where this link is not right; empty when it is."""
    if link.number != place:
        return f"number: this should be {noun} {place}"
    if hash_of(link.content) != link.hash:
        return _changed(link, following, inside)
    found = parsed(link.content)
    if found is None:
        return "content: this is no canonical JSON"
    if found.get("number") != link.number:
        return f"number: the content says it is {noun} {found.get('number')}"
    if found.get("previous") != before:
        return f"previous: it does not follow the {noun} before it"
    return inside(found)


def _changed(link: Link, following: Link | None, inside: Inside) -> str:
    """Content and hash don't fit; the link after it tells which of them was written."""
    after = parsed(following.content) if following else None
    if after is not None and after.get("previous") == hash_of(link.content):
        return "hash: it is not the hash of the content"
    found = parsed(link.content)
    if found is None:
        return f"content: {_unreadable(link.content)}"
    return f"content or hash: {inside(found) or 'somewhere in it'}"


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
    return "written in another way than at first"
