"""Compiles translations in Python, so that nobody needs gettext's tools to run this."""

from pathlib import Path

import polib

from .environment import ROOT

LOCALES = ROOT / "deliberation" / "locale"


def compile_all(folder: Path = LOCALES) -> int:
    """Write a .mo beside every .po that is newer. Returns how many were written."""
    written = 0
    for source in sorted(folder.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        polib.pofile(str(source)).save_as_mofile(str(target))
        written += 1
    return written
