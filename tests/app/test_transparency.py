"""Decisions as the EU's transparency database takes them."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from deliberation.__main__ import main
from deliberation.people.models import Person
from moderation.grounds import OFFERED
from moderation.models import Decision
from moderation.services import message_hide, message_restore, person_ban
from moderation.transparency import statements
from moderation.transparency.statements import calls, restrictions
from rooms.models import Room
from rooms.privacy.erasing import erase
from tests import given
from tests.doing import do
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db
SITE = "https://buurt.test"
START, END = EVENING - timedelta(days=1), EVENING + timedelta(days=1)
SCHEMA = json.loads(Path(statements.__file__).with_name("schema.json").read_text())
VALID = Draft202012Validator(SCHEMA, format_checker=FormatChecker())


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager()


def hidden(room: Room, by: Person, ground: str = "insult") -> Decision:
    message = given.a_message(room, by=given.a_resident("Boos"))
    do(message_hide, by=by, room=room, message=message.pk, ground=ground, reason="Wat ik zag.")
    return Decision.objects.latest("pk")


def told() -> list[dict[str, Any]]:
    bodies = list(calls(restrictions(START, END), site=SITE))
    for body in bodies:
        VALID.validate(body)
    return [one for body in bodies for one in body["statements"]]


@pytest.mark.parametrize("ground", sorted(OFFERED))
def test_each_ground_makes_a_statement_that_is_taken(
    room: Room, mieke: Person, ground: str
) -> None:
    decision = hidden(room, mieke, ground)
    [one] = told()
    assert (one["puid"], one["decision_facts"]) == (str(decision.puid), "Wat ik zag.")
    assert one["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert ("illegal_content_legal_ground" in one) == bool(OFFERED[ground].law)


def test_a_ban_has_an_end(room: Room, mieke: Person) -> None:
    until = EVENING + timedelta(days=3)
    wanted = {"person": given.a_resident().pk, "ground": "spam", "reason": "Reclame."}
    do(person_ban, by=mieke, room=room, until=until, **wanted)
    [one] = told()
    assert one["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert one["end_date_service_restriction"] == until.date().isoformat()


def test_at_most_a_hundred_at_once_and_each_number_once(room: Room, mieke: Person) -> None:
    model = hidden(room, mieke)
    fields = ("act", "room", "message", "ground", "facts", "rules", "at", "by")
    same = {name: getattr(model, name) for name in fields}
    Decision.objects.bulk_create(Decision(**same) for _ in range(250))
    bodies = list(calls(restrictions(START, END), site=SITE))
    assert [len(body["statements"]) for body in bodies] == [100, 100, 51]
    assert len({one["puid"] for one in told()}) == 251


def test_what_was_erased_leaves_the_rule_and_no_words(room: Room, mieke: Person) -> None:
    author = hidden(room, mieke).person
    erase(actor=given.acting(author), at=EVENING)
    [one] = told()
    assert one["decision_facts"] == "In dit bericht wordt iemand uitgescholden."


def test_what_gives_something_back_is_no_statement(room: Room, mieke: Person) -> None:

    decision = hidden(room, mieke)
    do(message_restore, by=mieke, room=room, message=decision.message_id, reason="Mag.")
    assert len(told()) == 1


def _without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda one: {key: value for key, value in one.items() if key != name}


@pytest.mark.parametrize(
    "spoil",
    [
        *(_without(name) for name in ("puid", "category", "decision_facts", "decision_ground")),
        _without("decision_visibility"),
        lambda one: one | {"category": "STATEMENT_CATEGORY_UNKNOWN"},
        lambda one: one | {"application_date": "26-11-2026"},
        lambda one: one | {"decision_facts": "x" * 5001},
        lambda one: one | {"illegal_content_legal_ground": "Sr 137c"},
        lambda one: one | {"name": "Boos"},
    ],
)
def test_the_schema_finds_what_is_wrong(
    room: Room, mieke: Person, spoil: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    hidden(room, mieke)
    [one] = told()
    assert not VALID.is_valid({"statements": [spoil(one)]})


def test_the_command_writes_files_and_refuses_in_words(
    room: Room, mieke: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden(room, mieke)
    day, out = EVENING.date().isoformat(), tmp_path / "uit"
    asked = ["transparency", "--from", day, "--to", day]
    assert main([*asked, "--out", str(out)]) == 0
    assert "1 statements of reasons in 1 files" in capsys.readouterr().out
    VALID.validate(json.loads((out / "statements-001.json").read_text()))
    assert main([*asked, "--out", str(out)]) == 2
    assert "can't be written" in capsys.readouterr().err
    turned = ["transparency", "--from", day, "--to", "2020-01-01", "--out", str(tmp_path / "x")]
    assert main(turned) == 2
    assert "ends before it begins" in capsys.readouterr().err
