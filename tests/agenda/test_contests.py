"""Residents say that a need is not told right, and hear the answer."""

from typing import Any

import pytest

from deliberation.agenda.models import Contest, Need, NeedNotice
from deliberation.agenda.selectors.owed import owed
from deliberation.agenda.services.contests import contest_add, contest_answer
from rooms.models import Room
from tests import given
from tests.agenda.doing import do, quietly, refused
from tests.agenda.given import a_need
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def need(room: Room) -> Need:
    return a_need(room)


def test_a_resident_says_what_is_missing_or_not_right_and_is_told_the_answer(need: Need) -> None:
    fatima, ali = given.a_resident("Fatima"), given.a_resident("Ali")
    about = need.sentences.last()
    assert about is not None
    wrong = {"kind": "wrong", "words": "Het  ging om\nde stoep.", "sentence": about.pk}
    first = quietly(contest_add, by=fatima, need=need.kenmerk, **wrong)
    quietly(contest_add, by=ali, need=need.pk, kind="missing", words="En de bushalte?")
    assert (first.words, first.sentence) == ("Het ging om de stoep.", about)
    quietly(contest_answer, by=given.a_manager(), contest=first.pk, answer="Klopt.\nVeranderd.")
    found = owed(given.acting(None), need, at=EVENING)
    assert (found.contested, found.unanswered) == (2, 1)
    assert [one.answer for one in found.contests] == ["Klopt.\nVeranderd."]
    told = NeedNotice.objects.get()
    assert (told.person, told.kind, told.about) == (fatima, "contest", first.pk)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "ugly"}, "no_kind"),
        ({"kind": "wrong"}, "no_sentence"),
        ({"sentence": 10**9}, "no_sentence"),
        ({"words": "\n"}, "empty"),
        ({"words": "a" * 501}, "too_long"),
    ],
)
def test_it_has_to_be_clear_what_is_meant(
    room: Room, need: Need, change: dict[str, Any], code: str
) -> None:
    fields = {"need": need.pk, "kind": "missing", "words": "En de stoep?"} | change
    refused(contest_add, code, room, by=given.a_resident(), **fields)


def test_a_sentence_of_another_need_is_not_contested_here(room: Room, need: Need) -> None:
    other = a_need(room).sentences.first()
    assert other is not None
    fields = {"need": need.pk, "kind": "wrong", "words": "Nee.", "sentence": other.pk}
    refused(contest_add, "no_sentence", room, by=given.a_resident(), **fields)


def test_the_same_is_said_once_until_it_is_answered(room: Room, need: Need) -> None:
    fatima = given.a_resident()
    fields = {"need": need.pk, "kind": "missing", "words": "En de stoep?"}
    first = do(contest_add, by=fatima, **fields)
    refused(contest_add, "said_already", room, by=fatima, **fields)
    do(contest_answer, by=given.an_official(), contest=first.pk, answer="Staat erbij.")
    do(contest_add, by=fatima, **fields | {"words": "Nog steeds niet."})
    assert Contest.objects.count() == 2


def test_an_answer_is_given_once_and_says_something(room: Room, need: Need) -> None:
    fatima, olaf = given.a_resident(), given.an_official()
    said = do(contest_add, by=fatima, need=need.pk, kind="missing", words="En de stoep?")
    refused(contest_answer, "empty", room, by=olaf, contest=said.pk, answer=" ")
    do(contest_answer, by=olaf, contest=said.pk, answer="Staat erbij.")
    refused(contest_answer, "answered", room, by=olaf, contest=said.pk, answer="Nog eens.")
    refused(contest_answer, "no_need", room, by=olaf, contest=10**9, answer="Wat?")
