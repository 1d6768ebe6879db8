"""After the answer: work begins, gets further, is done; each step says what and when."""

from datetime import date
from typing import Any

import pytest

from deliberation.agenda.models import Milestone, Need, NeedNotice, NeedState
from deliberation.agenda.services.following import need_follow
from deliberation.agenda.services.progress import milestone_add, need_done, need_start
from rooms.models import Room
from tests import given
from tests.agenda.doing import do, refused, told
from tests.agenda.given import a_need
from tests.verify import listening

pytestmark = pytest.mark.django_db
STEP: dict[str, Any] = {"text": "De drempel is besteld.", "on": date(2026, 5, 1)}


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def need(room: Room) -> Need:
    return a_need(room, state=NeedState.ANSWERED)


def state(need: Need) -> str:
    return Need.objects.get(pk=need.pk).state


def test_work_begins_gets_further_and_is_done_and_who_follows_hears_each_once(
    room: Room, need: Need
) -> None:
    olaf, fatima = given.an_official(), given.a_resident()
    do(need_follow, by=fatima, need=need.pk)
    fields: dict[str, Any] = {"by": olaf, "kinds": ["need.progressed"], "need": need.kenmerk}
    told(milestone_add, room, **fields, **STEP)
    assert state(need) == NeedState.ANSWERED
    told(need_start, room, **fields, text="De straat ligt open.", on=date(2026, 5, 2))
    assert state(need) == NeedState.UNDER_WAY
    told(need_done, room, **fields, text="Klaar.", on=date(2026, 5, 9), link="https://kade.test/")
    assert state(need) == NeedState.DONE
    told(milestone_add, room, **fields, text="Het werkt goed.", on=date(2026, 9, 1))
    notices = NeedNotice.objects.filter(person=fatima, kind=NeedNotice.Kind.MILESTONE)
    made = list(Milestone.objects.order_by("pk").values_list("pk", flat=True))
    assert list(notices.order_by("pk").values_list("about", flat=True)) == made
    assert len(made) == 4


@pytest.mark.parametrize(
    ("change", "code"),
    [({"text": " "}, "empty"), ({"text": "a" * 501}, "too_long"), ({"link": "x"}, "no_link")],
)
def test_a_step_says_something(room: Room, need: Need, change: dict[str, Any], code: str) -> None:
    for service in (milestone_add, need_start, need_done):
        fields = {"need": need.pk, **STEP, **change}
        refused(service, code, room, by=given.an_official(), **fields)


def test_nothing_is_under_way_before_there_is_an_answer(room: Room) -> None:
    need = a_need(room, state=NeedState.ASKED)
    for service in (milestone_add, need_start, need_done):
        refused(service, "wrong_state", room, by=given.an_official(), need=need.pk, **STEP)


def test_what_is_done_does_not_begin_again(room: Room) -> None:
    need = a_need(room, state=NeedState.DONE)
    with listening() as heard:
        refused(need_start, "no_step", room, by=given.an_official(), need=need.pk, **STEP)
    assert not heard
