"""A language model proposes titles; a person decides; without it nothing is different."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from deliberation.agenda.model import Proposer
from deliberation.agenda.models import Need, NeedState, Suggestion, Wording
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.suggestions import suggestion_accept, suggestion_dismiss
from moderation.services import message_hide
from tests import given
from tests.agenda.doing import do, told
from tests.agenda.given import BODIES, a_need, said
from tests.doing import do as command
from tests.fakes import EVENING
from tests.model_server import Asked, model_server

pytestmark = pytest.mark.django_db

SHORT = "Een zebrapad bij de school"


def words(asked: Asked, quote: str = "een zebrapad komen bij de school") -> None:
    """A title that quotes the last message."""
    *_, last = json.loads(asked.body["messages"][1]["content"])
    sentence = {"text": SHORT, "quotes": [{"message": last["message"], "quote": quote}]}
    content = json.dumps({"title": sentence, "summary": [sentence]})
    asked.answer({"choices": [{"message": {"content": content}}]})


def proposed(
    settings: Any, answers: Callable[[Asked], None] = words, *, rounds: int = 1
) -> list[Asked]:
    """After some rounds a minute apart: what the model was asked."""
    hours = count(step=3600)
    with model_server(answers) as (model, asked):
        settings.MODEL_URL, settings.MODEL_NAME = model.url, model.model
        proposer = Proposer(steady=lambda: float(next(hours)))
        for _ in range(rounds):
            proposer.round(at=EVENING)
    return asked


def test_a_title_of_the_model_is_a_suggestion_and_labelled_once_a_person_takes_it(
    settings: Any,
) -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_need(room, said(room))
    summary = need.sentences.count()
    proposed(settings)
    assert titles([need.pk]) == {need.pk: BODIES[0]}
    suggestion = Suggestion.objects.get()
    assert (suggestion.words, suggestion.by_engine, suggestion.people) == (SHORT, False, 3)
    told(suggestion_accept, room, by=mieke, kinds=["need.changed"], suggestion=suggestion.pk)
    need.refresh_from_db()
    assert titles([need.pk]) == {need.pk: SHORT}
    assert need.wording == Wording.MODEL
    assert need.sentences.count() == summary


def test_the_model_hears_no_names_and_nothing_that_is_hidden(settings: Any) -> None:
    room, mieke = given.a_room(), given.a_manager()
    parts = said(room)
    a_need(room, parts)
    command(
        message_hide, by=mieke, room=room, message=parts[1].pk, ground="insult", reason="Reclame."
    )
    (asked,) = proposed(settings)
    sent = json.dumps(asked.body)
    assert BODIES[0] in sent
    assert BODIES[1] not in sent
    assert not [one.author.name for one in parts if one.author and one.author.name in sent]
    given_to = json.loads(asked.body["messages"][1]["content"])
    assert [set(one) for one in given_to] == [{"message", "text"}] * 2


def test_each_need_is_asked_about_once_whatever_is_decided(settings: Any) -> None:
    room, mieke = given.a_room(), given.a_manager()
    a_need(room, said(room))
    assert len(proposed(settings, rounds=3)) == 1
    do(suggestion_dismiss, by=mieke, suggestion=Suggestion.objects.get().pk, reason="Te kort.")
    assert proposed(settings) == []


def test_what_nobody_said_is_not_proposed_and_not_asked_again(settings: Any) -> None:
    room = given.a_room()
    need = a_need(room, said(room))
    asked = proposed(settings, lambda one: words(one, "wij willen een zwembad"), rounds=2)
    assert len(asked) == 1
    assert not Suggestion.objects.exists()
    assert titles([need.pk]) == {need.pk: BODIES[0]}


@pytest.mark.parametrize("state", [NeedState.SUGGESTED, NeedState.DONE, NeedState.CLOSED])
def test_only_what_is_on_the_agenda_is_worded(settings: Any, state: NeedState) -> None:
    room = given.a_room()
    a_need(room, said(room), state=state)
    assert proposed(settings) == []


def test_when_it_is_away_the_others_wait_and_are_asked_about_later(
    settings: Any,
) -> None:
    room = given.a_room()
    a_need(room, said(room))
    a_need(room, said(room))
    assert len(proposed(settings, lambda asked: asked.answer({}, 500))) == 1
    assert len(proposed(settings)) == 2
    assert Suggestion.objects.count() == 2


def test_without_an_address_nothing_is_asked(settings: Any) -> None:
    room = given.a_room()
    need = a_need(room, said(room))
    Proposer().round(at=EVENING)
    assert not Suggestion.objects.exists()
    assert Need.objects.get(pk=need.pk).wording == Wording.RESIDENTS


def test_a_title_goes_when_what_it_quotes_is_hidden(settings: Any) -> None:
    room, mieke = given.a_room(), given.a_manager()
    parts = said(room)
    a_need(room, parts)
    proposed(settings)
    command(
        message_hide, by=mieke, room=room, message=parts[2].pk, ground="insult", reason="Reclame."
    )
    proposed(settings, lambda asked: asked.answer({}, 500))
    assert not Suggestion.objects.exists()
