"""Which index belongs to the database, and how it gets there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from . import postgres, sqlite
from .index import Matching
from .query import Query


@dataclass(frozen=True)
class Kind:
    """How one sort of database does it: statements to make and remove the index, and to ask it."""

    install: tuple[str, ...]
    remove: tuple[str, ...]
    matching: Callable[[Query], Matching]


KINDS = {
    "sqlite": Kind(sqlite.INSTALL, sqlite.REMOVE, sqlite.matching),
    "postgresql": Kind(postgres.INSTALL, postgres.REMOVE, postgres.matching),
}


def matching(query: Query) -> Matching:
    """How to find `query` (which wants something) in the database that is in use."""
    return KINDS[connection.vendor].matching(query)


def install(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """For migrations: make the index with its triggers and fill it from what is shown.

    A migration that rebuilds the table of messages (on SQLite nearly every change of a field does)
    loses its triggers, and ends in this once more.
    """
    for statement in KINDS[editor.connection.vendor].install:
        editor.execute(statement)


def remove(_: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """For migrations: take the index away."""
    for statement in KINDS[editor.connection.vendor].remove:
        editor.execute(statement)
