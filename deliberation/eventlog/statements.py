"""The log's own statements, written out. They run in each commit, and the ORM takes several times
as long to put one together as the database to carry it out (decision 0009)."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Model

from .models import Event, Stream

TOGETHER = 500  # rows in one statement; on SQLite it can have 32,766 values
Changed = tuple[Model, Sequence[str]]  # a row, and the fields of it to save
_STREAM = Stream._meta.concrete_fields
_EVENT = [field for field in Event._meta.concrete_fields if not field.primary_key]
_HOLD = (  # of names of our own, as the two below
    f"SELECT {', '.join(str(field.column) for field in _STREAM)} "  # noqa: S608
    f"FROM {Stream._meta.db_table} WHERE name = %s"
)
_APPEND = (
    f"INSERT INTO {Event._meta.db_table} ({', '.join(str(field.column) for field in _EVENT)}) "  # noqa: S608
    "VALUES "
)
_ROW = f"({', '.join(['%s'] * len(_EVENT))})"
_MOVE = f"UPDATE {Stream._meta.db_table} SET last_seq = %s WHERE id = %s"  # noqa: S608


def held(name: str) -> Stream:
    """The stream of this name, made where there is none. Nobody else writes to it until commit."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD + lock, [name])
        row = cursor.fetchone()
    if row is None:
        return Stream.objects.select_for_update().get_or_create(name=name)[0]
    return Stream.from_db(connection.alias, [field.attname for field in _STREAM], row)


def inserted(rows: Sequence[Model]) -> None:
    """Write new rows of one kind and give each its id."""
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(str(field.column) for field in fields)
    one = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        for first in range(0, len(rows), TOGETHER):
            some = rows[first : first + TOGETHER]
            cursor.execute(
                f"INSERT INTO {some[0]._meta.db_table} ({columns}) "  # noqa: S608
                f"VALUES {', '.join([one] * len(some))} RETURNING id",
                [value for row in some for value in _values(row, fields)],
            )
            for row, (made,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = made
                row._state.adding, row._state.db = False, connection.alias


def appended(stream: Stream, rows: Sequence[Event], changed: Sequence[Changed]) -> None:
    """Write rows of this stream, where it stands now, and these fields of what else changed."""
    values = [_values(row, _EVENT) for row in rows]
    updates = [(_MOVE, [stream.last_seq, stream.pk]), *_updates(changed)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement, because each is a wait: others want the processor meanwhile.
            parts = ", ".join(f"part_{n} AS ({sql})" for n, (sql, _) in enumerate(updates))
            first, rest = values[:TOGETHER], values[TOGETHER:]
            whole = f"WITH {parts} {_APPEND}{', '.join([_ROW] * len(first))}"
            given = chain.from_iterable([*(params for _, params in updates), *first])
            cursor.execute(whole, list(given))
            cursor.executemany(_APPEND + _ROW, rest)
        else:
            cursor.executemany(_APPEND + _ROW, values)
            for sql, params in updates:
                cursor.execute(sql, params)


def saved(changed: Sequence[Changed]) -> None:
    """Write these fields of rows that exist."""
    with connection.cursor() as cursor:
        for sql, params in _updates(changed):
            cursor.execute(sql, params)


def _updates(changed: Sequence[Changed]) -> list[tuple[str, list[Any]]]:
    found = []
    for row, names in changed:
        fields: list[Any] = [row._meta.get_field(name) for name in names]
        columns = ", ".join(f"{field.column} = %s" for field in fields)
        sql = f"UPDATE {row._meta.db_table} SET {columns} WHERE id = %s"  # noqa: S608
        found.append((sql, [*_values(row, fields), row.pk]))
    return found


def _values(row: Model, fields: Sequence[Any]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
