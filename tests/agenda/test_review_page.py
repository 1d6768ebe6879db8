"""The community manager's review, as a browser without scripts has it."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from deliberation.agenda.models import Edit, Need, NeedState, Suggestion, SuggestionKind, Wording
from deliberation.agenda.payloads import Merge, MoreMessages, Split, stored
from deliberation.agenda.selectors.words import titles
from deliberation.people.models import Person
from rooms.models import Room
from tests import given
from tests.agenda.given import BODIES, a_need, a_suggestion, said, whole
from tests.browsing import browser, evening, words
from tests.fakes import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
REVIEW = "/beheer/agenda/kade/"


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


def sent(person: Person, path: str, **fields: Any) -> HttpResponse:
    return browser(person).post(f"{REVIEW}{path}", fields, follow=True)


def of(need: Need) -> Suggestion:
    return Suggestion.objects.get(need=need)


def test_a_stranger_signs_in_and_others_are_refused_in_words(room: Room) -> None:
    a_suggestion(room)
    assert browser().get(REVIEW).status_code == 302
    for person in (given.a_resident(), given.an_official()):
        found = browser(person).get(REVIEW)
        assert found.status_code == 403
        assert "for community managers" in words(found)


def test_a_suggestion_stands_beside_its_messages_in_full(room: Room, mieke: Person) -> None:
    need = a_suggestion(room)
    found = browser(mieke).get(REVIEW)
    text = words(found)
    assert "1 to look at" in text
    assert all(body in text for body in BODIES)
    for message in need.evidence.values_list("message", flat=True):
        assert f"/r/plein/m/{message}" in found.content.decode()


def test_nothing_to_look_at_is_said_calmly(room: Room, mieke: Person) -> None:
    assert "Everything is looked at" in words(browser(mieke).get(REVIEW))


def test_accepting_goes_on_to_the_next_and_can_be_undone_at_once(room: Room, mieke: Person) -> None:
    first, second = a_suggestion(room), a_suggestion(room, ["Meer licht op de Kade."])
    fields = {"do": "accept", "next": of(second).pk}
    found = sent(mieke, f"voorstel/{of(first).pk}", **fields)
    assert found.context["item"].suggestion == of(second)
    assert "1 to look at" in words(found)
    assert "Came on the agenda : Veilig oversteken" in words(found)
    edit = Edit.objects.get()
    assert f"ongedaan/{edit.pk}" in found.content.decode()
    again = sent(mieke, f"ongedaan/{edit.pk}")
    assert again.context["item"].suggestion == of(first)
    assert Need.objects.get(pk=first.pk).state == NeedState.SUGGESTED


def test_dismissing_takes_one_of_the_reasons_or_ones_own(room: Room, mieke: Person) -> None:
    for fields in ({"reason": "0"}, {"reason": "", "words": "Dat ligt er al."}):
        need = a_suggestion(room)
        sent(mieke, f"voorstel/{of(need).pk}", do="dismiss", **fields)
        assert Need.objects.get(pk=need.pk).state == NeedState.CLOSED
        assert of(need).reason
    assert of(need).reason == "Dat ligt er al."


def test_dismissing_without_a_reason_says_what_to_do(room: Room, mieke: Person) -> None:
    need = a_suggestion(room)
    found = sent(mieke, f"voorstel/{of(need).pk}", do="dismiss", reason="", words="")
    assert found.status_code == 422
    assert "This can't be empty" in words(found)
    assert of(need).state == Suggestion.State.OPEN


def texts(need: Need, *sentences: str) -> dict[str, str]:
    found = {f"text{place}": text for place, text in enumerate(sentences)}
    return found | {"do": "words", "theme": need.theme, "voorstel": str(of(need).pk)}


def test_other_words_put_it_on_the_agenda_as_edited(room: Room, mieke: Person) -> None:
    need = a_suggestion(room)
    fields = texts(need, "Een veilige oversteek", BODIES[1])
    sent(mieke, f"behoefte/{need.pk}/", **fields)
    need.refresh_from_db()
    assert (need.state, need.wording) == (NeedState.ON_AGENDA, Wording.EDITED)
    assert titles([need.pk]) == {need.pk: "Een veilige oversteek"}
    found = browser(mieke).get(f"{REVIEW}behoefte/{need.pk}/")
    assert f"Was: {BODIES[0]} Is now: Een veilige oversteek" in words(found)


def test_words_as_they_were_stay_residents_own(room: Room, mieke: Person) -> None:
    need = a_suggestion(room)
    sent(mieke, f"behoefte/{need.pk}/", **texts(need, *BODIES[:2]))
    need.refresh_from_db()
    assert (need.state, need.wording) == (NeedState.ON_AGENDA, Wording.RESIDENTS)


def test_a_sentence_without_a_source_is_asked_one_and_what_was_typed_is_kept(
    room: Room, mieke: Person
) -> None:
    need = a_suggestion(room)
    fields = texts(need, *BODIES[:2], "Iets heel anders")
    found = sent(mieke, f"behoefte/{need.pk}/", **fields)
    assert found.status_code == 422
    assert "Choose the message that says this." in words(found)
    assert "Iets heel anders" in found.content.decode()
    assert need.evidence.count() == 3


def test_a_sentence_rests_on_the_message_that_is_chosen(room: Room, mieke: Person) -> None:
    parts = said(room)
    need = a_suggestion(room, on=parts)
    fields = texts(need, *BODIES[:2], "Iets heel anders") | {"from2": str(parts[2].pk)}
    sent(mieke, f"behoefte/{need.pk}/", **fields)
    sentence = need.sentences.get(place=2)
    assert [one.message for one in sentence.citations.all()] == [parts[2]]


def test_ticked_messages_become_a_need_of_their_own(room: Room, mieke: Person) -> None:
    parts = said(room)
    need = a_suggestion(room, on=parts)
    fields = {"do": "split", "message": [parts[2].pk], "voorstel": of(need).pk}
    found = sent(mieke, f"behoefte/{need.pk}/", **fields)
    assert "2 to look at" in words(found)
    assert found.context["item"].suggestion == of(need), "one goes on with what one was at"


def test_without_ticks_it_says_what_to_do(room: Room, mieke: Person) -> None:
    need = a_suggestion(room)
    found = sent(mieke, f"behoefte/{need.pk}/", do="split", voorstel=of(need).pk)
    assert found.status_code == 422
    assert "Tick the messages first." in words(found)


def test_a_need_is_merged_with_the_one_that_is_chosen(room: Room, mieke: Person) -> None:
    need, goal = a_suggestion(room), a_need(room, said(room, ["Een zebrapad."]))
    fields = {"do": "merge", "into": goal.pk, "voorstel": of(need).pk}
    sent(mieke, f"behoefte/{need.pk}/", **fields)
    assert Need.objects.get(pk=need.pk).merged_into == goal


def test_messages_move_and_are_taken_out(room: Room, mieke: Person) -> None:
    parts = said(room)
    need, goal = a_need(room, parts), a_need(room)
    move = {"do": "move", "message": parts[2].pk, "into": goal.pk}
    sent(mieke, f"behoefte/{need.pk}/", **move)
    sent(mieke, f"behoefte/{need.pk}/", do="remove", message=parts[1].pk)
    assert (need.evidence.count(), goal.evidence.count()) == (1, 2)


def test_a_need_is_closed_and_reopened(room: Room, mieke: Person) -> None:
    need = a_need(room)
    for act, state in (("close", NeedState.CLOSED), ("reopen", NeedState.ON_AGENDA)):
        found = sent(mieke, f"behoefte/{need.pk}/", do=act, reason="", words="Daarom.")
        assert found.status_code == 200
        assert Need.objects.get(pk=need.pk).state == state


def test_who_comes_second_is_told_and_sees_the_next(room: Room, mieke: Person) -> None:
    first, second = a_suggestion(room), a_suggestion(room)
    sent(mieke, f"voorstel/{of(first).pk}", do="accept")
    found = sent(given.a_manager("Noor"), f"voorstel/{of(first).pk}", do="accept")
    assert "Mieke decided on this already" in words(found)
    assert found.context["item"].suggestion == of(second)


def test_saving_what_is_the_same_says_so(room: Room, mieke: Person) -> None:
    need = a_need(room)
    fields = {"text0": titles([need.pk])[need.pk], "text1": titles([need.pk])[need.pk]}
    found = sent(mieke, f"behoefte/{need.pk}/", do="words", theme=need.theme, **fields)
    assert "Nothing has changed." in words(found)


def test_every_kind_of_suggestion_shows_what_it_is_about(room: Room, mieke: Person) -> None:
    parts, loose = said(room), said(room, ["Dat vind ik ook van het zebrapad."])
    need, other = a_need(room, parts), a_need(room, said(room, ["Lampen bij de school."]))
    here = {"room": room.pk}
    wanted = {
        SuggestionKind.MORE: (MoreMessages(**here, parts=(loose[0].pk,)), loose[0].body),
        SuggestionKind.MERGE: (Merge(**here, needs=(need.pk, other.pk)), "Lampen bij de school."),
        SuggestionKind.SPLIT: (
            Split(**here, title=(whole(parts[2]),), parts=(parts[2].pk,)),
            "1 message to split off",
        ),
    }
    for kind, (payload, text) in wanted.items():
        suggestion = Suggestion.objects.create(
            neighbourhood=room.neighbourhood,
            need=need,
            kind=kind,
            key=kind,
            payload=stored(payload),
            at=EVENING,
        )
        assert text in words(browser(mieke).get(f"{REVIEW}?voorstel={suggestion.pk}")), kind


def test_the_desk_leads_to_what_waits(room: Room, mieke: Person) -> None:
    a_suggestion(room)
    found = browser(mieke).get("/beheer/")
    assert "Suggestions for the agenda De Kade 1 to look at" in words(found)
    assert f'href="{REVIEW}"' in found.content.decode()


def test_two_hundred_suggestions_take_as_many_queries_as_two(room: Room, mieke: Person) -> None:
    client = browser(mieke)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(REVIEW).status_code == 200
        return len(asked)

    parts = said(room)
    for _ in range(2):
        a_suggestion(room, on=parts)
    queries()
    few = queries()
    for _ in range(40):
        a_suggestion(room, on=parts)
    assert queries() == few


def test_addresses_with_anything_in_them_are_answered(room: Room, mieke: Person) -> None:
    a_suggestion(room)
    for query in ("?voorstel=x", "?voorstel=99999999999999999999", "?berichten=x", "?gedaan=-1"):
        assert browser(mieke).get(f"{REVIEW}{query}").status_code == 200
    assert browser(mieke).get("/beheer/agenda/nergens/").status_code == 404
    assert browser(mieke).get(f"{REVIEW}behoefte/999/").status_code in (403, 404)
