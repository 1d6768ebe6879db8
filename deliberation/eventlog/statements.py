"""The log's own statements, written out. They run in each commit, and the ORM takes several times
as long to put one together as the database to carry it out (decision 0009)."""

from collections.abc import Sequence
from itertools import chain

from django.db import connection

from .models import Event, Stream

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


def appended(stream: Stream, rows: Sequence[Event]) -> None:
    """Write rows of this stream, and where it stands now."""
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _EVENT]
        for row in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement, because each is a wait: others want the processor meanwhile.
            both = f"WITH moved AS ({_MOVE}) {_APPEND}{', '.join([_ROW] * len(values))}"
            cursor.execute(both, [stream.last_seq, stream.pk, *chain.from_iterable(values)])
        else:
            cursor.executemany(_APPEND + _ROW, values)
            cursor.execute(_MOVE, [stream.last_seq, stream.pk])
