"""`deliberation bench members`: residents for a load generator."""

import argparse
import sys

from deliberation.config.members import members
from rooms.models import Room


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["members"])
    parser.add_argument("--room", required=True, help="address (slug) of the room")
    parser.add_argument("--count", type=int, required=True)


def run(arguments: argparse.Namespace) -> int:
    if not Room.objects.filter(slug=arguments.room).exists():
        print(f"There is no room {arguments.room!r}.", file=sys.stderr)
        return 2
    for cookie in members(arguments.room, arguments.count):
        print(cookie)
    return 0
