"""The index on PostgreSQL: the words as they stand, and their Dutch and English stems."""

from .index import Matching
from .query import Query, Term
from .words import stems

# Everything that separates words becomes a space; PostgreSQL's own parser would keep
# "speeltuin/park" together as the name of a file.
_SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8"
    r"\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004"
)
_PLAIN = (
    r"regexp_replace(regexp_replace(normalize(body, NFD), '[\u0300-\u036f]+', '', 'g'), "
    f"'[{_SEPARATORS}]+', ' ', 'g')"
)
REMOVE = (
    "DROP TRIGGER IF EXISTS rooms_search_added ON rooms_message",
    "DROP TRIGGER IF EXISTS rooms_search_changed ON rooms_message",
    "DROP TRIGGER IF EXISTS rooms_search_removed ON rooms_message",
    "DROP TRIGGER IF EXISTS rooms_search_emptied ON rooms_message",
    "DROP FUNCTION IF EXISTS rooms_search_added()",
    "DROP FUNCTION IF EXISTS rooms_search_changed()",
    "DROP FUNCTION IF EXISTS rooms_search_emptied()",
    "DROP FUNCTION IF EXISTS rooms_search_of(text)",
    "DROP TABLE IF EXISTS rooms_search",
)
INSTALL = (
    *REMOVE,
    "CREATE TABLE rooms_search (message bigint PRIMARY KEY, "
    "words tsvector NOT NULL, dutch tsvector NOT NULL, english tsvector NOT NULL)",
    "CREATE FUNCTION rooms_search_of(body text, OUT words tsvector, OUT dutch tsvector, "  # noqa: S608
    "OUT english tsvector) LANGUAGE sql IMMUTABLE AS $$ "
    "SELECT to_tsvector('simple', plain), to_tsvector('dutch', plain), "
    f"to_tsvector('english', plain) FROM {_PLAIN} AS plain $$",
    "INSERT INTO rooms_search SELECT id, found.* FROM rooms_message, rooms_search_of(body) found "
    "WHERE state = 'shown'",
    "CREATE INDEX rooms_search_words ON rooms_search USING gin (words, dutch, english)",
    # One statement for a whole batch of messages.
    "CREATE FUNCTION rooms_search_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "INSERT INTO rooms_search SELECT id, found.* FROM added, rooms_search_of(body) found "
    "WHERE state = 'shown'; RETURN NULL; END $$",
    "CREATE FUNCTION rooms_search_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "DELETE FROM rooms_search WHERE message = OLD.id; "
    "IF TG_OP = 'UPDATE' AND NEW.state = 'shown' THEN INSERT INTO rooms_search "
    "SELECT NEW.id, found.* FROM rooms_search_of(NEW.body) found; END IF; RETURN NULL; END $$",
    "CREATE FUNCTION rooms_search_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "TRUNCATE rooms_search; RETURN NULL; END $$",
    "CREATE TRIGGER rooms_search_added AFTER INSERT ON rooms_message "
    "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION rooms_search_added()",
    "CREATE TRIGGER rooms_search_changed AFTER UPDATE OF body, state ON rooms_message "
    "FOR EACH ROW WHEN (OLD.body IS DISTINCT FROM NEW.body OR OLD.state <> NEW.state) "
    "EXECUTE FUNCTION rooms_search_changed()",
    "CREATE TRIGGER rooms_search_removed AFTER DELETE ON rooms_message "
    "FOR EACH ROW EXECUTE FUNCTION rooms_search_changed()",
    "CREATE TRIGGER rooms_search_emptied AFTER TRUNCATE ON rooms_message "
    "FOR EACH STATEMENT EXECUTE FUNCTION rooms_search_emptied()",
)


def matching(query: Query) -> Matching:
    """The part of a statement about messages that looks in the index."""
    where, params = ["rooms_search.message = rooms_message.id"], []
    for term in query.terms:
        condition, values = _condition(term)
        where.append(f"NOT {condition}" if term.without else condition)
        params += values
    rank = "ts_rank_cd(rooms_search.words, to_tsquery('simple', %s))"
    asked = " | ".join(_row(term) for term in query.wanted)
    return Matching(where=where, params=params, rank=rank, rank_params=[asked])


def _condition(term: Term) -> tuple[str, list[str]]:
    conditions = ["rooms_search.words @@ to_tsquery('simple', %s)"]
    values = [_row(term)]
    if term.has_relatives:
        for language, found in zip(("dutch", "english"), stems(term.words[0]), strict=True):
            conditions.append(f"rooms_search.{language} @@ to_tsquery('simple', %s)")
            values.append(" | ".join(sorted(found)))
    return f"({' OR '.join(conditions)})", values


def _row(term: Term) -> str:
    """Words in a row as PostgreSQL asks for them; they hold letters and figures only."""
    last = f"{term.words[-1]}:*" if term.is_prefix else term.words[-1]
    return f"({' <-> '.join([*term.words[:-1], last])})"
