"""JSON lines become a conversation, by the same rules."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deliberation.__main__ import main
from deliberation.kernel.clock import now
from deliberation.people.models import Person
from rooms.importing import jsonl
from rooms.importing.conversation import BadFile, Conversation
from rooms.importing.place import room_of
from rooms.importing.store import Stored, store
from rooms.models import Message, Room
from tests.verify import everything

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Europe/Amsterdam")
FIRST = {"id": 1, "author": "jan", "time": "2024-05-01T10:00:00+02:00", "text": "Hallo allemaal"}
ANSWER = {"id": "b", "author": "piet", "time": "2024-05-01T10:05", "text": "Dag!", "reply_to": 1}
VOTED = FIRST | {"votes": {"piet": 1, "kees": -1, "an": 0}}


def read(*lines: object, room: str = "plein") -> Conversation:
    rows = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    data = "\n".join(rows).encode("utf-8", "surrogateescape")
    return jsonl.read(data, room=room, file="praat.jsonl", title="", now=now(), zone=ZONE)


def imported(*lines: object, slug: str = "plein") -> tuple[list[Message], Stored, Conversation]:
    conversation = read(*lines, room=slug)
    room = room_of(conversation, slug, neighbourhood="", at=now())
    stored = store(conversation, room, at=now())
    return list(room.messages.order_by("seq")), stored, conversation


def test_lines_become_messages_replies_and_stances() -> None:
    (first, answer), stored, _ = imported(ANSWER, VOTED)
    assert [first.body, answer.body] == ["Hallo allemaal", "Dag!"]
    assert answer.reply_to == first
    assert first.at == datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
    assert answer.at == datetime(2024, 5, 1, 8, 5, tzinfo=UTC)  # no zone: the site's own
    assert (first.agree, first.disagree, first.unsure) == (1, 1, 1)
    assert (stored.messages, stored.stances, stored.people) == (2, 3, 4)


def test_names_of_authors_are_kept_nowhere() -> None:
    imported(FIRST | {"author": "Jan de Vries"})
    assert "Vries" not in json.dumps(everything(), default=str)


def test_each_title_is_a_thread_of_its_kind() -> None:
    imported(
        FIRST | {"thread": "Het plein", "kind": "idea"},
        FIRST | {"id": 2, "thread": "Het plein"},
        FIRST | {"id": 3, "thread": 12},
        FIRST | {"id": 4},
    )
    threads = Room.objects.get(slug="plein").threads.all()
    assert [(t.title, t.kind, t.message_count) for t in threads] == [
        ("Het plein", "idea", 2),
        ("Gesprek 12", "question", 1),
        ("praat", "question", 1),
    ]


def test_running_it_twice_changes_nothing() -> None:
    lines = (VOTED, ANSWER, FIRST | {"id": 3, "thread": "Het plein"})
    imported(*lines)
    before = everything()
    _, again, _ = imported(*lines)
    assert everything() == before
    assert again.known == 3


def test_another_file_with_the_same_ids_loses_nothing() -> None:
    imported(FIRST)
    found, _, _ = imported(FIRST | {"text": "Iets heel anders"})
    assert [message.body for message in found] == ["Hallo allemaal", "Iets heel anders"]
    assert Person.objects.filter(source__startswith="jsonl:").count() == 1


@pytest.mark.parametrize(
    ("time", "at"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (1_714_550_400, datetime(2024, 5, 1, 8, 0, tzinfo=UTC)),
        (1_714_550_400_000, datetime(2024, 5, 1, 8, 0, tzinfo=UTC)),
        ("2024-05-01", datetime(2024, 4, 30, 22, 0, tzinfo=UTC)),
        ("2024-05-01T08:00:00Z", datetime(2024, 5, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_times_are_iso_8601_or_numbers_since_1970(time: object, at: datetime) -> None:
    assert read(FIRST | {"time": time}).statements[0].at == at


BROKEN = {
    "no JSON": ("{kapot", "no JSON"),
    "no object": ("[1, 2]", "no JSON object"),
    "nested without end": ("[" * 100_000, "no JSON"),
    "bytes that are no text": ('{"id": "\udcff"}', "UTF-8"),
    "no text": (FIRST | {"id": 9, "text": None}, "text is missing"),
    "empty text": (FIRST | {"id": 9, "text": "\u200b"}, "empty"),
    "too much text": (FIRST | {"id": 9, "text": "x" * 2001}, "2001 characters"),
    "no id": ({"author": "a", "time": 0, "text": "Hoi"}, "id is missing"),
    "an id that is taken": (FIRST, "also the id of line 1"),
    "an author that is a list": (FIRST | {"id": 9, "author": ["x"]}, "author is missing"),
    "no time": ({"id": 9, "author": "a", "text": "Hoi"}, "time is missing"),
    "a time in words": (FIRST | {"id": 9, "time": "gisteren"}, "not ISO 8601"),
    "a time without end": ('{"id": 9, "author": "a", "text": "Hoi", "time": Infinity}', "no time"),
    "a time that has not come yet": (FIRST | {"id": 9, "time": "2999-01-01"}, "not come yet"),
    "a time before all calendars": (FIRST | {"id": 9, "time": "0001-01-01"}, "before 1970"),
    "an unknown kind": (FIRST | {"id": 9, "kind": "klacht"}, "kind is one of"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_line_is_told_with_its_number_and_the_rest_is_loaded(kind: str) -> None:
    line, reason = BROKEN[kind]
    found, _, conversation = imported(FIRST, "", line, ANSWER)
    assert [message.body for message in found] == ["Hallo allemaal", "Dag!"]
    (problem,) = conversation.problems
    assert (problem.file, problem.line) == ("praat.jsonl", 3)
    assert reason in problem.reason


@pytest.mark.parametrize("votes", [{"piet": 2}, {"piet": None}, {"": 1}, [1], {"piet": [1]}])
def test_a_broken_vote_is_told_and_its_message_is_loaded(votes: object) -> None:
    found, stored, conversation = imported(FIRST | {"votes": votes})
    assert len(found) == 1
    assert stored.stances == 0
    assert [problem.line for problem in conversation.problems] == [1]


def test_a_reply_to_nothing_is_told_and_stands_alone() -> None:
    found, stored, _ = imported(FIRST, ANSWER | {"reply_to": "weg"})
    assert found[1].reply_to is None
    assert [problem.line for problem in stored.problems] == [2]


def test_a_file_without_a_single_good_line_imports_nothing() -> None:
    with pytest.raises(BadFile):
        read("{kapot", "")


def test_the_command_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = io.TextIOWrapper(io.BytesIO(json.dumps(FIRST).encode()))
    monkeypatch.setattr("sys.stdin", data)
    assert main(["import", "jsonl", "-", "--room", "plein", "--title", "Uit de buis"]) == 0
    assert "1 messages (0 hidden)" in capsys.readouterr().out
    assert Room.objects.get(slug="plein").threads.get().title == "Uit de buis"


def test_the_command_reads_a_file_and_tells_what_it_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "praat.jsonl"
    path.write_text(f"{json.dumps(FIRST)}\n{{kapot\n", "utf-8")
    assert main(["import", "jsonl", str(path), "--room", "plein"]) == 0
    assert "praat.jsonl:2: this line is no JSON" in capsys.readouterr().err
    assert main(["import", "jsonl", str(path), "--room", "plein", "--strict"]) == 1
    assert main(["import", "jsonl", str(tmp_path / "weg.jsonl"), "--room", "plein"]) == 2
