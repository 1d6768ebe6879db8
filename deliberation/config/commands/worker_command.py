"""`deliberation worker`: what has to happen by itself."""

import argparse

from deliberation.config.housekeeping import tidy, tidy_forever


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="one round, then stop")


def run(arguments: argparse.Namespace) -> int:
    if arguments.once:
        tidy()
    else:
        tidy_forever()
    return 0
