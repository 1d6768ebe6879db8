"""`deliberation demo`: a demonstration neighbourhood, ready to look at."""

import argparse
import os
import sys
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify

from deliberation.config.catching_up import agenda_address, catch_up
from deliberation.config.demo.load import load
from deliberation.config.demo.story import tell
from deliberation.kernel.clock import now
from deliberation.kernel.refusals import Refused
from deliberation.people.words import sentence
from rooms.importing.conversation import BadFile

from . import import_command, release_command

ROLES = {
    "resident": "resident",
    "manager": "community manager",
    "official": "official",
    "council": "council member",
    "administrator": "administrator",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--polis", type=Path, metavar="DIR", help="also load this Polis folder")
    parser.add_argument("--serve", action="store_true", help="serve it afterwards")
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to serve on (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    if settings.PRODUCTION:
        print("A demonstration lets everyone sign in, so not in production.", file=sys.stderr)
        return 2
    if code := release_command.run(argparse.Namespace(quiet=True)):
        return code
    room, made = load(now=now())
    print(f"The demonstration is {'loaded' if made else 'there already'}: {room.title}.")
    rooms = [room.slug]
    if arguments.polis is not None:
        slug = polis_slug(arguments.polis)
        if code := _import(arguments.polis, slug):
            return code
        rooms.insert(0, slug)
    catch_up()
    tell(room, now=now())
    for slug in rooms:
        print(f"Needs of {slug}: {agenda_address(slug)}")
    if not arguments.serve:
        return 0
    print(addresses(f"http://{arguments.host}:{arguments.port}", rooms), flush=True)
    serve = ["serve", "--host", arguments.host, "--port", str(arguments.port)]
    os.execv(sys.executable, [sys.executable, "-m", "deliberation", *serve])  # noqa: S606
    return 0


def polis_slug(folder: Path) -> str:
    """The address of the room that a folder is loaded into."""
    return slugify(folder.resolve().name.rpartition(".")[2])[:60] or "polis"


def addresses(site: str, rooms: list[str]) -> str:
    """Where to look, and the sign-in of each role."""
    wide = max(map(len, ROLES.values())) + 2
    lines = [f"  {'room':<{wide}}{site}/r/{room}/" for room in rooms]
    lines += [f"  {words:<{wide}}{site}/demo/{role}/" for role, words in ROLES.items()]
    return "\n".join(["", "Look around, or sign in with one click as:", *lines, ""])


def _import(folder: Path, slug: str) -> int:
    try:
        conversation = import_command.read(folder, slug)
        for problem in conversation.problems:
            import_command.tell(problem)
        import_command.stored_in(conversation, slug)
    except BadFile as error:
        print(f"{folder} can't be shown: {error}.", file=sys.stderr)
        return 2
    except Refused as refused:
        print(f"{folder} can't be shown. {sentence(refused)}", file=sys.stderr)
        return 2
    return 0
