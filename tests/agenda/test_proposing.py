"""Residents propose, officials put on the agenda by the municipality."""

import pytest

from deliberation.agenda.models import Edit, Need, NeedOrigin, NeedState, Suggestion, Wording
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.history import picture
from deliberation.agenda.services.proposing import (
    MOST_OPEN,
    need_place,
    need_propose,
    wording_propose,
)
from deliberation.agenda.services.suggestions import suggestion_accept
from deliberation.agenda.services.undoing import edit_undo
from rooms.models import Room
from tests import given
from tests.agenda.doing import do, quietly, refused, told
from tests.agenda.given import BODIES, a_need, said
from tests.verify import everything

pytestmark = pytest.mark.django_db
WORDS = "Een brede stoep voor kinderwagens"


def about(room: Room, *, words: str = WORDS, count: int = 1) -> dict[str, object]:
    messages = [one.pk for one in said(room)[:count]]
    return {"neighbourhood": room.neighbourhood, "words": words, "messages": messages}


def test_a_resident_proposes_a_need_that_waits_to_be_looked_at() -> None:
    room, fatima = given.a_room(), given.a_resident("Fatima")
    need = quietly(need_propose, by=fatima, theme="traffic", **about(room))
    assert (need.state, need.wording, need.theme) == ("suggested", Wording.PROPOSED, "traffic")
    assert titles([need.pk]) == {need.pk: WORDS}
    suggestion = Suggestion.objects.get()
    assert (suggestion.by, suggestion.by_engine, suggestion.words) == (fatima, False, WORDS)


def test_words_that_the_message_says_are_quoted() -> None:
    room, fatima = given.a_room(), given.a_resident("Fatima")
    need = do(need_propose, by=fatima, **about(room, words=BODIES[0]))
    assert need.wording == Wording.RESIDENTS
    assert need.sentences.get().text == ""


def test_sending_it_twice_makes_one_need() -> None:
    room, fatima = given.a_room(), given.a_resident("Fatima")
    fields = about(room)
    first = do(need_propose, by=fatima, **fields)
    before = everything()
    assert do(need_propose, by=fatima, **fields) == first
    assert everything() == before


def test_without_a_message_that_is_shown_nothing_is_proposed() -> None:
    room = given.a_room()
    fields = about(room) | {"messages": []}
    refused(need_propose, "no_message", room, by=given.a_resident(), **fields)


def test_nobody_fills_the_queue_alone() -> None:
    room, fatima = given.a_room(), given.a_resident("Fatima")
    fields = about(room)
    for number in range(MOST_OPEN):
        do(need_propose, by=fatima, **fields | {"words": f"Idee {number}"})
    refused(need_propose, "too_many", room, by=fatima, **fields)


def test_accepted_it_keeps_the_residents_words_and_their_words_are_not_copied() -> None:
    room, fatima = given.a_room(), given.a_resident("Fatima")
    need = do(need_propose, by=fatima, **about(room))
    told(need_accept, room, by=given.a_manager(), kinds=["need.listed"], need=need.pk)
    assert Need.objects.get().wording == Wording.PROPOSED
    assert picture(need)["sentences"][0]["words_of"] == Suggestion.objects.get().pk
    edit = Edit.objects.get()
    assert WORDS not in f"{edit.before}{edit.after}"


def test_a_resident_proposes_another_title() -> None:
    room, fatima = given.a_room(), given.a_resident("Fatima")
    need = a_need(room, said(room))
    found = quietly(wording_propose, by=fatima, need=need.pk, words=WORDS)
    again = do(wording_propose, by=fatima, need=need.pk, words=WORDS)
    assert again == found
    kinds, mieke = ["need.changed"], given.a_manager()
    told(suggestion_accept, room, by=mieke, kinds=kinds, suggestion=found.pk)
    assert titles([need.pk]) == {need.pk: WORDS}


def test_another_title_that_was_undone_comes_back_from_the_suggestion() -> None:
    room, fatima, mieke = given.a_room(), given.a_resident("Fatima"), given.a_manager()
    need = a_need(room, said(room))
    first = do(wording_propose, by=fatima, need=need.pk, words=WORDS)
    do(suggestion_accept, by=mieke, suggestion=first.pk)
    second = do(wording_propose, by=fatima, need=need.pk, words="Een brede stoep")
    do(suggestion_accept, by=mieke, suggestion=second.pk)
    do(edit_undo, by=mieke, edit=Edit.objects.last().pk)  # type: ignore[union-attr]
    assert titles([need.pk]) == {need.pk: WORDS}


def test_an_official_puts_a_need_on_the_agenda_by_the_municipality() -> None:
    room, olaf = given.a_room(), given.an_official()
    fields = about(room)
    need = told(need_place, room, by=olaf, kinds=["need.listed"], **fields)
    assert (need.origin, need.state) == (NeedOrigin.OFFICIAL, NeedState.ON_AGENDA)
    assert need.evidence.count() == 1
    assert do(need_place, by=olaf, **fields) == need


def test_what_an_official_put_there_can_be_undone() -> None:
    room, olaf, mieke = given.a_room(), given.an_official(), given.a_manager()
    need = do(need_place, by=olaf, **about(room))
    told(edit_undo, room, by=mieke, kinds=["need.closed"], edit=Edit.objects.get().pk)
    need.refresh_from_db()
    assert need.state == NeedState.CLOSED
