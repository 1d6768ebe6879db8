"""What the computer does is told in full, and is what was measured."""

import json
from typing import Any

import pytest

from bench.summary import published
from deliberation.agenda import algorithm
from deliberation.engine import Parameters
from tests.browsing import browser, evening, words

pytestmark = pytest.mark.django_db
__all__ = ["evening"]
# Of the register's standard; `publication_category` and what follows are filled in as well.
FIELDS = [
    "name",
    "organization",
    "description_short",
    "status",
    "publication_category",
    "contact",
    "goal",
    "proportionality",
    "human_intervention",
    "risks",
    "lawful_basis",
    "impacttoetsen",
    "source_data",
    "methods_and_models",
    "provider",
    "publiccode",
]


def test_every_field_of_the_register_is_filled_in() -> None:
    fields = [*algorithm.general(), *algorithm.responsible(), *algorithm.working()]
    assert [field.key for field in fields] == FIELDS
    assert all(text.strip() for field in fields for text in field.text)


def test_every_parameter_is_there_with_what_it_does() -> None:
    told = {one.name: one for one in algorithm.parameters()}
    assert set(told) == set(Parameters().__struct_fields__) - {"version"}
    assert [name for name, one in told.items() if not one.what] == []
    assert told["loyal"].value == str(Parameters().loyal)


def test_the_page_says_whether_it_is_on(settings: Any) -> None:
    assert "The summary is on." in words(browser().get("/algoritme/"))
    settings.SUMMARY = False
    page = words(browser().get("/algoritme/"))
    assert "The summary is switched off." in page
    assert "Status Switched off" in page


def test_it_is_there_for_programs() -> None:
    answer = browser().get("/algoritme.json")
    told = json.loads(answer.content)
    assert set(FIELDS) <= set(told)
    assert told["on"] is True
    assert told["known_error"] == algorithm.known_error()


def test_it_tells_the_newest_measurement() -> None:
    newest = published.newest_result()
    assert newest is not None, "run make bench-summary with BENCH_DATA"
    assert published.published(newest) == algorithm.known_error()


def test_the_error_is_of_the_rules_that_are_in_use() -> None:
    assert algorithm.known_error()["engine"] == Parameters().version
