"""Asking for an answer: who owes it, who decides, by when, and a later day only with a reason."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from deliberation.agenda import deadlines
from deliberation.agenda.models import Extension, Need, NeedState
from deliberation.agenda.services.asking import need_ask, need_assign, need_extend
from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.agenda.doing import do, quietly, refused, told
from tests.agenda.given import a_need, move
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 1)


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def need(room: Room) -> Need:
    return a_need(room)


@pytest.fixture
def asked(need: Need) -> Need:
    do(need_ask, by=given.a_manager(), need=need.pk, body="staff")
    return now(need)


def now(need: Need) -> Need:
    return Need.objects.get(pk=need.pk)


def test_a_manager_asks_and_the_date_is_explained(room: Room, need: Need) -> None:
    olaf = given.an_official()
    fields = {"need": need.kenmerk, "body": "executive", "owner": olaf.pk}
    told(need_ask, room, by=given.a_manager(), kinds=["need.asked"], **fields)
    found = now(need)
    assert (found.owner, found.body, found.asked_at) == (olaf, "executive", EVENING)
    assert found.asked_by_support_at is None
    due = deadlines.from_stored(found.due)
    assert due is not None
    assert (due.on, due.asked_on, due.days) == (found.due_on, EVENING.date(), 30)
    assert [one.name for one in due.named] == ["Goede vrijdag", "Tweede paasdag"]


def test_the_day_it_is_asked_is_that_of_the_municipality(need: Need) -> None:
    late = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)  # half past midnight there, summer time
    do(need_ask, by=given.a_manager(), need=need.pk, body="staff", at=late)
    assert now(need).due["asked_on"] == "2026-03-30"


def test_only_who_answers_for_the_municipality_can_own_an_answer(room: Room, need: Need) -> None:
    gone = given.an_official("Weg")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    for person in (given.a_resident().pk, given.a_manager().pk, gone.pk, 10**9):
        fields = {"need": need.pk, "body": "staff", "owner": person}
        refused(need_ask, "no_official", room, by=given.a_manager(), **fields)
    refused(need_ask, "no_body", room, by=given.a_manager(), need=need.pk, body="mayor")


def test_what_is_asked_already_is_not_asked_again(room: Room, asked: Need) -> None:
    refused(need_ask, "no_step", room, by=given.a_manager(), need=asked.pk, body="council")


def test_what_was_closed_and_is_asked_anew_gets_a_new_date(asked: Need) -> None:
    move(asked, NeedState.CLOSED, NeedState.ON_AGENDA)
    again = EVENING + timedelta(days=100)
    do(need_ask, by=given.a_manager(), need=asked.pk, body="staff", at=again)
    assert now(asked).due["asked_on"] == str(again.date())


def test_an_owner_is_chosen_and_the_date_stays_also_when_another_body_decides(
    asked: Need,
) -> None:
    olaf, due = given.an_official(), asked.due_on
    quietly(need_assign, by=olaf, need=asked.pk, owner=olaf.pk, body="council")
    assert (now(asked).owner, now(asked).body, now(asked).due_on) == (olaf, "council", due)
    quietly(need_assign, by=given.a_manager(), need=asked.pk, owner=None)
    assert (now(asked).owner, now(asked).body) == (None, "council")


def test_a_later_day_comes_with_a_reason_for_everyone(room: Room, asked: Need) -> None:
    fields = {"need": asked.pk, "until": LATER, "reason": "Er komt eerst  een onderzoek."}
    told(need_extend, room, by=given.an_official(), kinds=["need.changed"], **fields)
    found = Extension.objects.get()
    assert (found.old_due, found.new_due) == (asked.due_on, LATER)
    assert found.reason == "Er komt eerst een onderzoek."
    assert now(asked).due_on == LATER
    assert now(asked).due == asked.due  # how the first day was computed stays to be read


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "empty"),
        ({"reason": "a" * 501}, "too_long"),
        ({"until": date(2026, 3, 30)}, "not_later"),  # the day it is
        ({"until": date(2026, 3, 3)}, "not_later"),
        ({"until": date(2027, 3, 4)}, "too_late"),
    ],
)
def test_no_later_day_without_a_reason_or_for_no_better_day(
    room: Room, asked: Need, change: dict[str, Any], code: str
) -> None:
    fields = {"need": asked.pk, "until": LATER, "reason": "Onderzoek."} | change
    refused(need_extend, code, room, by=given.an_official(), **fields)


def test_a_late_answer_is_not_given_a_day_that_has_passed_too(room: Room, asked: Need) -> None:
    late = EVENING + timedelta(days=60)
    fields = {"need": asked.pk, "until": date(2026, 4, 20), "reason": "Druk.", "at": late}
    refused(need_extend, "not_later", room, by=given.an_official(), **fields)


def test_no_date_moves_where_no_answer_is_owed(room: Room, need: Need) -> None:
    fields = {"need": need.pk, "until": LATER, "reason": "Onderzoek."}
    refused(need_extend, "wrong_state", room, by=given.an_official(), **fields)
