"""What an engine made of a chat, in the one form that is scored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .sets import Line


@dataclass(frozen=True)
class Outcome:
    """Needs in their order: ids, titles, messages, short answers. `sentences`: with citations."""

    ids: list[str]
    titles: list[str]
    needs: list[list[str]]
    support: list[list[str]] = field(default_factory=list)
    sentences: list[Mapping[str, Any]] = field(default_factory=list)
    stable_ids: bool = False

    @property
    def everything(self) -> list[list[str]]:
        """Messages and short answers of each need."""
        return [
            [*need, *more]
            for need, more in zip(self.needs, self.support or [[]] * len(self.needs), strict=True)
        ]


Engine = Callable[[Sequence[Line], str], Outcome]
"""Messages in the order of time, and their language."""
