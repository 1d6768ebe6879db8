"""Changing what an accepted need says."""

import pytest

from deliberation.agenda.models import Body, Edit, Need, NeedState, Wording
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.editing import need_edit
from deliberation.agenda.services.wording import first_sentence, wanted_now, whole, worded
from moderation.services import message_hide
from rooms.models import Message
from tests import given
from tests.agenda.doing import do, refused, told
from tests.agenda.given import a_need, said
from tests.doing import do as command

pytestmark = pytest.mark.django_db


def test_a_quote_is_a_residents_and_other_words_are_the_managers() -> None:
    room = given.a_room()
    message = given.a_message(room, body="Ik wil een zebrapad. Echt waar.")
    quote, own = worded("een zebrapad", [message]), worded("Een oversteek", [message])
    assert (quote.text, quote.spans[0].start, quote.spans[0].end) == ("", 7, 19)
    assert (own.text, own.spans) == ("Een oversteek", (whole(message),))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Er moet licht komen. En snel.", "Er moet licht komen."),
        ("Zonder punt\nen verder", "Zonder punt"),
        ("Om 8.30 uur is het druk!", "Om 8.30 uur is het druk!"),
    ],
)
def test_the_first_sentence_of_a_message(body: str, words: str) -> None:
    assert body[: first_sentence(Message(pk=1, body=body)).end] == words


def test_other_words_are_told_in_the_room() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, parts := said(room))
    title = worded("Een veilige oversteek", parts[:1])
    told(need_edit, room, by=mieke, kinds=["need.changed"], need=need.pk, sentences=[title])
    assert titles([need.pk]) == {need.pk: "Een veilige oversteek"}
    assert Need.objects.get().wording == Wording.EDITED


def test_a_kenmerk_will_do_for_an_id() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room)
    told(need_edit, room, by=mieke, kinds=["need.changed"], need=need.kenmerk, theme="groen")
    assert Need.objects.get().theme == "groen"


def test_a_message_that_is_cited_becomes_one_it_rests_on() -> None:
    room, mieke = given.a_room(), given.a_manager()
    parts = said(room)
    need = a_need(room, parts[:1])
    do(need_edit, by=mieke, need=need.pk, sentences=[worded(parts[2].body, parts[2:])])
    assert set(need.evidence.values_list("message", flat=True)) == {parts[0].pk, parts[2].pk}


def test_who_decides_can_be_changed() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room)
    do(need_edit, by=mieke, need=need.pk, body=Body.COUNCIL)
    assert Need.objects.get().body == Body.COUNCIL


def test_what_is_as_it_was_is_not_kept_and_not_told() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room)
    same = {"need": need.pk, "sentences": wanted_now(need), "theme": need.theme}
    do(need_edit, by=mieke, **same)
    assert not Edit.objects.exists()
    assert Need.objects.get().wording == Wording.RESIDENTS


def test_own_words_for_what_is_hidden_are_gone_with_it() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, parts := said(room))
    do(need_edit, by=mieke, need=need.pk, sentences=[worded("Oversteek", parts[:1])])
    command(
        message_hide, by=mieke, room=room, message=parts[0].pk, ground="insult", reason="Een adres."
    )
    assert titles([need.pk]) == {need.pk: ""}


@pytest.mark.parametrize("state", [NeedState.DONE, NeedState.CLOSED])
def test_what_is_over_stays_as_it_is(state: NeedState) -> None:
    room = given.a_room()
    need = a_need(room, state=state)
    refused(need_edit, "wrong_state", room, by=given.a_manager(), need=need.pk, theme="groen")
