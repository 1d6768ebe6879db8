"""`deliberation protocol`: the generated description of the wire."""

import argparse
import sys

from deliberation.config.environment import ROOT
from deliberation.protocol.export import write_all


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only tell what is out of date")


def run(arguments: argparse.Namespace) -> int:
    stale = write_all(ROOT, check=arguments.check)
    if arguments.check and stale:
        print("Out of date, run `deliberation protocol`:", *stale, file=sys.stderr)
        return 1
    return 0
