"""How fast one person, one address and one socket may go; kept in memory for minutes only."""

from collections.abc import Hashable

from deliberation.kernel.limits import Limiter, Rate
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.protocol import commands as c

PERSON: dict[type[c.AnyCommand], Rate] = {
    c.MessagePost: Rate(burst=8, seconds=3),
    c.MessageEdit: Rate(burst=10, seconds=5),
    c.StanceTake: Rate(burst=60, seconds=1),
    c.ThreadOpen: Rate(burst=3, seconds=60),
}
OTHERWISE = Rate(burst=30, seconds=1)
# A school or a hall shares one address, so this is wide.
ADDRESS = Rate(burst=240, seconds=0.1)
SOCKET = Rate(burst=120, seconds=0.05)  # frames of any kind
BAD_FRAMES, BAD_SECONDS = 10, 60.0  # ten in a minute close the socket


class Gate:
    """The limits of one process. `on=False` lifts them, for measuring only."""

    def __init__(self, *, on: bool = True) -> None:
        self._on = on
        self._address = Limiter(ADDRESS)
        self._person: dict[type[c.AnyCommand], Limiter] = {
            kind: Limiter(rate) for kind, rate in PERSON.items()
        }
        self._otherwise = Limiter(OTHERWISE)

    def admit(self, command: c.AnyCommand, person: int, address: str, now: float) -> None:
        """Let a command pass, or raise Refused `too_fast` with `retry_after`. `now` in seconds."""
        if not self._on:
            return
        limiter = self._person.get(type(command), self._otherwise)
        self._take(limiter, person, now)
        self._take(self._address, address, now)

    def _take(self, limiter: Limiter, key: Hashable, now: float) -> None:
        wait = limiter.wait(key, now)
        if wait:
            raise Refused(
                "too_fast",
                gettext_noop(
                    "That is going very fast. Wait %(seconds)s seconds and try again. "
                    "Your text is kept."
                ),
                retry_after=wait,
                values={"seconds": max(1, round(wait))},
            )
