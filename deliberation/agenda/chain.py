"""Versions of an agenda as a chain (`kernel.chain`). Pure.

Every need in a version has a hash of its own, which tells where a change is.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deliberation.kernel import canonical, chain
from deliberation.kernel.chain import FIRST, Flaw, Link, hash_of, parsed

__all__ = ["FIRST", "Flaw", "Link", "first_flaw", "hash_of", "parsed", "sealed"]


def sealed(content: Mapping[str, Any]) -> str:
    """The content as a version keeps it, each need with its hash. Needs must have none yet."""
    needs = [{**need, "hash": canonical.digest(need)} for need in content["needs"]]
    return canonical.text({**content, "needs": needs})


def first_flaw(links: Sequence[Link]) -> Flaw | None:
    """The first version, in the order given, that isn't what was adopted; None when all are."""
    return chain.first_flaw(links, noun="version", inside=_needs_flaw)


def _needs_flaw(found: Mapping[str, Any]) -> str:
    """Which need is not what its own hash says; empty when each is."""
    for need in _objects(found.get("needs")):
        bare = {key: value for key, value in need.items() if key != "hash"}
        if canonical.digest(bare) != need.get("hash"):
            return f"need {need.get('kenmerk') or need.get('id')}"
    return ""


def _objects(value: Any) -> Iterable[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
