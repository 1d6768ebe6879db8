"""What the server tells about the room over HTTP, before and between."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlencode

import msgspec

from deliberation.protocol import codec
from deliberation.protocol.commands import ThreadOpen
from deliberation.protocol.events import MessagePosted
from deliberation.protocol.replies import Ack, Missed
from deliberation.protocol.shapes import Opening

from .line import PATIENCE, Unreachable

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_WITHIN = 15  # seconds
_PAUSE = 0.5  # seconds between two knocks on a door that was open before


@dataclass(frozen=True)
class Seen:
    """The room as it is when the replay starts: its open threads by title."""

    epoch: str
    threads: dict[str, int]


def knock(site: str) -> None:
    """Raises Unreachable where no server answers there, or one that is not well."""
    _get(f"{site}/healthz")


def look(site: str, room: str) -> Seen:
    """Raises Unreachable where the server does not have this room."""
    opening = msgspec.json.decode(_get(f"{site}/live/{room}/snapshot"), type=Opening)
    threads = opening.snapshot.threads
    return Seen(
        opening.snapshot.epoch, {each.title: each.id for each in threads if each.state == "open"}
    )


def first_message(site: str, room: str, epoch: str, ack: Ack, command: ThreadOpen) -> int:
    """The number of the message that a new thread began with.

    As patient as a line is: a server that goes between its answer and this question comes back.
    Raises Unreachable.
    """
    query = urlencode({"after": ack.seq, "epoch": epoch, "wait": 0})
    missed = codec.decode_server(_get_patiently(f"{site}/live/{room}/events?{query}"))
    events = missed.events if isinstance(missed, Missed) else []
    for event in events:
        if isinstance(event, MessagePosted) and event.message.ref == command.ref:
            return event.message.id
    raise Unreachable("The new thread has no first message.")


def _get_patiently(address: str) -> bytes:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _get(address)
        except Unreachable:
            if time.monotonic() > until:
                raise
        time.sleep(_PAUSE)


def _get(address: str) -> bytes:
    try:
        with _opener.open(address, timeout=_WITHIN) as answer:
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as error:
        raise Unreachable(f"{address} answers {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise Unreachable(f"no server answers at {address} ({reason})") from error
