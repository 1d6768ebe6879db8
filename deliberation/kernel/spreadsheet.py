"""Tables as CSV that a spreadsheet opens without carrying anything out. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

# What a cell may not begin with: a spreadsheet would take the rest for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
EXCEL = "\ufeff"  # tells Excel that what follows is UTF-8


def table(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Line by line (RFC 4180); the first row is the heading."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([cell(one) for one in row])
        yield line.getvalue()


def cell(value: object) -> str:
    """A value as a cell. Words that look like a formula get an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
