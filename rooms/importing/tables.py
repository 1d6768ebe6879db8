"""CSV as it comes: a broken row is told and left out, the rows around it are read."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .conversation import BadFile

LONGEST = 400  # lines in one row; a quote that is never closed must not swallow the file

Tell = Callable[[int, str], object]


@dataclass(frozen=True)
class Row:
    """One row by column name, and the line where it starts."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str:
        """Empty where the file has no such column."""
        return self.cells.get(column, "")


@dataclass
class Table:
    columns: list[str]
    rows: list[Row] = field(default_factory=list)


def table(path: Path, *, needs: tuple[str, ...], tell: Tell) -> Table:
    """All rows that can be read; `tell` hears line and reason of the others. Raises BadFile."""
    records = _records(_lines(path), tell)
    _, columns = next(records, (1, []))
    columns = [column.strip() for column in columns]
    if missing := [name for name in needs if name not in columns]:
        found = ", ".join(columns[:12]) or "nothing"
        raise BadFile(f"{path.name} has no column {', '.join(missing)} (it has: {found})")
    if len(set(columns)) < len(columns):
        raise BadFile(f"{path.name} has two columns of the same name")
    found_rows = Table(columns)
    for line, cells in records:
        if len(cells) != len(columns):
            tell(line, f"the row has {len(cells)} cells instead of {len(columns)}")
        else:
            found_rows.rows.append(Row(line, dict(zip(columns, cells, strict=True))))
    return found_rows


def pairs(path: Path, *, tell: Tell) -> dict[str, str]:
    """A file with a name and a value in each row."""
    found = {}
    for line, cells in _records(_lines(path), tell):
        if len(cells) == 2:
            found[cells[0].strip()] = cells[1].strip()
        else:
            tell(line, f"the row has {len(cells)} cells instead of 2")
    return found


def read_text(path: Path) -> str:
    """UTF-8 (or UTF-16 that says so); bytes that are neither become lone surrogates."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise BadFile(f"there is no file {path}") from error
    except OSError as error:
        raise BadFile(f"{path} can't be read: {error.strerror}") from error
    return decoded(data)


def decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    return data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")


def is_utf8(text: str) -> bool:
    """False where `decoded` met bytes that are no UTF-8."""
    return not any("\udc80" <= letter <= "\udcff" for letter in text)


def _lines(path: Path) -> list[str]:
    return [line + "\n" for line in read_text(path).split("\n")]


def _records(lines: list[str], tell: Tell) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row. After a broken row reading goes on at the next line."""
    place, width = 0, 0
    while place < len(lines):
        reader = csv.reader(lines[place : place + LONGEST], strict=True)
        try:
            cells = next(reader, [])
        except csv.Error as error:
            tell(place + 1, f"the quotes in this row are broken ({error})")
            place += 1
            continue
        number, spans = place + 1, reader.line_num
        width = width or len(cells)
        # A stray quote that happens to be closed further on has taken other rows with it.
        place += 1 if spans > 1 and len(cells) != width else max(spans, 1)
        if not is_utf8("".join(lines[number - 1 : place])):
            tell(number, "this row is not written in UTF-8")
        elif cells:
            yield number, cells
