"""Hidden messages, and what was shown again, as bars: one pair a month. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from moderation.models import Act

from .counting import Month

HEIGHT, STEP, WIDE = 60, 20, 7  # units of the drawing


@dataclass(frozen=True)
class Bar:
    """A pair of bars from the bottom of the drawing; sizes in its units."""

    month: date
    x: int
    hidden: int
    hidden_height: float
    again: int
    again_height: float

    @property
    def again_x(self) -> int:
        return self.x + WIDE

    @property
    def hidden_y(self) -> float:
        return HEIGHT - self.hidden_height

    @property
    def again_y(self) -> float:
        return HEIGHT - self.again_height


def bars(months: Sequence[Month]) -> list[Bar]:
    """The highest bar is as high as the drawing."""
    most = max([1, *(max(m.acts[Act.HIDE], m.acts[Act.RESTORE]) for m in months)])
    return [
        Bar(
            month=month.first,
            x=number * STEP + 3,
            hidden=month.acts[Act.HIDE],
            hidden_height=HEIGHT * month.acts[Act.HIDE] / most,
            again=month.acts[Act.RESTORE],
            again_height=HEIGHT * month.acts[Act.RESTORE] / most,
        )
        for number, month in enumerate(months)
    ]
