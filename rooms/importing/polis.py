"""A conversation of Polis, as its open data are published: a folder of CSV files."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from deliberation.kernel.text import TITLE_LIMIT

from .conversation import (
    STANCES,
    BadFile,
    Conversation,
    Problem,
    Statement,
    Vote,
    moment,
    once,
    text_of,
)
from .tables import Row, Tell, pairs, table
from .words import plain, question_in, shortened

ATTRIBUTION = (
    "Data was gathered using the Polis software (see: compdemocracy.org/polis and "
    "github.com/compdemocracy/polis) and is sub-licensed under CC BY 4.0 with Attribution to The "
    "Computational Democracy Project. The data and more information about how the data was "
    "collected can be found at the following link: https://compdemocracy.org"
)
_STATEMENTS = ("timestamp", "comment-id", "author-id", "comment-body")
_VOTES = ("timestamp", "comment-id", "voter-id", "vote")


def read(folder: Path, *, now: datetime, title: str = "") -> Conversation:
    """Everything in `folder` that can be read; the rest is in its problems. Raises BadFile."""
    if not folder.is_dir():
        raise BadFile(f"there is no folder {folder}")
    found = _summary(folder, title)
    statements = table(folder / "comments.csv", needs=_STATEMENTS, tell=_told(found, "comments"))
    known: dict[str, Statement] = {}
    for row in statements.rows:
        try:
            statement = once(_statement(row, now=now), known)
        except ValueError as error:
            _told(found, "comments")(row.line, str(error))
        else:
            known[statement.id] = statement
    found.statements = list(known.values())
    _add_votes(found, folder, now=now)
    return found.finish()


def _summary(folder: Path, title: str) -> Conversation:
    about: dict[str, str] = {}
    name = folder.resolve().name
    found = Conversation("polis", name, "comments.csv", title or name)
    if (folder / "summary.csv").exists():
        about = pairs(folder / "summary.csv", tell=_told(found, "summary"))
    else:
        _told(found, "summary")(0, "is missing, so the folder's name is the title")
    topic = plain(about.get("topic", "")) or name
    found.about = plain(about.get("conversation-description", ""))
    found.title = shortened(title or topic, TITLE_LIMIT)
    found.question = question_in(found.about) or topic
    found.attribution = ATTRIBUTION
    if address := about.get("url", ""):
        found.name = address.rstrip("/").rpartition("/")[2] or name
        found.attribution += f"\n{topic}: {address}"
    return found


def _statement(row: Row, *, now: datetime) -> Statement:
    """Raises ValueError."""
    return Statement(
        id=_id(row, "comment-id"),
        author=_id(row, "author-id"),
        at=_time(row["timestamp"], now=now),
        text=text_of(row["comment-body"]),
        line=row.line,
        rejected=row.get("moderated").strip() == "-1",
        counted=_counted(row),
    )


def _counted(row: Row) -> tuple[int, int] | None:
    agrees, disagrees = row.get("agrees").strip(), row.get("disagrees").strip()
    return (int(agrees), int(disagrees)) if agrees.isdecimal() and disagrees.isdecimal() else None


def _add_votes(found: Conversation, folder: Path, *, now: datetime) -> None:
    """From votes.csv, which has times; where it is empty or missing, from the matrix."""
    known = {statement.id for statement in found.statements}
    path = folder / "votes.csv"
    votes = list(_timed(found, path, known, now=now)) if _has_rows(path) else []
    if not votes:
        path = folder / "participants-votes.csv"
        votes = list(_matrix(found, path, known)) if _has_rows(path) else []
    if not votes:
        _told(found, "votes")(0, "there are no votes, neither here nor in participants-votes.csv")
    # Python sorts stably: of two votes at the same time the later row counts.
    for vote in sorted(votes, key=lambda vote: vote.at.timestamp() if vote.at else 0.0):
        found.votes.setdefault(vote.statement, {})[vote.voter] = vote


def _timed(found: Conversation, path: Path, known: set[str], *, now: datetime) -> Iterator[Vote]:
    tell = _told(found, "votes")
    for row in table(path, needs=_VOTES, tell=tell).rows:
        try:
            statement = _of(_id(row, "comment-id"), known)
            value = STANCES[_value(row["vote"])]
            at = _time(row["timestamp"], now=now)
            yield Vote(statement, _id(row, "voter-id"), value, at)
        except ValueError as error:
            tell(row.line, str(error))


def _matrix(found: Conversation, path: Path, known: set[str]) -> Iterator[Vote]:
    """A row for each participant, a column for each statement."""
    tell = _told(found, "participants-votes")
    matrix = table(path, needs=("participant",), tell=tell)
    columns = [column for column in matrix.columns if column.isdecimal()]
    for column in columns:
        if column not in known:
            tell(1, f"statement {column} is not in comments.csv, or could not be read there")
    for row in matrix.rows:
        try:
            voter = _id(row, "participant")
        except ValueError as error:
            tell(row.line, str(error))
            continue
        for column in columns:
            try:
                if row[column].strip() and column in known:
                    yield Vote(column, voter, STANCES[_value(row[column])])
            except ValueError as error:
                tell(row.line, f"{error}, for statement {column}")


def _of(statement: str, known: set[str]) -> str:
    if statement not in known:
        raise ValueError(
            f"statement {statement} is not in comments.csv, or could not be read there"
        )
    return statement


def _value(cell: str) -> str:
    value = cell.strip().removesuffix(".0").removeprefix("+")
    if value not in STANCES:
        raise ValueError(f"a vote is 1, 0 or -1, not {cell[:40]!r}")
    return value


def _id(row: Row, column: str) -> str:
    found = row[column].strip()
    if not found or len(found) > 60:
        raise ValueError(f"{column} is {'empty' if not found else 'too long'}")
    return found


def _time(cell: str, *, now: datetime) -> datetime:
    """Polis counts in milliseconds since 1970."""
    if not cell.strip().isdecimal():
        raise ValueError(f"the timestamp {cell[:40]!r} is no number of milliseconds")
    return moment(int(cell) / 1000, now=now)


def _has_rows(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _told(found: Conversation, file: str) -> Tell:
    return lambda line, reason: found.problems.append(Problem(f"{file}.csv", line, reason))
