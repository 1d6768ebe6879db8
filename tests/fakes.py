"""Stand-ins for what a test must hold still."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EVENING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that only moves when it is told to. Call it for the time, as `kernel.clock.now`."""

    at: datetime = EVENING

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> datetime:
        """Move on by a `timedelta(**span)`; returns the new time."""
        self.at += timedelta(**span)
        return self.at
