"""The stories both folds have to get right, and that none is missing."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from deliberation.protocol.events import AnyEvent
from deliberation.protocol.replies import FromServer, PollNow, TallyNow
from deliberation.protocol.shapes import Snapshot
from tests.verify import fold

from .wire import EVENTS
from .write_fixtures import FOLDER, fresh_files

FILES = sorted(FOLDER.glob("*.json"))


class Written(msgspec.Struct, forbid_unknown_fields=True):
    """A file as both sides read it."""

    name: str
    before: Snapshot
    events: list[AnyEvent | TallyNow | PollNow]
    after: Snapshot


def read(path: Path) -> Written:
    return msgspec.json.decode(path.read_bytes(), type=Written)


def frames() -> Iterator[dict[str, object]]:
    for path in FILES:
        yield from json.loads(path.read_text())["events"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_fold_gets_from_before_to_after(path: Path) -> None:
    story = read(path)
    assert story.name == path.stem
    assert story.events
    assert fold(story.before, story.events) == story.after


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_fold_leaves_what_it_starts_from_alone(path: Path) -> None:
    story, again = read(path), read(path)
    fold(story.before, story.events)
    assert story.before == again.before


def test_every_kind_of_event_is_told_in_some_story() -> None:
    assert {frame["type"] for frame in frames()} == set(EVENTS) | {"tally", "poll"}


def test_every_event_is_a_frame_of_the_server() -> None:
    decoder = msgspec.json.Decoder(FromServer)
    for frame in frames():
        decoder.decode(json.dumps(frame))


@pytest.mark.django_db
def test_the_files_are_what_the_services_say_today() -> None:
    """When not: python -m tests.contract.write_fixtures"""
    files = fresh_files()
    assert {path.name for path in FILES} == set(files)
    for path in FILES:
        assert path.read_text(encoding="utf-8") == files[path.name], path.name
