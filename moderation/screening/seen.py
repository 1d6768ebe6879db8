"""What is known of a message that is looked at, and what was found in it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    WORDS = "words"
    PRIVATE = "private"
    LINK = "link"
    FLOOD = "flood"
    SAME = "same"
    SHOUTING = "shouting"
    NAME = "name"
    MARKS = "marks"
    FIRST = "first"  # in this room everything is read first


@dataclass(frozen=True)
class Seen:
    """`new`: who wrote it joined less than a day ago. `lately`: what they wrote in the last ten
    minutes, the newest last. `others`: what others wrote in the room in the last hour. `names`:
    those of staff, who nobody may pass for."""

    text: str
    author: str = ""
    new: bool = False
    lately: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """`says` is an English sentence marked for translation, `values` fill it. `may_hold`: sure
    enough to let the message wait, where its ground allows that."""

    kind: Kind
    ground: str
    says: str
    values: dict[str, object] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    may_hold: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for what says the same, wherever it stands."""
        return self.kind, self.says, str(self.values)
