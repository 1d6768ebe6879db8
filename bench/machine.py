"""What a result was measured on: without it a figure means little."""

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from .contenders import ROOT

_PACKAGES = ("django", "channels", "daphne", "twisted", "autobahn", "msgspec", "psycopg", "redis")
_PROGRAMS = {
    "node": ["node", "--version"],
    "redis-server": ["redis-server", "--version"],
    "postgresql": ["psql", "--version"],
    "cc": ["cc", "--version"],
}


def machine(folder: Path) -> dict[str, Any]:
    """Processor, cores, memory, kernel, and how long the disk under `folder` takes to sync."""
    info = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.+)", info)
    return {
        "processor": model.group(1) if model else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "kernel": platform.release(),
        "fsync_ms": round(fsync_ms(folder), 3),
        "load_before": os.getloadavg()[0],
    }


def fsync_ms(folder: Path) -> float:
    """The median time of a small write that is on disk when it returns."""
    times = []
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        for _ in range(50):
            started = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - started)
    return median(times) * 1000


def versions() -> dict[str, str]:
    """Of everything that takes part."""
    lock = (ROOT / "bench/peers/socketio/package.json").read_text()
    found = re.search(r'"socket.io": "(.+?)"', lock)
    said = {name: _said(command) for name, command in _PROGRAMS.items()}
    packages = {name: version(name) for name in _PACKAGES}
    return {
        "python": sys.version.split()[0],
        "socket.io": found.group(1) if found else "",
        **packages,
        **said,
    }


def commit() -> str:
    """The short name of the commit, with `+` where files differ from it."""
    head = _git("rev-parse", "--short", "HEAD")
    return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or ""


def _said(command: list[str]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()[0].strip()
