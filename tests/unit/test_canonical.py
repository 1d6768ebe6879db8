"""One value has one way to be written."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from deliberation.kernel import canonical
from tests.fakes import EVENING

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(some.characters(codec="utf-8")),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(max_size=5), inner),
    max_leaves=20,
)


def test_keys_stand_in_order_without_space_and_letters_stay_as_they_are() -> None:
    assert canonical.text({"b": [1, None], "a": "één"}) == '{"a":"één","b":[1,null]}'


def test_the_order_in_which_a_thing_was_made_does_not_matter() -> None:
    assert canonical.digest({"a": 1, "b": 2}) == canonical.digest({"b": 2, "a": 1})


@given(VALUES)
def test_what_is_read_back_is_written_the_same(value: object) -> None:
    written = canonical.text({"it": value})
    assert canonical.text(json.loads(written)) == written


@pytest.mark.parametrize("wrong", [1.5, [0.1], {"a": float("nan")}, {1: "a"}, {"a": {1}}, EVENING])
def test_what_machines_write_differently_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        canonical.text(wrong)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError):
        canonical.text("\ud800")


def test_made_plain_a_fraction_a_day_and_a_time_are_text() -> None:
    value = {"part": 1.3, "on": date(2026, 3, 2), "at": EVENING, "more": (1, True)}
    assert canonical.plain(value) == {
        "part": "1.3",
        "on": "2026-03-02",
        "at": "2026-03-02T19:00:00+00:00",
        "more": [1, True],
    }
    assert datetime.fromisoformat(canonical.plain(EVENING)) == EVENING
