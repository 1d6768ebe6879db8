"""A person decides what comes on the agenda."""

import pytest

from deliberation.agenda.models import Edit, Need, NeedState, Suggestion, Wording
from deliberation.agenda.selectors import need_views
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.accepting import need_accept
from deliberation.agenda.services.wording import worded
from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from tests import given
from tests.agenda.doing import do, refused, told
from tests.agenda.given import BODIES, a_suggestion, said
from tests.app.test_concurrency import at_once
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db


def test_an_accepted_need_is_on_the_agenda_with_a_kenmerk_in_every_room() -> None:
    room, other, mieke = given.a_room(), given.a_room(), given.a_manager()
    need = a_suggestion(room)
    found = told(need_accept, room, other, by=mieke, kinds=["need.listed"], need=need.pk)
    (view,) = need_views(room.neighbourhood_id)
    assert (view.kenmerk, view.title, view.people) == (found.kenmerk, BODIES[0], 3)
    assert (found.state, found.wording) == (NeedState.ON_AGENDA, Wording.RESIDENTS)


def test_the_suggestion_says_who_decided() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_suggestion(room)
    do(need_accept, by=mieke, need=need.pk)
    suggestion = Suggestion.objects.get()
    assert (suggestion.state, suggestion.decided_by, suggestion.decided_at) == (
        Suggestion.State.ACCEPTED,
        mieke,
        EVENING,
    )


def test_with_other_words_it_is_marked_as_edited_and_the_difference_is_kept() -> None:
    room, mieke = given.a_room(), given.a_manager()
    need = a_suggestion(room, on=(parts := said(room)))
    title = worded("Een veilige oversteek", parts[:1])
    found = do(need_accept, by=mieke, need=need.pk, sentences=[title], theme="wonen")
    assert titles([need.pk]) == {need.pk: "Een veilige oversteek"}
    assert (found.wording, found.theme) == (Wording.EDITED, "wonen")
    edit = Edit.objects.get()
    before, after = edit.before[str(need.pk)], edit.after[str(need.pk)]
    assert [one["text"] for one in before["sentences"]] == ["", ""]
    assert [one["text"] for one in after["sentences"]] == ["Een veilige oversteek"]


def test_what_is_kept_holds_no_words_of_residents() -> None:
    room, mieke = given.a_room(), given.a_manager()
    do(need_accept, by=mieke, need=a_suggestion(room).pk)
    edit = Edit.objects.get()
    assert not [body for body in BODIES if body in f"{edit.before}{edit.after}"]


def test_of_two_managers_one_decides_and_the_other_is_told_in_words() -> None:
    room, need = given.a_room(), None
    need = a_suggestion(room)
    do(need_accept, by=given.a_manager("Mieke"), need=need.pk)
    said_no = refused(need_accept, "decided", room, by=given.a_manager("Noor"), need=need.pk)
    assert said_no.values == {"name": "Mieke"}
    assert Need.objects.get().moves.count() == 1


def test_a_title_that_is_too_long_changes_nothing() -> None:
    room = given.a_room()
    need = a_suggestion(room, on=(parts := said(room)))
    words = {"need": need.pk, "sentences": [worded("lang " * 40, parts[:1])]}
    refused(need_accept, "too_long", room, by=given.a_manager(), **words)


def test_a_summary_of_four_sentences_is_refused() -> None:
    room = given.a_room()
    need = a_suggestion(room, on=(parts := said(room)))
    words = {"need": need.pk, "sentences": [worded(BODIES[0], parts)] * 5}
    refused(need_accept, "too_many", room, by=given.a_manager(), **words)


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_the_same_moment_make_one_decision() -> None:
    room = given.a_room()
    need, managers = a_suggestion(room), [given.a_manager("Mieke"), given.a_manager("Noor")]

    def decide(manager: Person) -> str:
        try:
            do(need_accept, by=manager, need=need.pk)
        except Refused as refused:
            return refused.code
        return "done"

    answers = at_once(*[lambda manager=manager: decide(manager) for manager in managers])
    assert sorted(answers) == ["decided", "done"]
    assert Need.objects.get().moves.count() == 1
    assert Edit.objects.count() == 1
