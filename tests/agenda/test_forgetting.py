"""Who has everything erased is out of needs as well, and gets to see before what was kept."""

import json

import pytest

from deliberation.agenda.models import Contest, Follow, Need, NeedState, Suggestion, Support
from deliberation.agenda.selectors.words import titles
from deliberation.agenda.services.contests import contest_add, contest_answer
from deliberation.agenda.services.following import need_follow
from deliberation.agenda.services.proposing import need_propose, wording_propose
from deliberation.agenda.services.supporting import need_support
from deliberation.people.models import Person
from rooms.models import Room
from rooms.privacy.erasing import erase
from tests import given
from tests.browsing import browser, evening
from tests.fakes import EVENING
from tests.verify import verify_change

from .doing import do
from .given import a_need, move

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
WRONG = "Het ging om de stoep."


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


def test_support_is_gone_in_every_room_and_the_question_stays(room: Room, fatima: Person) -> None:
    hof, need = given.a_room("hof"), a_need(room, state=NeedState.ASKED)
    do(need_support, by=fatima, need=need.pk, street="Kade")
    do(need_follow, by=fatima, need=need.pk)
    with verify_change(room, hof) as heard:
        erase(actor=given.acting(fatima), at=EVENING)
    assert "need.changed" in heard[hof.pk].kinds
    assert not Support.objects.exists()
    assert not Follow.objects.exists()
    assert Need.objects.get().state == NeedState.ASKED


def test_what_someone_said_was_not_right_is_counted_without_words_or_name(
    room: Room, fatima: Person
) -> None:
    said = do(contest_add, by=fatima, need=a_need(room).pk, kind="missing", words=WRONG)
    erase(actor=given.acting(fatima), at=EVENING)
    said.refresh_from_db()
    assert (said.words, said.person) == ("", None)
    do(contest_answer, by=given.an_official(), contest=said.pk, answer="Staat er nu bij.")


def test_what_someone_proposed_stays_in_the_words_of_others(room: Room, fatima: Person) -> None:
    message = given.a_message(room, body="Er moet een zebrapad komen.")
    wanted = {"words": "Veilig naar school", "messages": [message.pk]}
    need = do(need_propose, by=fatima, neighbourhood=room.neighbourhood, **wanted)
    move(need, NeedState.ON_AGENDA)
    do(wording_propose, by=fatima, need=need.pk, words="Zebra")
    assert titles([need.pk]) == {need.pk: "Veilig naar school"}
    with verify_change(room):
        erase(actor=given.acting(fatima), at=EVENING)
    assert titles([need.pk]) == {need.pk: "Er moet een zebrapad komen."}
    assert Need.objects.get(pk=need.pk).proposed_by is None
    assert set(Suggestion.objects.values_list("words", "by")) == {("", None)}
    assert not Suggestion.objects.filter(kind="title", state="open").exists()


def test_all_of_it_is_in_what_one_takes_along(room: Room, fatima: Person) -> None:
    need = a_need(room)
    do(need_support, by=fatima, need=need.pk, street="Kade")
    do(contest_add, by=fatima, need=need.pk, kind="missing", words=WRONG)
    do(wording_propose, by=fatima, need=need.pk, words="Zebra")
    client = browser(fatima)
    content = b"".join(client.get("/jij/gegevens.json").streaming_content)  # type: ignore[attr-defined]
    kept = json.loads(content)
    assert [row["street"] for row in kept["support"]] == ["Kade"]
    assert [row["words"] for row in kept["objections"]] == [WRONG]
    assert [row["words"] for row in kept["proposals"]] == ["Zebra"]
    assert Contest.objects.count() == 1
