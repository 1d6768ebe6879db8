"""`python -m bench`: one run, one table, results with machine and versions, a picture."""

import argparse
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

from . import ceiling, plot, processes, report
from .contenders import STARTERS
from .machine import commit, machine
from .plan import planned
from .scenarios import NAMES
from .table import table, verdict

_FILES = 16_384  # open files that 10,000 connections need


def main() -> int:
    """Returns 1 when a goal is missed, 0 otherwise."""
    asked = _arguments()
    _prepare(asked.urgent)
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as another user
        facts, began, head = machine(folder), report.now(), commit()
        print("How much the load generator itself can take…", file=sys.stderr)
        most = ceiling.deliveries_per_second(folder)
        plan = planned(asked.only or NAMES, asked.peers or tuple(STARTERS), quick=asked.quick)
        with tqdm(total=round(plan.seconds()), unit="s", disable=None) as bar:
            rows = plan.run(folder, say=bar.set_description, passed=bar.update)
    run = report.Run(began, head, asked.quick, facts, most, rows)
    print(table(rows))
    print(f"\n{verdict(rows)} The load generator alone can take {most:,.0f} deliveries/s.")
    if asked.keep:
        path = report.kept(run)
        print(f"Results: {path}\nPicture: {plot.picture(run, path.with_suffix('.png'))}")
    return 0 if all(row.passed is not False for row in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=NAMES, help="some of the scenarios")
    parser.add_argument(
        "--peers", nargs="+", choices=list(STARTERS), help="some of the servers, also ours"
    )
    parser.add_argument("--quick", action="store_true", help="short windows: for a first look")
    parser.add_argument("--urgent", action="store_true", help="before other work (root, Linux)")
    parser.add_argument("--no-keep", dest="keep", action="store_false", help="write no results")
    return parser.parse_args()


def _prepare(urgent: bool) -> None:
    os.sched_setaffinity(0, {processes.LOAD_CORE})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < _FILES:
        sys.exit(f"10,000 connections need more open files: ulimit -n {_FILES}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, most))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped too
    for name in [name for name in os.environ if name.startswith("DELIBERATION_")]:
        del os.environ[name]  # ours is measured with the settings that bench gives it, no others
    if urgent:
        processes.URGENT.set()
        processes.hurry(os.getpid())


if __name__ == "__main__":
    sys.exit(main())
