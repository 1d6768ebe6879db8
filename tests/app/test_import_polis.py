"""A Polis folder becomes a room: in order, with its times and votes, and nothing twice."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deliberation.__main__ import main
from deliberation.eventlog.models import Event
from deliberation.kernel.clock import now
from deliberation.people.models import Person
from moderation.services import message_restore
from rooms.importing import polis
from rooms.importing.conversation import BadFile, Conversation
from rooms.importing.place import room_of
from rooms.importing.store import Stored, store
from rooms.models import Message, MessageState, Origin, Room, Stance
from tests import given
from tests.doing import do
from tests.verify import everything, verify_change

pytestmark = pytest.mark.django_db

DAY = 1_500_000_000_000  # milliseconds: 14 July 2017
COMMENTS = [
    ["timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"],
    [DAY + 2000, 1, 7, 0, 1, 1, "Meer bankjes, met een leuning"],
    [DAY + 1000, 0, 3, 3, 0, 1, 'Licht op het "Plein"\nook \'s nachts'],
    [DAY + 3000, 2, 7, 1, 0, -1, "Koop mijn spullen"],
]
VOTES = [
    ["timestamp", "datetime", "comment-id", "voter-id", "vote"],
    [DAY + 4000, "", 0, 3, -1],
    [DAY + 5000, "", 0, 3, 1],
    [DAY + 4500, "", 0, 7, 1],
    [DAY + 4600, "", 1, 3, -1],
    [DAY + 4700, "", 1, 12, 0],
    [DAY + 4800, "", 2, 12, 1],
]
SUMMARY = [
    ["topic", "Ons plein"],
    ["url", "https://pol.is/9abc"],
    ["conversation-description", "Even *voorstellen*. Wat moet er anders op ons plein? Dank!"],
]


def written(folder: Path, **files: list[list[object]]) -> Path:
    """A folder of Polis; a file given as keyword replaces the ordinary one."""
    folder.mkdir(exist_ok=True)
    for name, rows in {"comments": COMMENTS, "votes": VOTES, "summary": SUMMARY, **files}.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    return folder


def imported(folder: Path, slug: str = "plein") -> tuple[Room, Conversation, Stored]:
    conversation = polis.read(folder, now=now())
    room = room_of(conversation, slug, neighbourhood="", at=now())
    return room, conversation, store(conversation, room, at=now())


def messages(room: Room) -> list[Message]:
    return list(room.messages.select_related("author").order_by("seq"))


def test_statements_become_messages_in_the_order_of_their_times(tmp_path: Path) -> None:
    room, _, _ = imported(written(tmp_path / "plein"))
    found = messages(room)
    assert [message.body.partition("\n")[0] for message in found] == [
        'Licht op het "Plein"',
        "Meer bankjes, met een leuning",
        "Koop mijn spullen",
    ]
    assert found[0].at == datetime(2017, 7, 14, 2, 40, 1, tzinfo=UTC)
    assert {message.origin for message in found} == {Origin.IMPORT}


def test_authors_and_voters_become_residents_with_names_that_tell_nothing(tmp_path: Path) -> None:
    room, _, stored = imported(written(tmp_path / "plein"))
    people = {person.source: person for person in Person.objects.filter(source__startswith="polis")}
    assert set(people) == {"polis:9abc:3", "polis:9abc:7", "polis:9abc:12"}
    assert stored.people == 3
    names = {person.name for person in people.values()}
    assert len(names) == 3
    assert all(name.startswith("Bewoner ") for name in names)
    assert not any(person.email or person.has_usable_password() for person in people.values())
    assert messages(room)[0].author == people["polis:9abc:3"]


def test_the_last_vote_of_a_person_counts_and_a_pass_is_not_sure_yet(tmp_path: Path) -> None:
    room, _, stored = imported(written(tmp_path / "plein"))
    light, benches, spam = messages(room)
    assert (light.agree, light.disagree, light.unsure) == (2, 0, 0)
    assert (benches.agree, benches.disagree, benches.unsure) == (0, 1, 1)
    assert (spam.agree, spam.disagree, spam.unsure) == (1, 0, 0)
    assert stored.stances == Stance.objects.count() == 5
    last = Stance.objects.get(message=light, person__source="polis:9abc:3")
    assert last.at == datetime(2017, 7, 14, 2, 40, 5, tzinfo=UTC)


def test_what_the_source_rejected_is_hidden_with_a_reason(tmp_path: Path) -> None:
    room, _, stored = imported(written(tmp_path / "plein"))
    spam = messages(room)[2]
    assert spam.state == MessageState.HIDDEN
    assert spam.reason
    assert spam.view().body is None
    assert stored.hidden == 1


def test_the_room_is_open_with_a_complete_charter_and_says_whose_data_it_is(
    tmp_path: Path,
) -> None:
    room, _, _ = imported(written(tmp_path / "plein"))
    room = Room.objects.get(pk=room.pk)
    assert room.opened_at is not None
    assert room.charter.missing() == []
    assert room.charter.question == "Wat moet er anders op ons plein?"
    assert room.title == "Ons plein"
    assert "CC BY 4.0" in room.attribution
    assert "https://pol.is/9abc" in room.attribution
    thread = room.threads.get()
    assert (thread.title, thread.kind) == ("Wat moet er anders op ons plein?", "question")
    assert thread.message_count == 3


def test_readers_are_told_what_an_import_adds(tmp_path: Path) -> None:
    room = given.a_room("plein")
    given.a_message(room)
    conversation = polis.read(written(tmp_path / "x"), now=now())
    with verify_change(room):
        store(conversation, room_of(conversation, "plein", neighbourhood="", at=now()), at=now())
    numbers = list(
        Event.objects.filter(stream__name=room.public_stream)
        .order_by("seq")
        .values_list("seq", flat=True)
    )
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_room_that_was_there_keeps_its_charter_and_gets_the_attribution(tmp_path: Path) -> None:
    before = given.a_room("plein")
    imported(written(tmp_path / "x"))
    after = Room.objects.get(pk=before.pk)
    assert after.charter.view() == before.charter.view()
    assert after.title == before.title
    assert "CC BY 4.0" in after.attribution


def test_running_it_twice_changes_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path / "plein")
    imported(folder)
    before = everything()
    _, _, again = imported(folder)
    assert everything() == before
    assert (again.messages, again.stances, again.people, again.known) == (0, 0, 0, 3)


def test_a_copy_of_the_folder_is_the_same_conversation(tmp_path: Path) -> None:
    imported(written(tmp_path / "plein"))
    before = everything()
    imported(written(tmp_path / "copy"))
    assert everything() == before


def test_the_same_folder_in_another_room_is_complete_there_too(tmp_path: Path) -> None:
    folder = written(tmp_path / "plein")
    first, _, _ = imported(folder)
    second, _, stored = imported(folder, "markt")
    assert stored.messages == 3
    assert stored.people == 0
    assert [m.body for m in messages(second)] == [m.body for m in messages(first)]


def test_later_votes_are_added_and_replace_earlier_ones(tmp_path: Path) -> None:
    folder = written(tmp_path / "plein")
    room, _, _ = imported(folder)
    more = [*VOTES, [DAY + 9000, "", 1, 3, 1], [DAY + 9000, "", 1, 7, 1]]
    with verify_change(room):
        _, _, stored = imported(written(folder, votes=more))
    benches = messages(room)[1]
    assert (benches.agree, benches.disagree, benches.unsure) == (2, 0, 1)
    assert stored.stances == 2


def test_what_a_manager_decided_since_stays(tmp_path: Path) -> None:
    folder = written(tmp_path / "plein")
    room, _, _ = imported(folder)
    spam = messages(room)[2]
    at = now()
    restore = {"by": given.a_manager(), "message": spam.pk, "reason": "Toch goed.", "at": at}
    do(message_restore, room=room, **restore)
    imported(folder)
    assert messages(room)[2].state == MessageState.SHOWN


def test_without_a_list_of_votes_the_matrix_of_participants_counts(tmp_path: Path) -> None:
    matrix: list[list[object]] = [
        ["participant", "group-id", "n-votes", "0", "1", "2"],
        [3, 0, 2, 1, -1, ""],
        [7, 1, 1, 0, "", ""],
    ]
    folder = written(tmp_path / "plein", votes=[], **{"participants-votes": matrix})
    room, _, stored = imported(folder)
    light, benches, _ = messages(room)
    assert (light.agree, light.disagree, light.unsure) == (1, 0, 1)
    assert (benches.agree, benches.disagree, benches.unsure) == (0, 1, 0)
    assert stored.stances == 3


BROKEN = {
    "a timestamp that is no number": (["gisteren", 9, 7, 0, 0, 1, "Tekst"], "timestamp"),
    "a time that has not come yet": ([9_999_999_999_999, 9, 7, 0, 0, 1, "Tekst"], "not come yet"),
    "a time beyond all calendars": (["9" * 30, 9, 7, 0, 0, 1, "Tekst"], "is no time"),
    "no text": ([DAY, 9, 7, 0, 0, 1, "  \u200b "], "empty"),
    "too much text": ([DAY, 9, 7, 0, 0, 1, "x" * 2001], "2001 characters"),
    "no author": ([DAY, 9, "", 0, 0, 1, "Tekst"], "author-id is empty"),
    "an id that is taken": ([DAY, 0, 7, 0, 0, 1, "Tekst"], "also the id of line 3"),
    "too few cells": ([DAY, 9, 7], "3 cells instead of 7"),
    "too many cells": ([DAY, 9, 7, 0, 0, 1, "Tekst", "meer"], "8 cells instead of 7"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_statement_is_told_with_its_line_and_the_rest_is_loaded(
    kind: str, tmp_path: Path
) -> None:
    row, reason = BROKEN[kind]
    room, conversation, _ = imported(written(tmp_path / "plein", comments=[*COMMENTS, row]))
    assert len(messages(room)) == 3
    (problem,) = conversation.problems
    assert (problem.file, problem.line) == ("comments.csv", 6)  # one row above takes two lines
    assert reason in problem.reason


BROKEN_VOTES = {
    "an unknown statement": ([DAY, "", 99, 3, 1], "statement 99 is not in comments.csv"),
    "a value that is no vote": ([DAY, "", 0, 3, 5], "1, 0 or -1, not '5'"),
    "no voter": ([DAY, "", 0, "", 1], "voter-id is empty"),
    "a bad time": (["nu", "", 0, 3, 1], "timestamp"),
}


@pytest.mark.parametrize("kind", BROKEN_VOTES)
def test_a_broken_vote_is_told_with_its_line_and_the_rest_counts(kind: str, tmp_path: Path) -> None:
    row, reason = BROKEN_VOTES[kind]
    _, conversation, stored = imported(written(tmp_path / "plein", votes=[*VOTES, row]))
    assert stored.stances == 5
    (problem,) = conversation.problems
    assert (problem.file, problem.line) == ("votes.csv", 8)
    assert reason in problem.reason


def with_lines(folder: Path, *lines: bytes) -> Path:
    """The ordinary folder, with raw lines before the last statement."""
    path = written(folder) / "comments.csv"
    head, last = path.read_bytes().rstrip(b"\r\n").rsplit(b"\r\n", 1)
    path.write_bytes(b"\r\n".join([head, *lines, last]) + b"\r\n")
    return folder


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'1500000000000,9,7,0,0,1,"nooit gesloten', "quotes"),
        (b'1500000000000,9,7,0,0,1,"dicht" en door', "quotes"),
        (b"1500000000000,9,7,0,0,1,Caf\xe9 in Latin-1", "UTF-8"),
    ],
)
def test_bad_quotes_and_bad_bytes_cost_one_row(line: bytes, reason: str, tmp_path: Path) -> None:
    room, conversation, _ = imported(with_lines(tmp_path / "plein", line))
    assert len(messages(room)) == 3
    (problem,) = conversation.problems
    assert problem.line == 5
    assert reason in problem.reason


def test_a_stray_quote_that_closes_further_on_takes_no_row_with_it(tmp_path: Path) -> None:
    lines = (b'1500000000000,8,7,0,0,1,"open', b'1500000000000,9,7,0,0,1,"",dicht')
    room, conversation, _ = imported(with_lines(tmp_path / "plein", *lines))
    assert [m.body for m in messages(room)][-1] == "Koop mijn spullen"
    assert {problem.line for problem in conversation.problems} == {5, 6}


def test_a_missing_column_says_which_and_imports_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path / "plein", comments=[["timestamp", "comment-id"], [DAY, 1]])
    with pytest.raises(BadFile, match="author-id, comment-body"):
        polis.read(folder, now=now())


@pytest.mark.parametrize("missing", ["votes", "summary"])
def test_without_votes_or_summary_the_statements_are_loaded(missing: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "plein")
    (folder / f"{missing}.csv").unlink()
    room, conversation, _ = imported(folder)
    assert len(messages(room)) == 3
    assert [problem.file for problem in conversation.problems] == [f"{missing}.csv"]


def test_the_command_counts_and_explains(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = written(tmp_path / "plein", votes=[*VOTES, [DAY, "", 99, 3, 1]])
    words = ["import", "polis", str(broken), "--room", "plein"]
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert "3 messages (1 hidden), 5 stances and 3 residents are new in /r/plein/" in out
    assert "1 rows were left out" in out
    assert "1 of 3 statements have other counts in the file itself" in out  # 0: three agrees
    assert "votes.csv:8: statement 99" in err
    assert main([*words, "--strict"]) == 1


@pytest.mark.parametrize("remove", ["comments.csv", None])
def test_the_command_says_what_file_is_missing(
    remove: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "plein"
    if remove:
        (written(folder) / remove).unlink()
    before = everything()
    assert main(["import", "polis", str(folder), "--room", "plein"]) == 2
    assert str(folder) in capsys.readouterr().err
    assert everything() == before


def test_an_address_that_can_not_be_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "plein")
    before = everything()
    assert main(["import", "polis", str(folder), "--room", "geen adres"]) == 2
    assert "adres" in capsys.readouterr().err
    assert everything() == before
