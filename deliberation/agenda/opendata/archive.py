"""Files as a zip archive that is sent while it is made."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

File = tuple[str, Iterable[str]]
"""A name and its text, in pieces."""


def zipped(files: Iterable[File], *, at: datetime) -> Iterator[bytes]:
    """The archive in pieces; nothing of it is kept."""
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, pieces in files:
            entry = ZipInfo(name, date_time=at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            with archive.open(entry, "w") as written:
                for piece in pieces:
                    written.write(piece.encode())
                    yield from pipe.taken()
            yield from pipe.taken()
    yield from pipe.taken()


class _Pipe:
    """What is written comes out at the other end; nobody can go back in it."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> Iterator[bytes]:
        pieces, self._waiting = self._waiting, []
        if pieces:
            yield b"".join(pieces)
