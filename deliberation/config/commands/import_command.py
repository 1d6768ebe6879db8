"""`deliberation import`: a conversation from files into a room."""

import argparse
import sys
from pathlib import Path

from django.utils import timezone
from tqdm import tqdm

from deliberation.config.catching_up import agenda_address, catch_up
from deliberation.kernel.clock import now
from deliberation.kernel.refusals import Refused
from deliberation.people.words import sentence
from rooms.importing import jsonl, polis
from rooms.importing.conversation import BadFile, Conversation, Problem
from rooms.importing.place import room_of
from rooms.importing.store import Stored, store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="form", required=True, metavar="polis|jsonl")
    folder = kinds.add_parser("polis", help="a folder of Polis open data (CSV files)")
    folder.add_argument("source", type=Path, metavar="DIR")
    lines = kinds.add_parser("jsonl", help="a JSON object a line: id, author, time, text, …")
    lines.add_argument("source", type=Path, metavar="FILE", help="- reads standard input")
    for each in (folder, lines):
        each.add_argument("--room", required=True, metavar="SLUG", help="made when it isn't there")
        each.add_argument("--title", default="", help="of a new room")
        each.add_argument("--neighbourhood", default="", metavar="SLUG", help="of a new room")
        each.add_argument("--strict", action="store_true", help="exit with 1 if rows are left out")


def run(arguments: argparse.Namespace) -> int:
    try:
        conversation = read(arguments.source, arguments.room, arguments.title)
        for problem in conversation.problems:
            tell(problem)
        stored = stored_in(conversation, arguments.room, neighbourhood=arguments.neighbourhood)
    except BadFile as error:
        print(f"Nothing is imported: {error}.", file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"Nothing is imported. {sentence(refused)}", file=sys.stderr)
        return 2
    left_out = len(conversation.problems) + len(stored.problems)
    print(_summary(conversation, stored, left_out, arguments.room))
    catch_up()
    print(f"Its needs are on {agenda_address(arguments.room)}")
    return 1 if left_out and arguments.strict else 0


def read(source: Path, room: str, title: str = "") -> Conversation:
    """A folder is Polis, anything else JSON lines. Raises BadFile."""
    if source.is_dir() or not (source.exists() or str(source) == "-" or source.suffix):
        return polis.read(source, now=now(), title=title)
    data, name = (sys.stdin.buffer.read(), "stdin") if str(source) == "-" else _bytes(source)
    zone = timezone.get_default_timezone()
    return jsonl.read(data, room=room, file=name, title=title, now=now(), zone=zone)


def stored_in(conversation: Conversation, slug: str, *, neighbourhood: str = "") -> Stored:
    """Store it with a progress bar. Raises Refused where there can't be such a room."""
    room = room_of(conversation, slug, neighbourhood=neighbourhood, at=now())
    total = len(conversation.statements) + conversation.vote_count()
    with tqdm(total=total, unit="row", desc=slug, disable=None) as bar:
        stored = store(conversation, room, at=now(), grown=bar.update)
    for problem in stored.problems:
        tell(problem)
    return stored


def tell(problem: Problem) -> None:
    tqdm.write(str(problem), file=sys.stderr)


def _bytes(source: Path) -> tuple[bytes, str]:
    try:
        return source.read_bytes(), source.name
    except FileNotFoundError as error:
        raise BadFile(f"there is no file {source}") from error
    except OSError as error:
        raise BadFile(f"{source} can't be read ({error.strerror})") from error


def _summary(conversation: Conversation, stored: Stored, left_out: int, room: str) -> str:
    lines = [
        f"{stored.messages} messages ({stored.hidden} hidden), {stored.stances} stances and "
        f"{stored.people} residents are new in /r/{room}/; {stored.known} messages were there.",
        f"{left_out} rows were left out." if left_out else "Nothing was left out.",
    ]
    if differ := len(different(conversation)):
        lines.append(
            f"{differ} of {len(conversation.statements)} statements have other counts in the file "
            "itself: it counts a vote again when someone changes it; here only the last one counts."
        )
    return "\n".join(lines)


def different(conversation: Conversation) -> list[str]:
    """The statements whose own count of agrees and disagrees is not that of their votes."""
    found = []
    for statement in conversation.statements:
        values = [vote.value for vote in conversation.votes.get(statement.id, {}).values()]
        counted = (values.count("agree"), values.count("disagree"))
        if statement.counted not in (None, counted):
            found.append(statement.id)
    return found
