"""Needs that are one, and needs that are two."""

import pytest

from deliberation.agenda.models import (
    Contest,
    Follow,
    Need,
    NeedState,
    Suggestion,
    Support,
    Wording,
)
from deliberation.agenda.selectors import need_views
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.merging import need_merge
from deliberation.agenda.services.splitting import need_split
from tests import given
from tests.agenda.doing import do, quietly, refused, told
from tests.agenda.given import BODIES, a_need, a_suggestion, quote, said, support
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db


def test_everything_moves_to_the_need_that_stays() -> None:
    room, mieke = given.a_room(), given.a_manager()
    fatima, olaf = given.a_resident("Fatima"), given.a_resident("Olaf")
    need, goal = a_need(room, said(room, ["Een zebrapad."])), a_need(room, said(room))
    support(need, fatima, olaf)
    support(goal, olaf)
    Follow.objects.create(need=need, person=fatima, at=EVENING)
    Contest.objects.create(need=need, kind="missing", words="En de stoep?", at=EVENING)
    kinds = ["need.closed", "need.changed"]
    told(need_merge, room, by=mieke, kinds=kinds, needs=[need.pk], into=goal.pk)
    assert (goal.evidence.count(), goal.follows.count(), goal.contests.count()) == (4, 1, 1)
    assert set(goal.supports.values_list("person", flat=True)) == {fatima.pk, olaf.pk}
    (view,) = need_views(room.neighbourhood_id)
    assert (view.id, view.people, view.support) == (goal.pk, 4, 2)


def test_what_went_into_another_says_where_to() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need, goal = a_need(room), a_need(room)
    do(need_merge, by=mieke, needs=[need.pk], into=goal.pk)
    need.refresh_from_db()
    assert (need.state, need.merged_into) == (NeedState.CLOSED, goal)
    assert need.moves.last().reason == f"Samengevoegd met {goal.kenmerk}."  # type: ignore[union-attr]


def test_two_suggestions_become_one_and_nobody_is_told() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need, goal = a_suggestion(room), a_suggestion(room)
    quietly(need_merge, by=mieke, needs=[need.pk], into=goal.pk)
    assert Suggestion.objects.get(state=Suggestion.State.OPEN).need == goal


def test_what_is_owed_an_answer_stays() -> None:
    room = given.a_room()
    need, goal = a_need(room, state=NeedState.ASKED), a_need(room)
    wanted = {"needs": [need.pk], "into": goal.pk}
    said_no = refused(need_merge, "merge_other_way", room, by=given.a_manager(), **wanted)
    assert said_no.values == {"need": need.kenmerk}


@pytest.mark.parametrize("code", ["same_need", "wrong_state"])
def test_with_itself_or_with_what_is_closed_nothing_merges(code: str) -> None:
    room = given.a_room()
    need = a_need(room)
    goal = need if code == "same_need" else a_need(room, state=NeedState.CLOSED)
    refused(need_merge, code, room, by=given.a_manager(), needs=[need.pk], into=goal.pk)


def test_supporters_of_both_can_be_enough_to_ask() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need, goal = a_need(room), a_need(room)
    threads = [given.a_thread(room) for _ in range(3)]
    for number in range(30):
        Support.objects.create(
            need=need if number % 2 else goal,
            person=given.a_resident(f"Buur {number}"),
            thread=threads[number % 3],
            at=EVENING,
        )
    kinds = ["need.closed", "need.asked"]
    told(need_merge, room, by=mieke, kinds=kinds, needs=[need.pk], into=goal.pk)
    assert Need.objects.get(pk=goal.pk).state == NeedState.ASKED


def test_a_part_becomes_a_need_of_its_own_in_the_words_of_its_message() -> None:
    room, mieke = given.a_room(), given.a_manager()
    parts = said(room)
    need = a_need(room, parts, summary=[quote(parts[1])])
    wanted = {"need": need.pk, "messages": [parts[2].pk]}
    kinds = ["need.changed", "need.listed"]
    made = told(need_split, room, by=mieke, kinds=kinds, **wanted)
    assert titles([need.pk, made.pk]) == {need.pk: BODIES[0], made.pk: BODIES[2]}
    assert (made.state, made.wording) == (NeedState.ON_AGENDA, Wording.RESIDENTS)
    assert (need.evidence.count(), made.evidence.count()) == (2, 1)


def test_what_is_split_off_a_suggestion_waits_to_be_decided_on() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_suggestion(room, on=(parts := said(room)))
    made = quietly(need_split, by=mieke, need=need.pk, messages=[parts[2].pk])
    assert made.state == NeedState.SUGGESTED
    assert Suggestion.objects.filter(need=made, state=Suggestion.State.OPEN).exists()


@pytest.mark.parametrize("chosen", [0, 3])
def test_a_need_is_not_split_into_nothing(chosen: int) -> None:
    room = given.a_room()
    need = a_need(room, parts := said(room))
    wanted = {"need": need.pk, "messages": [one.pk for one in parts[:chosen]]}
    refused(need_split, "no_source", room, by=given.a_manager(), **wanted)
