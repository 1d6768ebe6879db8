"""One socket's conversation with the server, without any I/O: what a frame means, and when
enough is enough. Pure: frames and time come in, decisions come out."""

from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum
from uuid import UUID

from deliberation.kernel.limits import Bucket
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.protocol.codec import decode, ref_of
from deliberation.protocol.commands import AnyCommand, AnySignal, Command

from .limits import BAD_FRAMES, BAD_SECONDS, SOCKET

IN_FLIGHT_LIMIT = 64  # commands of one socket that wait for their answer


class Code(IntEnum):
    """Why the server closes. Below 4500 the client comes back, else it does not."""

    SIGNED_OUT = 4401
    TOO_SLOW = 4008
    RESTART = 4012
    SILENT = 4013
    UNAVAILABLE = 4014
    BANNED = 4501
    BAD_FRAMES = 4502
    ROOM_GONE = 4503
    SCREEN_OFF = 4504


class Enough(Exception):
    """The socket is to be closed with `code`."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Unreadable:
    """A frame that is answered with a refusal at once; `ref` where it could be read."""

    refused: Refused
    ref: UUID | None


@dataclass
class Session:
    """Times are seconds of one steady clock. `limited=False` is for measuring only."""

    now: float
    limited: bool = True
    in_flight: int = 0
    _frames: Bucket = field(init=False)
    _bad: deque[float] = field(default_factory=lambda: deque(maxlen=BAD_FRAMES))

    def __post_init__(self) -> None:
        self._frames = Bucket(SOCKET, SOCKET.burst, self.now)

    def receive(self, data: str | bytes, now: float) -> AnyCommand | AnySignal | Unreadable:
        """What a frame means. Raises Enough at the tenth unreadable one in a minute."""
        if isinstance(data, bytes):
            return self._unreadable(_binary(), None, now)
        if self.limited and self._frames.wait(now):
            return self._unreadable(_flood(), ref_of(data), now)
        try:
            frame = decode(data)
        except Refused as refused:
            return self._unreadable(refused, ref_of(data), now)
        if isinstance(frame, Command) and self.in_flight >= IN_FLIGHT_LIMIT:
            return Unreadable(_flood(), frame.ref)
        return frame

    def _unreadable(self, refused: Refused, ref: UUID | None, now: float) -> Unreadable:
        self._bad.append(now)
        if len(self._bad) == BAD_FRAMES and now - self._bad[0] < BAD_SECONDS:
            raise Enough(Code.BAD_FRAMES)
        return Unreadable(refused, ref)


def _binary() -> Refused:
    return Refused("bad_frame", gettext_noop("The server only understands text."))


def _flood() -> Refused:
    return Refused(
        "too_fast",
        gettext_noop("That is going very fast. Wait a moment and try again. Your text is kept."),
        retry_after=1,
    )
