"""How each server is spoken to: its address, its greeting, and what a post looks like.

A post is a template: wherever `NNNNNNNN` stands, the loop writes the message's eight digits. Each
body carries `[run:NNNNNNNN]` and is filled up to 120 characters; run is four random letters, so
that late frames of an earlier load are never taken for ours. The number stands in the sentences as
well, because neighbours don't all say the same: ours would take that for spam and hold it back.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

NUMBER = "NNNNNNNN"
BODY_SIZE = 120  # characters
_WORDS = (
    f"Zullen we om {NUMBER} samen het veld opruimen? Ik breng koek {NUMBER} mee. Neem je een "
    "hark mee? Tot dan, buren!"
)


def marker_of(run: str) -> str:
    return f"[{run}:"


def body_of(run: str) -> str:
    """A message of 120 characters that can be told apart."""
    return f"{marker_of(run)}{NUMBER}] {_WORDS}"[:BODY_SIZE].ljust(BODY_SIZE, ".")


@dataclass(frozen=True)
class Wire:
    """One way to talk to a chat server.

    `hello` gives the text frames to send and the text to wait for, in turn, after the handshake.
    """

    path: str
    post: Callable[[str], str]
    hello: tuple[tuple[str, str], ...] = ()
    ack: str = ""
    nack: str = ""


def channels_chat(room: str) -> Wire:
    """The tutorial chat: it greets nobody."""
    return Wire(f"/ws/chat/{room}/", lambda run: json.dumps({"message": body_of(run)}))


def socketio(room: str) -> Wire:
    """Engine.IO 4 over WebSocket: `0` open, then `40` to join the namespace; `42` is an event."""
    return Wire(
        f"/socket.io/?EIO=4&transport=websocket&room={room}",
        lambda run: "42" + json.dumps(["chat message", body_of(run)]),
        hello=(("", "0{"), ("40", "40{")),
    )


def ours(room: str, thread: int) -> Wire:
    """A resident's socket. The ref is a UUID that no other load uses."""

    def post(run: str) -> str:
        ref = f"{run.encode().hex()}-0000-4000-8000-0000{NUMBER}"
        frame = {"type": "message.post", "ref": ref, "thread": thread, "body": body_of(run)}
        return json.dumps(frame)

    return Wire(
        f"/live/{room}",
        post,
        hello=(("", '"welcome"'),),
        ack='"type":"ack"',
        nack='"type":"nack"',
    )
