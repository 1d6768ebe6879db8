"""Data folders that are made once in a run of the tests, and copied by whoever needs one."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

HOME = "DELIBERATION_TEST_HOME"  # shared by the processes of one run


def copied(name: str, to: Path, make: Callable[[Path], object]) -> None:
    """Fill the folder `to` with what `make` writes into a folder; it is asked only once a run."""
    if HOME not in os.environ:  # no run of tests: pictures are made of a site as well
        make(to)
        return
    made = Path(os.environ[HOME]) / "made" / name
    made.parent.mkdir(exist_ok=True)
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = made.with_suffix(".part")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    shutil.copytree(made, to, dirs_exist_ok=True)
