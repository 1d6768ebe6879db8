"""The hash-chained record of every decision: append to it, and see whether it still holds.

An entry has no words and no names in it, so it can be published and outlives an erasure. Where
the words of a decision are still kept, they are checked against the hash that the entry holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone

from deliberation.eventlog.log import Writing
from deliberation.kernel import canonical, chain
from deliberation.kernel.chain import FIRST, Flaw, Link

from .models import Decision, Entry, Head

STREAM = "ledger"  # held while an entry is added: one after the other
_UNTOLD = ""  # in place of a hash, where nothing was said


@dataclass(frozen=True)
class Verdict:
    """How many entries there are, the hash of the last one, and the first thing that is wrong."""

    count: int
    head: str
    flaw: Flaw | None


def append(log: Writing, decision: Decision) -> Entry:
    """Write a decision in the ledger, in the transaction that makes it."""
    log.lock(STREAM)
    last = _last()
    number = last.number + 1 if last else 1
    content = canonical.text(_content(decision, number, last.hash if last else FIRST))
    return Entry.objects.create(
        number=number, at=decision.at, content=content, hash=chain.hash_of(content)
    )


def verify(*, head: str = "") -> Verdict:
    """Read the whole ledger. `head` is a hash published earlier, which must still be in it."""
    links = [
        Link(number, content, found)
        for number, content, found in Entry.objects.values_list("number", "content", "hash")
    ]
    flaw = chain.first_flaw(links, noun="entry", inside=lambda _: "")
    flaw = flaw or _decisions_flaw(links) or _heads_flaw(links) or _head_flaw(links, head)
    return Verdict(len(links), links[-1].hash if links else FIRST, flaw)


def publish(at: datetime) -> None:
    """Keep what the last entry is on this day; the first time of a day counts."""
    day = timezone.localtime(at).date()
    if Head.objects.filter(day=day).exists():
        return
    if last := _last():
        Head.objects.get_or_create(day=day, defaults={"number": last.number, "hash": last.hash})


def _last() -> Entry | None:
    return Entry.objects.order_by("-number").first()


def _content(decision: Decision, number: int, previous: str) -> dict[str, Any]:
    return {"number": number, "previous": previous, **_told(decision)} | {
        "facts": _sealed(decision.facts, decision.salt)
    }


def _told(decision: Decision) -> dict[str, Any]:
    """What an entry says of a decision, as canonical JSON takes it."""
    undoes = decision.undoes
    return {
        "puid": str(decision.puid),
        "act": decision.act,
        "room": decision.room.slug,
        "ground": decision.ground,
        "rules": decision.rules,
        "at": _moment(decision.at),
        "until": _moment(decision.until),
        "source": decision.source,
        "automatic": decision.automatic,
        "four_eyes": decision.four_eyes,
        "undoes": str(undoes.puid) if undoes else None,
    }


def _moment(value: datetime | None) -> str | None:
    """A time as text; the same whatever zone it is shown in."""
    return value.astimezone(UTC).isoformat() if value else None


def _sealed(facts: str, salt: str) -> str:
    return sha256(f"{salt}{facts}".encode()).hexdigest() if facts else _UNTOLD


def _decisions_flaw(links: list[Link]) -> Flaw | None:
    """Where entries and decisions are not each other's."""
    decisions = {
        str(one.puid): one
        for one in Decision.objects.select_related("room", "undoes").order_by("pk").iterator()
    }
    for link in links:
        found = chain.parsed(link.content) or {}
        decision = decisions.pop(str(found.get("puid")), None)
        if decision is None:
            return Flaw(link.number, "puid: there is no decision of this number any more")
        if wrong := next(_differences(found, decision), ""):
            return Flaw(link.number, f"{wrong}: the decision says something else")
    if decisions:
        return Flaw(len(links) + 1, f"decision {next(iter(decisions))} is not in the ledger")
    return None


def _differences(found: Mapping[str, Any], decision: Decision) -> Iterator[str]:
    """Where an entry says another thing than its decision; erased words are no difference."""
    yield from (key for key, value in _told(decision).items() if found.get(key) != value)
    if decision.salt and found.get("facts") != _sealed(decision.facts, decision.salt):
        yield "facts"


def _heads_flaw(links: list[Link]) -> Flaw | None:
    """Where an entry is another one than on the day its hash was published."""
    now = {link.number: link.hash for link in links}
    for head in Head.objects.order_by("day"):
        if now.get(head.number) != head.hash:
            return Flaw(head.number, f"hash: on {head.day} another one was published")
    return None


def _head_flaw(links: list[Link], head: str) -> Flaw | None:
    if not head or any(link.hash == head for link in links):
        return None
    return Flaw(len(links) + 1, f"the published hash {head} is in no entry")
