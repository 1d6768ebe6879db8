"""`deliberation vapid`: the keys by which push services know this site."""

import argparse
import sys

from django.conf import settings

from rooms.notices.push import keys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--new", action="store_true", help="print a new private key, and keep it nowhere"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.new:
        print(f"DELIBERATION_VAPID_PRIVATE_KEY={keys.made()}")
        return 0
    try:
        keys.private()
    except OSError as error:
        print(f"{keys.place()} can't be used ({error.strerror}).", file=sys.stderr)
        return 1
    kept = "DELIBERATION_VAPID_PRIVATE_KEY" if settings.VAPID_PRIVATE_KEY else keys.place()
    print(f"Public key:  {keys.public()}")
    print(f"Private key: kept in {kept}")
    print(f"Contact:     {settings.PUSH_CONTACT}")
    return 0
