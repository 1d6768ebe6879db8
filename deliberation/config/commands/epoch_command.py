"""`deliberation epoch`: which history the numbers belong to."""

import argparse

from deliberation.eventlog.models import Stream
from deliberation.kernel.ids import new_epoch


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--renew",
        action="store_true",
        required=True,
        help="after restoring a backup: start a new epoch, so that no screen mixes two histories",
    )


def run(arguments: argparse.Namespace) -> int:
    for stream in Stream.objects.all():
        stream.epoch = new_epoch()
        stream.save(update_fields=["epoch"])
    print("Done. Restart the servers; every open screen then takes a fresh start by itself.")
    return 0
