"""The answer: with an outcome and a reason, read by a second person, and never changed again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from deliberation.agenda.models import Need, NeedState, Response
from deliberation.agenda.selectors.news import news_of
from deliberation.agenda.services.asking import need_ask
from deliberation.agenda.services.following import need_follow
from deliberation.agenda.services.responses import (
    response_draft,
    response_publish,
    response_read,
)
from deliberation.agenda.services.supporting import need_support
from deliberation.people.models import Person
from rooms.models import Message, Notice, Room
from tests import given
from tests.agenda.doing import do, quietly, refused, told
from tests.agenda.given import a_need, said
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db
WHOLE = {"outcome": "partly", "reason": "Er komt een drempel.\n\nEen zebra mag hier niet."}
HOUR = timedelta(hours=1)


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


@pytest.fixture
def need(room: Room) -> Need:
    found = a_need(room, said(room))
    do(need_ask, by=given.a_manager(), need=found.pk, body="staff")
    return Need.objects.get(pk=found.pk)


@pytest.fixture
def olaf() -> Person:
    return given.an_official("Olaf")


@pytest.fixture
def roos() -> Person:
    return given.an_official("Roos")


def published(need: Need, writer: Person, reader: Person, **words: Any) -> Response:
    do(response_draft, by=writer, need=need.pk, **WHOLE | words)
    do(response_read, by=reader, need=need.pk)
    return do(response_publish, by=writer, need=need.pk)


def test_an_answer_is_drafted_read_and_published(
    room: Room, need: Need, olaf: Person, roos: Person
) -> None:
    hof = given.a_room("hof")
    link = "https://raad.kade.test/besluit/12"
    quietly(response_draft, by=olaf, need=need.kenmerk, **WHOLE, link=link)
    quietly(response_read, by=roos, need=need.pk)
    found = told(response_publish, room, hof, by=olaf, kinds=["need.answered"], need=need.pk)
    assert (found.author, found.reader, found.publisher) == (olaf, roos, olaf)
    assert (found.outcome, found.reason, found.link) == (*WHOLE.values(), link)
    assert (found.state, found.published_at) == (Response.State.PUBLISHED, EVENING)
    assert found.kenmerk != need.kenmerk
    assert found.kenmerk is not None
    assert found.kenmerk.startswith("BH-2026-")
    assert Need.objects.get(pk=need.pk).state == NeedState.ANSWERED


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"reason": ""}, "no_reason"),
        ({"reason": " \n\t "}, "no_reason"),
        ({"outcome": ""}, "no_outcome"),
        ({}, "no_reader"),
    ],
)
def test_no_answer_without_an_outcome_a_reason_and_a_second_reader(
    room: Room, need: Need, olaf: Person, words: dict[str, str], code: str
) -> None:
    do(response_draft, by=olaf, need=need.pk, **WHOLE | words)
    refused(response_publish, code, room, by=olaf, need=need.pk)
    if code != "no_reader":
        refused(response_read, code, room, by=given.an_official("Roos"), need=need.pk)


def test_also_the_database_refuses_an_answer_without_a_reason(need: Need) -> None:
    for words in ({"outcome": "not", "reason": ""}, {"outcome": "", "reason": "Nee."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Response.objects.create(need=need, state="published", drafted_at=EVENING, **words)


def test_nobody_is_their_own_second_reader(room: Room, need: Need, olaf: Person) -> None:
    do(response_draft, by=olaf, need=need.pk, **WHOLE)
    refused(response_read, "own_draft", room, by=olaf, need=need.pk)


def test_a_change_has_to_be_read_again_and_by_someone_else_than_who_made_it(
    room: Room, need: Need, olaf: Person, roos: Person
) -> None:
    do(response_draft, by=olaf, need=need.pk, **WHOLE)
    do(response_read, by=roos, need=need.pk)
    do(response_draft, by=roos, need=need.pk, **WHOLE | {"reason": "Anders."}, at=EVENING + HOUR)
    refused(response_publish, "no_reader", room, by=olaf, need=need.pk)
    refused(response_read, "own_draft", room, by=roos, need=need.pk)
    do(response_read, by=olaf, need=need.pk)
    assert do(response_publish, by=roos, need=need.pk).reason == "Anders."


def test_keeping_the_same_words_leaves_them_read(
    room: Room, need: Need, olaf: Person, roos: Person
) -> None:
    do(response_draft, by=olaf, need=need.pk, **WHOLE)
    do(response_read, by=roos, need=need.pk)
    with verify_change(room, changes=False):
        do(response_draft, by=olaf, need=need.pk, **WHOLE)


def test_who_read_another_draft_reads_once_more(
    room: Room, need: Need, olaf: Person, roos: Person
) -> None:
    first = do(response_draft, by=olaf, need=need.pk, **WHOLE)
    do(response_draft, by=olaf, need=need.pk, **WHOLE | {"outcome": "not"}, at=EVENING + HOUR)
    fields = {"need": need.pk, "drafted_at": first.drafted_at}
    refused(response_read, "changed", room, by=roos, **fields)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"outcome": "perhaps"}, "no_outcome"),
        ({"reason": "a" * 6001}, "too_long"),
        ({"link": "javascript:alert(1)"}, "no_link"),
        ({"link": "www.kade.test"}, "no_link"),
        ({"link": "https://kade.test/" + "a" * 500}, "too_long"),
    ],
)
def test_a_draft_may_be_half_but_not_wrong(
    room: Room, need: Need, olaf: Person, words: dict[str, str], code: str
) -> None:
    refused(response_draft, code, room, by=olaf, need=need.pk, **words)


def test_there_is_one_draft_and_none_before_it_is_asked(
    room: Room, need: Need, olaf: Person, roos: Person
) -> None:
    refused(response_publish, "no_draft", room, by=olaf, need=need.pk)
    do(response_draft, by=olaf, need=need.pk)
    do(response_draft, by=roos, need=need.pk, **WHOLE)
    assert Response.objects.get().author == roos
    early = a_need(room)
    refused(response_draft, "wrong_state", room, by=olaf, need=early.pk, **WHOLE)


def test_what_is_published_never_changes_and_a_second_answer_stands_beside_it(
    room: Room, need: Need, olaf: Person, roos: Person
) -> None:
    first = published(need, olaf, roos)
    before = Response.objects.filter(pk=first.pk).values().get()
    do(response_draft, by=roos, need=need.pk, outcome="taken_over", reason="Toch een zebra.")
    do(response_read, by=olaf, need=need.pk)
    second = told(response_publish, room, by=roos, kinds=["need.answered"], need=need.pk)
    assert Response.objects.filter(pk=first.pk).values().get() == before
    assert second.pk != first.pk
    assert second.kenmerk != first.kenmerk
    assert need.moves.filter(target=NeedState.ANSWERED).count() == 1


# Who hears of it


def heard(person: Person) -> list[tuple[str, str]]:
    """What the notices of this person say, oldest first."""
    ids = list(Notice.objects.filter(person=person).order_by("pk").values_list("pk", flat=True))
    with translation.override("en"):
        news = news_of(ids)
    return [(news[one].says, news[one].words) for one in ids]


def test_everyone_who_contributed_supports_or_follows_is_told_once(
    room: Room, olaf: Person, roos: Person
) -> None:
    wrote, agreed, supports, follows, other = (
        given.a_resident(name) for name in ("Wim", "Ans", "Sem", "Fay", "Oda")
    )
    thread = given.a_thread(room, by=other)
    parts = [given.a_message(room, thread, body, by=wrote) for body in ("Een zebra.", "Graag.")]
    need = a_need(room, parts, support=[given.a_message(room, thread, "Ja.", by=agreed)])
    for person in (wrote, supports):
        do(need_support, by=person, need=need.pk)
    for person in (follows, supports, olaf):
        do(need_follow, by=person, need=need.pk)
    do(need_ask, by=given.a_manager(), need=need.pk, body="staff")
    published(need, olaf, roos)
    said_of = ("The municipality answered a need of yours", f"Partly taken over. {WHOLE['reason']}")
    for person in (wrote, agreed, supports, follows):
        assert heard(person) == [said_of], person
    assert heard(other) == heard(olaf) == heard(roos) == []  # and who published it knows
    notice = Notice.objects.filter(person=wrote).get()
    answer = Response.objects.get()
    assert news_of([notice.pk])[notice.pk].path == f"/b/{need.kenmerk}/#answer-{answer.pk}"
    assert news_of([notice.pk])[notice.pk].place == "Een zebra."


def test_who_is_gone_or_whose_words_are_is_not_told(room: Room, olaf: Person, roos: Person) -> None:
    gone, hidden = given.a_resident("Weg"), given.a_resident("Stil")
    parts = said(room)
    need = a_need(room, [*parts, given.a_message(room, body="Ja, een zebra.", by=hidden)])
    do(need_follow, by=gone, need=need.pk)
    Message.objects.filter(author=hidden).update(state="hidden")
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    do(need_ask, by=given.a_manager(), need=need.pk, body="staff")
    published(need, olaf, roos)
    assert heard(gone) == heard(hidden) == []
    assert all(len(heard(one.author)) == 1 for one in parts if one.author)
