"""What the engine remembers between two messages."""

from collections import deque
from dataclasses import dataclass, field

from .features import Features
from .fitting import NOWHERE
from .links import Links
from .looking import Look, Looking
from .parameters import Parameters
from .shapes import Contribution
from .substance import Signs, substance
from .words import Language


@dataclass
class Row:
    """A message in the order of the log. A removed one keeps its row, not its words.

    `root`: the row that began the exchange it answers in, itself when it answers nothing.
    `signs`: what speaks for and against its being about the neighbourhood.
    """

    contribution: Contribution | None
    lang: Language
    root: int
    signs: Signs

    @property
    def in_chat(self) -> bool:
        said = self.contribution
        return said is not None and (said.thread is not None or said.reply_to is not None)


@dataclass
class Exchange:
    """A message and all that answer it; they speak of the same.

    `group`: the id of the group it is in; `seen`: the one that does not depend on what is said in
    it since: of the last look, or given by people.
    """

    rows: list[int]
    group: int = NOWHERE
    seen: int = NOWHERE


@dataclass
class State:
    """Everything. It may be copied and pickled; a copy goes on as this one does.

    `exchanges`: by the row that began each; `changed`: those that have to be placed;
    `telling`: those that say something that may become part of a need.
    `counted`: messages that say something; `looked`: how many there were at the last look.
    `looking`: a look that is being made; `waiting`: exchanges that a finished one has not placed.
    """

    parameters: Parameters = field(default_factory=Parameters)
    rows: list[Row] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)
    exchanges: dict[int, Exchange] = field(default_factory=dict)
    features: Features = field(default_factory=Features)
    links: Links = field(default_factory=Links)
    changed: set[int] = field(default_factory=set)
    telling: set[int] = field(default_factory=set)
    look: Look | None = None
    looking: Looking | None = None
    waiting: deque[int] = field(default_factory=deque)
    counted: int = 0
    looked: int = 0
    next_id: int = 1

    def substantial(self, root: int) -> list[int]:
        """The rows of an exchange that may become part of a need.

        In a chat that is what is no small talk; where people write statements, all that says
        something.
        """
        rows = [one for one in self.exchanges[root].rows if self.rows[one].contribution]
        around = [self.rows[one].signs for one in rows]
        return [one for one in rows if self._has_substance(self.rows[one], around)]

    def _has_substance(self, row: Row, around: list[Signs]) -> bool:
        if row.signs.nothing:
            return False
        return not row.in_chat or substance(row.signs, around) > 0
