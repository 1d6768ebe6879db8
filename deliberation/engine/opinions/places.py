"""Where people stand: two numbers each, so that who thinks alike is near."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

from .stances import Floats

_ROUNDING = 9  # decimals; the last ones differ between libraries for sums
_AXES = 2


@dataclass(frozen=True)
class Plane:
    """`middle`: the stance that counts where none was taken. `axes`: 2 × statements.

    `explained`: the share of all difference that each axis has.
    """

    middle: Floats
    axes: Floats
    explained: tuple[float, ...]


def plane(values: Floats, caution: float) -> Plane:
    """The two directions in which people differ most (PCA). `values`: people × statements."""
    middle = _middle(values, caution)
    filled = np.where(np.isnan(values), middle, values)
    filled = filled - filled.mean(axis=0)
    size = values.shape[1]
    fits = min(_AXES, size)
    spread = filled.T @ filled
    shares, found = eigh(spread, subset_by_index=(size - fits, size - 1))
    axes = np.zeros((_AXES, size))
    axes[:fits] = found[:, ::-1].T
    total = float(np.trace(spread)) or 1.0
    shown = tuple(round(float(one) / total, _ROUNDING) for one in shares[::-1])
    return Plane(middle, _turned(axes), shown)


def places(values: Floats, on: Plane) -> Floats:
    """People × 2. Who took few stances would stand near the middle; a factor makes up for it."""
    taken = ~np.isnan(values)
    leaning = np.where(taken, values - on.middle, 0.0) @ on.axes.T
    factor = np.sqrt(values.shape[1] / np.maximum(taken.sum(axis=1), 1))
    return np.asarray(np.round(leaning * factor[:, None], _ROUNDING) + 0.0)


def _middle(values: Floats, caution: float) -> Floats:
    seen = (~np.isnan(values)).sum(axis=0)
    return np.asarray(np.nansum(values, axis=0) / np.maximum(seen + caution * len(values), 1))


def _turned(axes: Floats) -> Floats:
    """An axis has no direction of its own: its largest part points up."""
    rounded = np.round(axes, _ROUNDING)
    largest = rounded[np.arange(len(axes)), np.abs(rounded).argmax(axis=1)]
    return np.asarray(rounded * np.where(largest < 0, -1.0, 1.0)[:, None] + 0.0)
