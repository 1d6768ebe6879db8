"""Deciding on what the engine suggests."""

from typing import Any

import pytest

from deliberation.agenda.models import (
    Edit,
    Evidence,
    Need,
    NeedState,
    Suggestion,
    SuggestionKind,
    Wording,
)
from deliberation.agenda.payloads import (
    Merge,
    MoreMessages,
    OtherTitle,
    Payload,
    Split,
    key_of,
    stored,
)
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.merging import need_merge
from deliberation.agenda.services.suggestions import suggestion_accept, suggestion_dismiss
from moderation.services import message_hide
from rooms.models import Message, Room
from tests import given
from tests.agenda.doing import do, quietly, refused, told
from tests.agenda.given import BODIES, a_need, a_suggestion, said, whole
from tests.doing import do as command
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db


def suggested(need: Need, kind: SuggestionKind, payload: Payload, **fields: Any) -> Suggestion:
    """A suggestion about a need, as the follower makes it."""
    wanted = {"key": key_of(need.pk, payload.room), "at": EVENING} | fields
    return Suggestion.objects.create(
        neighbourhood=need.neighbourhood, need=need, kind=kind, payload=stored(payload), **wanted
    )


def more(room: Room, need: Need, messages: list[Message]) -> Suggestion:
    parts, support = (messages[0].pk,), tuple(one.pk for one in messages[1:])
    payload = MoreMessages(room=room.pk, parts=parts, support=support)
    return suggested(need, SuggestionKind.MORE, payload)


def test_a_new_need_is_put_on_the_agenda() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_suggestion(room)
    suggestion = Suggestion.objects.get()
    told(suggestion_accept, room, by=mieke, kinds=["need.listed"], suggestion=suggestion.pk)
    assert Need.objects.get(pk=need.pk).state == NeedState.ON_AGENDA


def test_more_messages_are_added_as_what_they_are() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need, others = a_need(room), said(room)
    found = more(room, need, others)
    told(suggestion_accept, room, by=mieke, kinds=["need.changed"], suggestion=found.pk)
    kinds = dict(need.evidence.values_list("message", "kind"))
    assert [kinds[one.pk] for one in others] == [
        Evidence.Kind.PART,
        Evidence.Kind.SUPPORT,
        Evidence.Kind.SUPPORT,
    ]
    found.refresh_from_db()
    assert (found.state, found.decided_by) == (Suggestion.State.ACCEPTED, mieke)


def test_a_suggested_message_that_was_hidden_meanwhile_is_left_out() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need, others = a_need(room), said(room)
    found = more(room, need, others)
    command(
        message_hide,
        by=mieke,
        room=room,
        message=others[1].pk,
        ground="insult",
        reason="Een adres.",
    )
    do(suggestion_accept, by=mieke, suggestion=found.pk)
    assert not need.evidence.filter(message=others[1]).exists()
    assert need.evidence.filter(message=others[2]).exists()


def test_more_messages_go_to_what_the_need_was_merged_into() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need, goal, others = a_need(room), a_need(room), said(room)
    found = more(room, need, others)
    do(need_merge, by=mieke, needs=[need.pk], into=goal.pk)
    assert do(suggestion_accept, by=mieke, suggestion=found.pk) == goal


def test_of_two_that_are_one_what_is_further_stays() -> None:
    room, mieke = given.a_room(), given.a_manager()
    first, second = a_need(room), a_need(room, state=NeedState.ASKED)
    payload = Merge(room=room.pk, needs=(first.pk, second.pk))
    found = suggested(first, SuggestionKind.MERGE, payload)
    assert do(suggestion_accept, by=mieke, suggestion=found.pk) == second


def test_a_part_is_split_off_in_the_words_suggested() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, parts := said(room))
    payload = Split(room=room.pk, title=(whole(parts[2]),), parts=(parts[2].pk,))
    found = suggested(need, SuggestionKind.SPLIT, payload)
    kinds = ["need.changed", "need.listed"]
    made = told(suggestion_accept, room, by=mieke, kinds=kinds, suggestion=found.pk)
    assert titles([made.pk]) == {made.pk: BODIES[2]}
    assert made.wording == Wording.RESIDENTS


@pytest.mark.parametrize("words", ["", "Een veilige oversteek"])
def test_another_title_is_a_quote_or_a_residents_wording(words: str) -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, parts := said(room))
    payload = OtherTitle(room=room.pk, title=(whole(parts[1]),))
    by = {"words": words, "by_engine": not words}
    found = suggested(need, SuggestionKind.TITLE, payload, **by)
    made = told(suggestion_accept, room, by=mieke, kinds=["need.changed"], suggestion=found.pk)
    assert titles([need.pk]) == {need.pk: words or BODIES[1]}
    assert made.wording == (Wording.PROPOSED if words else Wording.RESIDENTS)


def test_a_dismissed_need_is_closed_with_the_reason() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_suggestion(room)
    suggestion = Suggestion.objects.get()
    quietly(suggestion_dismiss, by=mieke, suggestion=suggestion.pk, reason="Geen behoefte.")
    need.refresh_from_db()
    suggestion.refresh_from_db()
    assert (need.state, suggestion.reason) == (NeedState.CLOSED, "Geen behoefte.")
    assert need.moves.get().reason == "Geen behoefte."


def test_a_dismissal_without_a_reason_is_refused() -> None:
    room = given.a_room()
    a_suggestion(room)
    wanted = {"suggestion": Suggestion.objects.get().pk, "reason": " "}
    refused(suggestion_dismiss, "empty", room, by=given.a_manager(), **wanted)


def test_dismissing_more_messages_leaves_the_need_alone() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room)
    found = more(room, need, said(room))
    quietly(suggestion_dismiss, by=mieke, suggestion=found.pk, reason="Iets anders.")
    assert need.evidence.count() == 1
    assert Edit.objects.get().suggestion == found


def test_of_two_managers_one_decides_and_the_other_is_told_in_words() -> None:
    room, mieke, noor = given.a_room(), given.a_manager("Mieke"), given.a_manager("Noor")
    found = more(room, a_need(room), said(room))
    do(suggestion_dismiss, by=mieke, suggestion=found.pk, reason="Iets anders.")
    said_no = refused(suggestion_accept, "decided", room, by=noor, suggestion=found.pk)
    assert said_no.values == {"name": "Mieke"}
