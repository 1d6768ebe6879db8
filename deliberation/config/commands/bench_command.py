"""`deliberation bench`: residents and rooms for a load generator."""

import argparse
import sys

from tqdm import tqdm

from deliberation.config.filled_room import filled_room, open_poll
from deliberation.config.members import members
from deliberation.kernel.refusals import Refused
from rooms.models import Room


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="what", required=True)
    people = kinds.add_parser("members", help="residents; prints a session cookie a line")
    people.add_argument("--room", required=True, help="address (slug) of the room")
    people.add_argument("--count", type=int, required=True)
    filled = kinds.add_parser("room", help="an open room; prints the number of its thread")
    filled.add_argument("--room", required=True, help="address (slug) of the new room")
    filled.add_argument("--messages", type=int, default=1, help="in its thread (%(default)s)")
    asked = kinds.add_parser("poll", help="a poll that goes on; prints its number")
    asked.add_argument("--room", required=True, help="address (slug) of the room")
    asked.add_argument("--options", type=int, default=4, help="answers (%(default)s)")


def run(arguments: argparse.Namespace) -> int:
    return {"room": _room, "members": _members, "poll": _poll}[arguments.what](arguments)


def _members(arguments: argparse.Namespace) -> int:
    if not Room.objects.filter(slug=arguments.room).exists():
        print(f"There is no room {arguments.room!r}.", file=sys.stderr)
        return 2
    for cookie in members(arguments.room, arguments.count):
        print(cookie)
    return 0


def _poll(arguments: argparse.Namespace) -> int:
    room = Room.objects.filter(slug=arguments.room).first()
    if room is None:
        print(f"There is no room {arguments.room!r}.", file=sys.stderr)
        return 2
    print(open_poll(room, arguments.options))
    return 0


def _room(arguments: argparse.Namespace) -> int:
    try:
        with tqdm(total=arguments.messages, unit="message", disable=None) as bar:
            print(filled_room(arguments.room, arguments.messages, grown=bar.update))
    except Refused as refused:
        print(f"{arguments.room}: {refused}", file=sys.stderr)
        return 2
    return 0
