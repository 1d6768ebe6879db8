"""`deliberation transparency`: decisions of a period for the EU's transparency database."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from moderation.transparency.statements import calls, restrictions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", required=True, type=_day, metavar="YYYY-MM-DD")
    parser.add_argument("--to", dest="last", required=True, type=_day, metavar="YYYY-MM-DD")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")


def run(arguments: argparse.Namespace) -> int:
    """0; 2 when nothing could be written."""
    if arguments.last < arguments.first:
        print("The period ends before it begins. Turn --from and --to round.", file=sys.stderr)
        return 2
    found = restrictions(_start(arguments.first), _start(arguments.last + timedelta(days=1)))
    bodies = list(calls(found, site=settings.SITE_URL))
    try:
        _write(arguments.out, bodies)
    except OSError as error:
        print(f"{error.filename} can't be written ({error.strerror}).", file=sys.stderr)
        return 2
    count = sum(len(body["statements"]) for body in bodies)
    print(f"{count} statements of reasons in {len(bodies)} files in {arguments.out}.")
    return 0


def _write(folder: Path, bodies: Sequence[Mapping[str, object]]) -> None:
    folder.mkdir(parents=True)
    for number, body in enumerate(bodies, start=1):
        text = json.dumps(body, ensure_ascii=False, indent=1)
        (folder / f"statements-{number:03}.json").write_text(text + "\n", encoding="utf-8")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a day, as in 2026-01-31") from error


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
