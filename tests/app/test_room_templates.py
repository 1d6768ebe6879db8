"""A room taken along as a file, and a new one made from it."""

import json
from typing import Any

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from deliberation.config.environment import ROOT
from rooms.interchange import FIELDS
from rooms.models import Room
from tests import given
from tests.browsing import browser, evening, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
GOOD = {"schema": "deliberation/room-template", "version": 1, "fields": {"title": "De straat"}}


def upload(content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("kamer.json", content, "application/json")
    return browser(given.a_manager()).post("/beheer/rooms/import", {"template": file})


def test_a_room_comes_back_as_it_was_taken_along_without_names() -> None:
    room = given.a_room("kade")
    taken = browser(given.a_manager()).get("/beheer/r/kade/template.json")
    schema = json.loads((ROOT / "docs/room-template.schema.json").read_text())
    jsonschema.validate(taken.json(), schema)
    assert room.charter.moderators not in taken.content.decode()
    initial = upload(taken.content).context["form"].initial
    sources: dict[str, Any] = {"title": room, "introduction": room}
    for name in FIELDS:
        assert initial[name] == getattr(sources.get(name, room.charter), name)
    assert Room.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is no template of a room. Choose a file that ends in .json."),
        (b"[" * 50_000, "This file is no template of a room."),
        (b"\xff\xfe", "This file is no template of a room."),
        (b"[]", "This file is no template of a room."),
        (b"{}", "This file is no template of a room."),
        (b" " * 200_000, "This file is no template of a room."),
        (
            json.dumps(GOOD | {"version": 2}).encode(),
            "This template has version 2; this site",
        ),
        (json.dumps(GOOD | {"fields": []}).encode(), "There is nothing in this template."),
        (json.dumps(GOOD | {"fields": {"colour": "red"}}).encode(), "a field “colour”"),
        (json.dumps(GOOD | {"fields": {"title": 7}}).encode(), "says in “title” can't be used"),
        (json.dumps(GOOD | {"fields": {"influence": "all"}}).encode(), "says in “influence”"),
        (json.dumps(GOOD | {"fields": {"title": "x" * 5001}}).encode(), "says in “title”"),
    ],
)
def test_what_is_no_template_is_refused_in_words(content: bytes, said: str) -> None:
    page = upload(content)
    assert page.status_code == 422
    assert said in words(page)
    assert not Room.objects.exists()


def test_only_managers_take_rooms_along() -> None:
    given.a_room("kade")
    for person in (given.a_resident(), given.an_official()):
        assert browser(person).get("/beheer/r/kade/template.json").status_code == 403
