"""Closing and reopening."""

import pytest

from deliberation.agenda.models import Need, NeedState, Suggestion
from deliberation.agenda.services.closing import need_close, need_reopen
from deliberation.agenda.services.merging import need_merge
from tests import given
from tests.agenda.doing import do, quietly, refused, told
from tests.agenda.given import a_need, a_suggestion

pytestmark = pytest.mark.django_db
WHY = {"reason": "Het ligt er al."}


@pytest.mark.parametrize("state", [NeedState.ON_AGENDA, NeedState.ASKED, NeedState.UNDER_WAY])
def test_a_closed_need_comes_back_where_it_was(state: NeedState) -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, state=state)
    kenmerk = need.kenmerk
    told(need_close, room, by=mieke, kinds=["need.closed"], need=need.pk, **WHY)
    kind = {"asked": "need.asked", "under_way": "need.progressed"}.get(state, "need.listed")
    told(need_reopen, room, by=mieke, kinds=[kind], need=need.pk, reason="Toch niet.")
    need.refresh_from_db()
    assert (need.state, need.kenmerk) == (state, kenmerk)
    assert [move.reason for move in need.moves.all()][-2:] == ["Het ligt er al.", "Toch niet."]


def test_a_suggestion_that_was_closed_waits_again_once_reopened() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_suggestion(room)
    quietly(need_close, by=mieke, need=need.pk, **WHY)
    assert Suggestion.objects.get().state == Suggestion.State.DISMISSED
    quietly(need_reopen, by=mieke, need=need.pk, **WHY)
    assert Suggestion.objects.get().state == Suggestion.State.OPEN


def test_a_reason_is_required() -> None:
    room = given.a_room()
    need = a_need(room)
    refused(need_close, "empty", room, by=given.a_manager(), need=need.pk, reason="")


def test_twice_is_refused_in_words() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room)
    do(need_close, by=mieke, need=need.pk, **WHY)
    refused(need_close, "no_step", room, by=mieke, need=need.pk, **WHY)


def test_what_was_merged_is_not_reopened_without_its_messages() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need, goal = a_need(room), a_need(room)
    do(need_merge, by=mieke, needs=[need.pk], into=goal.pk)
    refused(need_reopen, "merged", room, by=mieke, need=need.pk, **WHY)
    assert Need.objects.get(pk=need.pk).merged_into == goal
