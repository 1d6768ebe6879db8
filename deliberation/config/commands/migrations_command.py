"""`deliberation migrations --check`."""

import argparse
import sys

from django.core.management import call_command

APPS = ("people", "eventlog", "rooms", "agenda", "live", "moderation")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", required=True)


def run(arguments: argparse.Namespace) -> int:
    try:
        call_command("makemigrations", *APPS, check=True, dry_run=True)
    except SystemExit:
        print("A model changed without its migration: run makemigrations.", file=sys.stderr)
        return 1
    return 0
