"""`deliberation ledger verify`: whether the record of every decision still holds."""

import argparse

from moderation.ledger import verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify")
    check = acts.add_parser("verify", help="read all of it, and name the first thing that is wrong")
    check.add_argument(
        "--head", default="", metavar="HASH", help="a hash published earlier: it must be in it"
    )


def run(arguments: argparse.Namespace) -> int:
    """0; 1 when something does not hold."""
    verdict = verify(head=arguments.head)
    if verdict.flaw:
        print(f"Entry {verdict.flaw.number} is not right. {verdict.flaw.place}.")
        return 1
    print(f"{verdict.count} entries hold. The last one has the hash {verdict.head or '-'}.")
    return 0
