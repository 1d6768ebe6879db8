"""A conversation played live against the real server, which may be killed meanwhile."""

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from os import environ
from pathlib import Path

import pytest

from deliberation.config.replay.programme import by_resident, programme
from rooms.importing.conversation import Conversation, Statement, Vote
from tests.serving import Site, site

START = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)
PEOPLE, MESSAGES = 12, 60


def a_conversation() -> Conversation:
    """Two threads, a reply, a rejected message, votes with and without a time."""

    def said(id: str, minutes: float, **fields: object) -> Statement:
        at = START + timedelta(minutes=minutes)
        return Statement(id, f"p{id}", at, f"Bericht {id}", 1, **fields)  # type: ignore[arg-type]

    found = Conversation("polis", "x", "comments.csv", "Plein", question="Wat moet er?")
    found.statements = [
        said("1", 0),
        said("2", 10, reply_to="1"),
        said("3", 20, thread="Iets anders", kind="idea"),
        said("4", 30, rejected=True),
        said("5", 40, reply_to="4"),
    ]
    found.votes = {
        "1": {
            "v": Vote("1", "v", "agree", START + timedelta(minutes=5)),
            "w": Vote("1", "w", "unsure"),
        },
        "4": {"v": Vote("4", "v", "agree")},
    }
    return found


def test_the_programme_is_in_order_and_as_much_faster_as_asked() -> None:
    cues = programme(a_conversation(), speed=60)
    said = [(cue.after, cue.statement) for cue in cues if cue.stance is None]
    assert said == [(0, "1"), (10, "2"), (20, "3"), (40, "5")]
    assert [cue.after for cue in cues] == sorted(cue.after for cue in cues)
    timed = next(cue for cue in cues if cue.by == "v")
    assert (timed.after, timed.stance) == (5, "agree")


def test_the_first_message_of_a_thread_opens_it() -> None:
    cues = programme(a_conversation(), speed=1, stances=False)
    opens = {cue.statement: (cue.thread, cue.opens) for cue in cues}
    assert opens["1"] == ("Wat moet er?", "question")
    assert opens["2"] == ("Wat moet er?", None)
    assert opens["3"] == ("Iets anders", "idea")


def test_what_was_rejected_is_not_played_nor_answered() -> None:
    cues = programme(a_conversation(), speed=1)
    assert "4" not in {cue.statement for cue in cues}
    assert next(cue for cue in cues if cue.statement == "5").reply_to == ""


def test_a_vote_without_a_time_falls_after_its_message_and_always_at_the_same_moment() -> None:
    first, again = (
        next(cue for cue in programme(a_conversation(), speed=60) if cue.by == "w")
        for _ in range(2)
    )
    assert first == again
    assert 0 < first.after <= 40


def test_messages_alone_are_played_where_that_is_asked() -> None:
    cues = programme(a_conversation(), speed=1, stances=False)
    assert all(cue.stance is None for cue in cues)
    assert set(by_resident(cues)) == {"p1", "p2", "p3", "p5"}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Site]:
    folder = tmp_path / "site"
    folder.mkdir()
    with site(folder, environment={"DELIBERATION_RATE_LIMITS": "off"}) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty messages of twelve people in two minutes, each with three votes."""
    found = tmp_path / "buurt"
    found.mkdir()
    at = int(START.timestamp() * 1000)
    comments: list[list[object]] = [["timestamp", "comment-id", "author-id", "comment-body"]]
    comments += [[at + n * 2000, n, n % PEOPLE, f"Bericht {n}"] for n in range(MESSAGES)]
    votes: list[list[object]] = [["timestamp", "comment-id", "voter-id", "vote"]]
    votes += [
        [at + n * 2000 + 500 * v, n, (n + v) % PEOPLE, v - 1]
        for n in range(MESSAGES)
        for v in range(3)
    ]
    for name, rows in {"comments": comments, "votes": votes}.items():
        with (found / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    return found


STORED = """
from rooms.models import Message, Stance, Room
from deliberation.eventlog.models import Event
room = Room.objects.get(slug="buurt")
numbers = list(Event.objects.filter(stream__name=room.public_stream).order_by("seq")
    .values_list("seq", flat=True))
print(room.messages.count(), room.messages.values("body").distinct().count(),
    Stance.objects.count(), room.threads.count(), numbers == list(range(1, len(numbers) + 1)))
from django.contrib.sessions.models import Session
print(Session.objects.count())
"""


def replayed(running: Site, folder: Path, speed: int) -> "subprocess.Popen[str]":
    words = ["replay", str(folder), "--room", "buurt", "--url", running.url]
    return subprocess.Popen(
        [sys.executable, "-m", "deliberation", *words, "--speed", str(speed)],
        env={**environ, **running.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.live
def test_all_is_posted_once_and_no_session_stays(running: Site, folder: Path) -> None:
    playing = replayed(running, folder, speed=60)
    out, err = playing.communicate(timeout=120)
    assert playing.returncode == 0, err
    assert f"{MESSAGES} messages (1 opened a thread) and {3 * MESSAGES} stances acknowledged" in out
    assert running.script(STORED).split() == ["60", "60", "180", "1", "True", "0"]


@pytest.mark.live
def test_a_server_that_is_killed_meanwhile_loses_and_doubles_nothing(
    running: Site, folder: Path
) -> None:
    playing = replayed(running, folder, speed=15)
    while _count(running) == 0:
        assert playing.poll() is None
    for _ in range(3):
        running.process.kill()
        running.process.start()
    out, err = playing.communicate(timeout=180)
    assert playing.returncode == 0, err
    again = re.search(r"(\d+) commands sent again", out)
    assert again is not None
    assert int(again[1]) > 0
    assert running.script(STORED).split() == ["60", "60", "180", "1", "True", "0"]


def _count(running: Site) -> int:
    said = running.script("from rooms.models import Message; print(Message.objects.count())")
    return int(said)


@pytest.mark.live
def test_without_a_server_nothing_is_made(running: Site, folder: Path) -> None:
    running.process.kill()
    playing = replayed(running, folder, speed=60)
    _, err = playing.communicate(timeout=60)
    assert playing.returncode == 2
    assert "no server answers" in err
    assert running.script("from rooms.models import Room; print(Room.objects.count())") == "0\n"
