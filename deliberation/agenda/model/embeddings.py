"""Vectors for messages, by a model, and how they are laid beside the engine's own features."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .client import Away, Endpoint, ask

Floats = NDArray[np.float64]
_AT_ONCE = 64  # texts in one question
_KEPT = 20_000
_ROUNDING = 6  # decimals: what a server adds up in another order must not change an agenda


@dataclass
class Vectors:
    """What a model said before, by its name and the text; the oldest go first."""

    most: int = _KEPT
    _kept: OrderedDict[str, Floats] = field(default_factory=OrderedDict)

    def get(self, model: str, text: str) -> Floats | None:
        key = _key(model, text)
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, model: str, text: str, vector: Floats) -> None:
        self._kept[_key(model, text)] = vector
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


def vectors(endpoint: Endpoint, texts: Mapping[str, str], kept: Vectors) -> dict[str, Floats]:
    """Message id → a vector of length 1. Texts leave without the ids. Raises Away, and keeps
    what was answered until then."""
    wanted = [text for text in dict.fromkeys(texts.values()) if text.strip()]
    fresh = [text for text in wanted if kept.get(endpoint.model, text) is None]
    for start in range(0, len(fresh), _AT_ONCE):
        some = fresh[start : start + _AT_ONCE]
        for text, vector in zip(some, _asked(endpoint, some), strict=True):
            kept.put(endpoint.model, text, vector)
    found = {one: kept.get(endpoint.model, text) for one, text in texts.items()}
    return {one: vector for one, vector in found.items() if vector is not None}


def blended(own: Floats, other: Mapping[int, Floats], share: float) -> Floats:
    """Rows of length 1 that are `share` (0 … 1) the model's. Pure.

    `own`: messages × features, of length 1 or 0; `other`: row → vector. The likeness (inner
    product) of two rows is the mean of both likenesses, by `share`; between rows that the model
    said nothing of it is what it was.
    """
    size = len(next(iter(other.values()))) if other else 0
    beside = np.zeros((len(own), size))
    for row, vector in other.items():
        beside[row] = vector
    weight = np.where(np.isin(np.arange(len(own)), list(other)), share, 0.0)[:, None]
    both = np.hstack([np.sqrt(1 - weight) * own, np.sqrt(weight) * beside])
    return np.asarray(np.round(both, _ROUNDING))


def _asked(endpoint: Endpoint, texts: Sequence[str]) -> list[Floats]:
    answer = ask(endpoint, "/embeddings", {"input": list(texts), "encoding_format": "float"})
    try:
        rows = sorted(answer["data"], key=lambda row: row["index"])
        found = [_unit(row["embedding"]) for row in rows]
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise Away("its answer holds no vectors") from wrong
    if len(found) != len(texts) or len({len(one) for one in found}) != 1:
        raise Away("its answer holds another number of vectors than was asked for")
    return found


def _unit(values: Any) -> Floats:
    """Raises ValueError for what is no vector."""
    vector = np.asarray(values, np.float64)
    length = float(np.sqrt((vector**2).sum()))
    if vector.ndim != 1 or not np.isfinite(length) or length == 0:
        raise ValueError
    return np.asarray(np.round(vector / length, _ROUNDING))


def _key(model: str, text: str) -> str:
    return sha256(f"{model}\0{text}".encode()).hexdigest()
