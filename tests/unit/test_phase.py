"""The phase of a conversation: the same on the server and in the page, by the same cases."""

import json
from typing import Any, get_args

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from deliberation.config.environment import ROOT
from deliberation.protocol.shapes import NeedView, ThreadView
from rooms.phase import Phase, phase_of
from tests.fakes import EVENING

TOLD: dict[str, Any] = json.loads((ROOT / "tests/fixtures/phases.json").read_text())


def a_thread(state: Any = "open") -> ThreadView:
    return ThreadView(id=7, title="Bankje", kind="need", opened_at=EVENING, state=state)


def a_need(state: Any, *threads: int) -> NeedView:
    return NeedView(id=1, kenmerk="KAD-1", title="Een bankje", state=state, threads=[*threads])


@pytest.mark.parametrize("case", TOLD["cases"], ids=lambda case: case["name"])
def test_each_case_has_its_phase(case: dict[str, Any]) -> None:
    needs = [a_need(state, 7) for state in case["needs"]]
    assert phase_of(a_thread(case["thread"]), needs) == case["phase"]


def test_needs_of_other_conversations_say_nothing() -> None:
    assert phase_of(a_thread(), [a_need("asked", 6, 8)]) == "open"
    assert phase_of(a_thread(), [a_need("asked", 6, 7)]) == "asked"


@pytest.mark.parametrize("phase", get_args(Phase))
def test_each_phase_is_said_as_in_the_page(phase: str) -> None:
    with translation.override("en"):
        said = render_to_string("rooms/_phase.html", {"phase": phase})
    assert said.strip() == TOLD["says"][phase]
