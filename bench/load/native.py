"""The hot loop in C, compiled once a run and called through ctypes."""

import ctypes
import functools
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

_SUB = 64  # steps per doubling in the histogram
MOST = 400_000  # messages one load can post
_NUMBERS = (
    *("posted", "delivered", "doubled", "unknown", "acks", "nacks"),
    *("other", "closed", "broken", "stalled", "received", "busy", "close_code"),
)


class Counts(ctypes.Structure):
    """What the loop counted. Deliveries are one message at one reader, counted once."""

    posted: int
    delivered: int
    doubled: int
    unknown: int  # carried the marker but a number that was never posted
    acks: int
    nacks: int
    other: int
    closed: int
    broken: int
    stalled: int  # echoes that never came
    received: int  # bytes
    busy: int  # nanoseconds
    close_code: int  # the last one that a server gave
    refusal: bytes
    _fields_ = (
        *((name, ctypes.c_uint64) for name in _NUMBERS),
        ("refusal", ctypes.c_char * 400),
    )


@functools.cache
def library() -> ctypes.CDLL:
    """Compile and load the loop. Raises CalledProcessError when there is no C compiler."""
    sources = [str(Path(__file__).with_name(name)) for name in ("loop.c", "reading.c")]
    with tempfile.TemporaryDirectory(prefix="bench-load-") as folder:
        target = str(Path(folder) / "loop.so")
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", target, *sources], check=True)
        loop = ctypes.CDLL(target)  # stays mapped when the file is gone
    loop.load_new.restype = ctypes.c_void_p
    loop.load_counts.restype = ctypes.POINTER(Counts)
    loop.load_histogram.restype = ctypes.POINTER(ctypes.c_uint64)
    loop.load_run.argtypes = (ctypes.c_void_p, ctypes.c_double, ctypes.c_uint32, ctypes.c_double)
    for name in ("counts", "histogram", "agreeing", "expect_all", "free"):
        getattr(loop, f"load_{name}").argtypes = (ctypes.c_void_p,)
    return loop


class Loop:
    """One set of connected, greeted, non-blocking sockets under load. A number of -1 keeps a place
    for a socket that joins later."""

    def __init__(
        self,
        fds: list[int],
        authors: list[int],
        *,
        marker: str,
        ack: str = "",
        nack: str = "",
        most: int = MOST,
    ) -> None:
        self._c = library()
        count = len(fds)
        self._load = ctypes.c_void_p(
            self._c.load_new(
                (ctypes.c_int * count)(*fds),
                ctypes.c_uint32(count),
                ctypes.c_uint32(most),
                (ctypes.c_uint32 * count)(*authors),
                marker.encode(),
                ack.encode(),
                nack.encode(),
            )
        )

    def frame(self, frame: bytes, places: list[int]) -> None:
        """The frame to post; at each of `places` go the message's eight digits."""
        spots = (ctypes.c_uint32 * len(places))(*places)
        if self._c.load_frame(
            self._load, frame, ctypes.c_uint32(len(frame)), spots, ctypes.c_uint32(len(places))
        ):
            raise ValueError("The frame to post is too large for the loop.")

    def join(self, place: int, fd: int) -> None:
        self._c.load_join(self._load, ctypes.c_uint32(place), ctypes.c_int(fd))

    def run(self, seconds: float, *, in_flight: int = 0, rate: float = 0.0) -> Counts:
        """Post and read for a while; returns a copy of the counts since the start."""
        self._c.load_run(self._load, seconds, in_flight, rate)
        return self.counts()

    def counts(self) -> Counts:
        live = self._c.load_counts(self._load).contents
        return Counts.from_buffer_copy(live)

    def expect_all(self) -> None:
        """Someone else posts messages 0 … most - 1."""
        self._c.load_expect_all(self._load)

    def measure(self, on: bool) -> None:
        self._c.load_measure(self._load, ctypes.c_int(on))

    def histogram(self) -> npt.NDArray[np.uint64]:
        """Deliveries per step of posted → seen."""
        size = int(self._c.load_buckets())
        counts = self._c.load_histogram(self._load)
        return np.ctypeslib.as_array(counts, shape=(size,)).copy()

    def agreeing(self) -> int:
        """Readers that saw every message, in the same order as one another."""
        return int(self._c.load_agreeing(self._load))

    def free(self) -> None:
        self._c.load_free(self._load)


def bucket_of(microseconds: int) -> int:
    """The step of the histogram that a latency falls in."""
    return int(library().load_bucket(ctypes.c_uint64(microseconds)))


def latency_ms(histogram: npt.NDArray[np.uint64], share: float) -> float:
    """The latency (milliseconds) that `share` of the deliveries stayed within."""
    total = int(histogram.sum())
    if not total:
        return float("nan")
    bucket = int(np.searchsorted(np.cumsum(histogram), share * total))
    return _upper_edge(bucket) / 1000


def _upper_edge(bucket: int) -> int:
    """Microseconds at which a step ends: at most 1/64 above what fell in it."""
    if bucket < _SUB:
        return bucket + 1
    shift = bucket // _SUB - 1
    return (_SUB + bucket % _SUB + 1) << shift
