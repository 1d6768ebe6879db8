"""`deliberation replay`: a conversation played live, by its own residents."""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.contrib.sessions.models import Session
from tqdm import tqdm

from deliberation.config.members import sign_in
from deliberation.config.replay import room as server
from deliberation.config.replay.line import Unreachable
from deliberation.config.replay.programme import Cue, programme
from deliberation.config.replay.stage import Outcome, Stage
from deliberation.kernel.clock import now
from deliberation.kernel.refusals import Refused
from deliberation.people.words import sentence
from rooms.importing.conversation import BadFile, Conversation
from rooms.importing.place import room_of
from rooms.importing.residents import residents

from . import import_command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Play a conversation in a room of a running server that uses the same database. Every "
        "author is a resident with a socket and a session of their own; the sessions are made in "
        "the database, because the server lets only a few people an hour join from one address."
    )
    parser.add_argument("source", type=Path, metavar="DIR_OR_JSONL")
    parser.add_argument("--room", required=True, metavar="SLUG", help="made when it isn't there")
    parser.add_argument("--speed", type=_speed, default=3600.0, help="times as fast (%(default)g)")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="the server (%(default)s)")
    parser.add_argument("--title", default="", help="of a new room")
    parser.add_argument("--no-stances", action="store_true", help="messages only")


def run(arguments: argparse.Namespace) -> int:
    site = arguments.url.rstrip("/")
    try:
        conversation = import_command.read(arguments.source, arguments.room, arguments.title)
        for problem in conversation.problems:
            import_command.tell(problem)
        server.knock(site)
        room_of(conversation, arguments.room, neighbourhood="", at=now())
        seen = server.look(site, arguments.room)
    except (BadFile, Unreachable) as error:
        print(f"Nothing is played: {error}.", file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"Nothing is played. {sentence(refused)}", file=sys.stderr)
        return 2
    cues = programme(conversation, speed=arguments.speed, stances=not arguments.no_stances)
    with signed_in(conversation, cues) as cookies:
        outcome = _play(cues, cookies, site, arguments.room, seen)
    print(summary(outcome, len(cues)))
    return 0 if outcome.answered == len(cues) else 1


@contextmanager
def signed_in(conversation: Conversation, cues: list[Cue]) -> Iterator[dict[str, str]]:
    """A cookie for everyone who does something; the sessions are gone afterwards."""
    people = residents(conversation, at=now())
    active = list(dict.fromkeys(cue.by for cue in cues))
    cookies = dict(zip(active, sign_in(people[name] for name in active), strict=True))
    try:
        yield cookies
    finally:
        keys = [cookie.partition("=")[2] for cookie in cookies.values()]
        for start in range(0, len(keys), 500):
            Session.objects.filter(session_key__in=keys[start : start + 500]).delete()


def _play(
    cues: list[Cue], cookies: Mapping[str, str], site: str, room: str, seen: server.Seen
) -> Outcome:
    with tqdm(total=len(cues), unit="command", desc=room, disable=None) as bar:

        def progress(outcome: Outcome) -> None:
            bar.set_postfix(refused=outcome.refused.total(), refresh=False)
            bar.update(outcome.answered - bar.n)

        first = partial(server.first_message, site, room, seen.epoch)
        stage = Stage(site, room, threads=seen.threads, first_message=first, progress=progress)
        try:
            asyncio.run(stage.play(cues, cookies))
        except* Unreachable as group:
            reason = group.exceptions[0]
            print(f"\nStopped: the server stays away ({reason}).", file=sys.stderr)
        except* KeyboardInterrupt:
            print("\nStopped.", file=sys.stderr)
    return stage.outcome


def summary(outcome: Outcome, wanted: int) -> str:
    lines = [
        f"{outcome.messages} messages ({outcome.threads} opened a thread) and {outcome.stances} "
        f"stances acknowledged, of {wanted} commands.",
        f"{outcome.counts.connected} connections, {outcome.counts.again} commands sent again, "
        f"{outcome.waited} times asked to wait.",
    ]
    if outcome.skipped:
        lines.append(f"{outcome.skipped} skipped: what they were about was refused.")
    lines += [f"{count} refused: {text}" for text, count in outcome.refused.most_common()]
    if missing := wanted - outcome.answered:
        lines.append(f"{missing} not answered.")
    return "\n".join(lines)


def _speed(given: str) -> float:
    speed = float(given)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("must be more than 0")
    return speed
