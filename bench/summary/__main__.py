"""`python -m bench.summary`: every labelled set × every engine, and the targets."""

import argparse
import sys
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tqdm import tqdm

from deliberation.engine import Parameters

from . import kept, published, scale, sets
from .rows import ENGINES, Row, row
from .table import judged, table
from .targets import targets

_SIZES = (1_000, 10_000, 100_000)


def main() -> int:
    """Returns 1 when a target is missed, 0 otherwise."""
    asked = _arguments()
    data = sets.folder(asked.data)
    if data is None:
        print("No data folder (--data or BENCH_DATA): only our own two chats are measured.\n")
    if asked.scale is not None:
        return scale.run(data, asked.scale or _SIZES, asked.limit, keeps=asked.keep)
    return _quality(asked, data)


def _quality(asked: argparse.Namespace, data: Path | None) -> int:
    known, rows = kept.facts(), _rows(asked, data)
    reached = targets(rows, growth=asked.growth)
    print(table(rows))
    for flaw in dict.fromkeys(one.flaw for one in rows if one.flaw):
        failed = ", ".join(f"{one.engine} on {one.chat}" for one in rows if one.flaw == flaw)
        print(f"\nFailed: {failed}: {flaw}")
    print(f"\n{judged(reached)}" if reached else "")
    groups = _groups(data)
    if asked.keep:
        found = {
            "data": data is not None,
            "engine": Parameters().version,
            "rows": [asdict(one) for one in rows],
            "targets": [asdict(one) | {"met": one.met} for one in reached],
            "groups": groups,
        }
        print(f"\nResults: {kept.keep('summary', known, found)}")
        published.publish()
    met = all(one.met for one in reached) and (groups is None or groups["met"])
    return 0 if met else 1


def _rows(asked: argparse.Namespace, data: Path | None) -> list[Row]:
    chats = [one for one in sets.labelled(data) if not asked.only or one.name in asked.only]
    names = asked.engines or [*ENGINES]
    with tqdm(total=len(chats) * len(names), disable=None, file=sys.stderr) as bar:
        rows = []
        for chat in chats:
            for name in names:
                bar.set_description(f"{chat.name}, {name}")
                rows.append(row(name, chat, growth=asked.growth))
                bar.update()
    return rows


def _groups(data: Path | None) -> Any:
    """The opinion groups, a bench of their own."""
    name = f"{__package__}.groups"
    return import_module(name).run(data) if find_spec(name) else None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench.summary", description=__doc__)
    parser.add_argument("--data", metavar="DIR", help="folder of labelled sets (or BENCH_DATA)")
    parser.add_argument("--only", nargs="+", metavar="SET", help="some of the sets")
    parser.add_argument("--engines", nargs="+", choices=[*ENGINES], help="some of the engines")
    parser.add_argument(
        "--no-growth", dest="growth", action="store_false", help="without the steps of growth"
    )
    parser.add_argument("--no-keep", dest="keep", action="store_false", help="write no results")
    parser.add_argument(
        "--scale", nargs="*", type=int, metavar="N", help="cost at so many messages instead"
    )
    parser.add_argument(
        "--limit", type=float, default=1800, metavar="S", help="seconds that a run of --scale gets"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
