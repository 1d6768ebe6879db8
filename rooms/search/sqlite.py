"""The index on SQLite: FTS5 in the same file, without a copy of the words."""

from django.db import connection

from .index import Matching
from .query import Query, Term
from .words import related, stems

_KEPT = "old.body <> new.body OR (old.state = 'shown') <> (new.state = 'shown')"
_OUT = "INSERT INTO rooms_search (rooms_search, rowid, body) SELECT 'delete', old.id, old.body"
_IN = "INSERT INTO rooms_search (rowid, body) SELECT new.id, new.body"

REMOVE = (
    "DROP TRIGGER IF EXISTS rooms_search_added",
    "DROP TRIGGER IF EXISTS rooms_search_changed",
    "DROP TRIGGER IF EXISTS rooms_search_removed",
    "DROP TABLE IF EXISTS rooms_search_terms",
    "DROP TABLE IF EXISTS rooms_search",
)
INSTALL = (
    *REMOVE,
    "CREATE VIRTUAL TABLE rooms_search USING fts5("
    "body, content='rooms_message', content_rowid='id', prefix='2 3', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE rooms_search_terms USING fts5vocab('rooms_search', 'row')",
    "INSERT INTO rooms_search (rowid, body) "
    "SELECT id, body FROM rooms_message WHERE state = 'shown'",
    f"CREATE TRIGGER rooms_search_added AFTER INSERT ON rooms_message "
    f"WHEN new.state = 'shown' BEGIN {_IN}; END",
    f"CREATE TRIGGER rooms_search_changed AFTER UPDATE OF body, state ON rooms_message "
    f"WHEN {_KEPT} BEGIN {_OUT} WHERE old.state = 'shown'; {_IN} WHERE new.state = 'shown'; END",
    f"CREATE TRIGGER rooms_search_removed AFTER DELETE ON rooms_message "
    f"WHEN old.state = 'shown' BEGIN {_OUT}; END",
)


def matching(query: Query) -> Matching:
    """The part of a statement about messages that looks in the index."""
    asked = " AND ".join(_expression(term) for term in query.wanted)
    for term in query.unwanted:
        asked = f"({asked}) NOT {_expression(term)}"
    return Matching(
        where=["rooms_search.rowid = rooms_message.id", "rooms_search MATCH %s"],
        params=[asked],
        rank="-rooms_search.rank",
    )


def _expression(term: Term) -> str:
    row = f'"{" ".join(term.words)}"' + ("*" if term.is_prefix else "")
    others = (f'"{word}"' for word in _relatives(term))
    return f"({' OR '.join([row, *others])})"


def _relatives(term: Term) -> list[str]:
    """Other words in the index with the same stem: FTS5 knows no Dutch."""
    if not term.has_relatives:
        return []
    asked = term.words[0]
    return [word for word in _neighbours(asked) if word != asked and related(word, asked)]


def _neighbours(word: str) -> set[str]:
    """Words in the index that could share a stem: rules change no more than the last letter."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for start in _starts(word):
            cursor.execute(
                "SELECT term FROM rooms_search_terms WHERE term >= %s AND term < %s",
                [start, f"{start}\U0010ffff"],
            )
            found.update(term for (term,) in cursor.fetchall())
    return found


def _starts(word: str) -> set[str]:
    return {stem[:-1] for language in stems(word) for stem in language if len(stem) > 1}
