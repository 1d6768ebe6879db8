"""The agenda and its needs, as everyone reads them without scripts."""

import json
from datetime import timedelta

import pytest

from deliberation.agenda.models import Need, NeedState, Outcome
from deliberation.agenda.services.sentences import Wanted
from moderation.services import message_hide
from rooms.models import Room
from rooms.services import message_edit, stance_take
from tests import given
from tests.browsing import DUTCH, browser, evening, words
from tests.doing import do
from tests.fakes import EVENING, Clock

from .given import a_milestone, a_need, an_answer, move, support, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
AGENDA = "/n/kade/agenda/"


@pytest.fixture
def room() -> Room:
    return given.a_room("plein")


def a_popular_need(room: Room, title: str, people: int, **fields: object) -> Need:
    """A need that this many people speak of."""
    first = given.a_message(room, body=title, by=given.a_resident("Eerste"))
    others = [
        given.a_message(room, first.thread, f"Ik ook, nummer {number}.", by=given.a_resident("Nog"))
        for number in range(people - 1)
    ]
    return a_need(room, [first, *others], summary=[Wanted((whole(first),))], **fields)  # type: ignore[arg-type]


def test_reading_the_agenda_sets_no_cookie(room: Room) -> None:
    need = a_need(room)
    suggested = a_need(room, state=NeedState.SUGGESTED, engine_id="n1")
    for address in (
        AGENDA,
        "/n/kade/agenda.json",
        f"/b/{need.kenmerk}/",
        f"/n/kade/agenda/voorstel/{suggested.pk}/",
        "/n/kade/agenda/eerder?q=oversteken school",
        f"/n/kade/agenda/gesprek/{need.pk}.json",
        "/b/BH-1999-0001/",
    ):
        response = browser().get(address)
        assert response.status_code in (200, 404), address
        assert not response.cookies, address


def test_an_empty_agenda_says_how_it_grows(room: Room) -> None:
    assert "Nothing is on the agenda yet" in words(browser().get(AGENDA))


def test_what_most_people_stand_behind_comes_first(room: Room) -> None:
    a_popular_need(room, "Een bankje onder de linde.", 2)
    a_popular_need(room, "Veilig oversteken bij de school.", 5)
    seen = words(browser().get(AGENDA))
    assert seen.index("Veilig oversteken") < seen.index("Een bankje")
    assert "5 people" in seen


def test_disagreement_costs_a_place_and_many_messages_of_one_gain_none(room: Room) -> None:
    loud = given.a_resident("Druktemaker")
    thread = given.a_thread(room)
    often = [given.a_message(room, thread, f"Weg met 5G, {n}!", by=loud) for n in range(9)]
    a_need(room, often)
    disputed = a_popular_need(room, "Alle auto's uit de wijk.", 5)
    a_popular_need(room, "Meer licht in het park.", 3)
    message = disputed.sentences.get(place=0).citations.get().message
    for number in range(6):
        by = given.a_resident(f"Tegen {number}")
        do(stance_take, by=by, room=room, message=message.pk, value="disagree")
    seen = words(browser().get(AGENDA))
    order = [seen.index(one) for one in ("Meer licht", "Alle auto's", "Weg met 5G")]
    assert order == sorted(order)
    assert "0 agree 0 not sure yet 6 disagree" in seen


def test_the_agenda_can_be_narrowed_with_a_plain_form(room: Room) -> None:
    other = given.a_room("haven")
    a_need(room, [given.a_message(room, body="Veilig oversteken.")], theme="traffic")
    a_need(other, [given.a_message(other, body="Meer bomen.")], theme="green")
    assert "Veilig oversteken" not in words(browser().get(AGENDA + "?theme=green"))
    assert "Meer bomen" in words(browser().get(AGENDA + "?theme=green"))
    assert "Meer bomen" not in words(browser().get(f"{AGENDA}?room={room.pk}"))
    assert "fits this choice" in words(browser().get(AGENDA + "?state=asked"))
    assert browser().get(AGENDA + "?theme=zeppelins").status_code == 422


def test_what_the_computer_suggests_is_apart_and_says_so(room: Room) -> None:
    a_need(room, [given.a_message(room, body="Op de agenda.")])
    message = given.a_message(room, body="Een zebrapad bij de brug.")
    a_need(room, [message], state=NeedState.SUGGESTED, engine_id="n1")
    seen = words(browser().get(AGENDA))
    assert seen.index("Suggested by the computer") < seen.index("Een zebrapad bij de brug")
    assert "Nobody has looked at it yet" in seen


def test_what_a_resident_proposes_waits_for_a_person(room: Room) -> None:
    by = given.a_resident("Bea")
    need = a_need(room, state=NeedState.SUGGESTED, proposed_by=by, wording="proposed")
    assert "Veilig oversteken" not in words(browser().get(AGENDA))
    assert browser().get(f"/n/kade/agenda/voorstel/{need.pk}/").status_code == 404


def test_what_is_over_is_in_a_fold(room: Room) -> None:
    a_need(room, [given.a_message(room, body="Het is klaar.")], state=NeedState.DONE)
    page = browser().get(AGENDA).content.decode()
    assert page.index("<details") < page.index("Het is klaar.")
    assert "1 need that is done or closed" in words(browser().get(AGENDA))


def test_a_hidden_message_is_gone_from_the_agenda_at_once(room: Room) -> None:
    message = given.a_message(room, body="Mijn buurman is gek.")
    need = a_need(room, [message, given.a_message(room, message.thread, "Vind ik ook.")])
    manager = given.a_manager()
    do(
        message_hide,
        by=manager,
        room=room,
        message=message.pk,
        ground="insult",
        reason="Over een buur.",
    )
    for address in (AGENDA, "/n/kade/agenda.json", f"/b/{need.kenmerk}/"):
        assert "Mijn buurman" not in browser().get(address).content.decode(), address
    seen = words(browser().get(f"/b/{need.kenmerk}/"))
    assert "This sentence has no source any more" in seen
    assert "Message hidden by a community manager: insults someone" in seen
    assert "1 person says this" in seen


def test_a_sentence_opens_its_sources_in_place(room: Room) -> None:
    henk = given.a_resident("Henk")
    message = given.a_message(room, body="Er is geen zebrapad bij de school.", by=henk)
    need = a_need(room, [message])
    page = browser().get(f"/b/{need.kenmerk}/").content.decode()
    assert f'href="/r/plein/m/{message.pk}/#m{message.pk}"' in page
    assert "Henk" in page
    assert page.count("<details") >= 2


def test_a_source_that_says_something_else_now_says_so(room: Room) -> None:
    henk = given.a_resident("Henk")
    message = given.a_message(room, body="Er is geen zebrapad.", by=henk)
    need = a_need(room, [message, given.a_message(room, message.thread, "Klopt, geen zebrapad.")])
    do(message_edit, by=henk, room=room, message=message.pk, body="Laat maar.")
    seen = words(browser().get(f"/b/{need.kenmerk}/"))
    assert "It does not say this any more" in seen


def test_the_life_of_a_need_is_told_from_the_first_message_to_the_work(room: Room) -> None:
    need = a_need(room, at=EVENING - timedelta(days=40))
    move(need, NeedState.ASKED, at=EVENING - timedelta(days=30), reason="")
    an_answer(need, outcome=Outcome.PARTLY, at=EVENING - timedelta(days=3), kenmerk="BH-2026-0777")
    move(need, NeedState.ANSWERED, NeedState.UNDER_WAY, at=EVENING - timedelta(days=2), reason="")
    a_milestone(need, "De verf is besteld.", on=(EVENING - timedelta(days=1)).date())
    a_milestone(need, "Het zebrapad wordt geverfd.", on=(EVENING + timedelta(days=9)).date())
    seen = words(browser().get(f"/b/{need.kenmerk}/"))
    told = [
        "First message about it",
        "put it on the agenda",
        "asked the municipality for an answer",
        "The municipality answered: Partly taken over",
        "The work has begun",
        "De verf is besteld.",
        "planned Het zebrapad wordt geverfd.",
    ]
    places = [seen.index(one) for one in told]
    assert places == sorted(places)
    assert "Er komt een zebrapad." in seen
    assert browser().get("/b/BH-2026-0777/").status_code == 302


def test_a_position_of_a_few_is_shown_whatever_the_majority_thinks(room: Room) -> None:
    message = given.a_message(room, body="Laat de auto's juist door.")
    need = a_need(room, [given.a_message(room, message.thread, "Straat autovrij."), message])
    for number in range(4):
        by = given.a_resident(f"Tegen {number}")
        do(stance_take, by=by, room=room, message=message.pk, value="disagree")
    assert "A smaller group" not in words(browser().get(f"/b/{need.kenmerk}/"))
    ally = given.a_resident("Voor")
    do(stance_take, by=ally, room=room, message=message.pk, value="agree")
    seen = words(browser().get(f"/b/{need.kenmerk}/"))
    assert "Laat de auto's juist door. 2 people stand behind this · 4 disagree" in seen


def test_a_need_that_went_into_another_leads_there(room: Room) -> None:
    need, other = a_need(room), a_need(room)
    move(need, NeedState.CLOSED)
    Need.objects.filter(pk=need.pk).update(merged_into=other)
    response = browser().get(f"/b/{need.kenmerk}/", follow=True)
    assert response.redirect_chain[-1][0] == f"/b/{other.kenmerk}/?from={need.kenmerk}"
    assert f"{need.kenmerk} is about the same" in words(response)
    assert "is about the same" not in words(browser().get(f"/b/{other.kenmerk}/?from=<b>"))


def test_an_unknown_kenmerk_says_so_and_a_small_letter_does_no_harm(room: Room) -> None:
    need = a_need(room)
    missing = browser().get("/b/BH-2026-9999/")
    assert missing.status_code == 404
    assert "There is no need at this address" in words(missing)
    assert browser().get(f"/b/{str(need.kenmerk).lower()}/").url == f"/b/{need.kenmerk}/"


def test_a_suggestion_that_was_accepted_is_found_by_its_kenmerk(room: Room) -> None:
    need = a_need(room, state=NeedState.SUGGESTED, engine_id="n1")
    address = f"/n/kade/agenda/voorstel/{need.pk}/"
    assert "Nobody has looked at it yet" in words(browser().get(address))
    move(need, NeedState.ON_AGENDA)
    found = Need.objects.get(pk=need.pk)
    assert browser().get(address).url == f"/b/{found.kenmerk}/"


def test_many_messages_come_in_pages(room: Room) -> None:
    need = a_popular_need(room, "Veilig oversteken.", 45)
    seen = words(browser().get(f"/b/{need.kenmerk}/"))
    assert "All 45 messages it rests on" in seen
    assert "Page 1 of 3" in seen
    assert "nummer 43" in words(browser().get(f"/b/{need.kenmerk}/?page=3"))


def test_the_open_data_is_the_same_list_without_anyone_s_name(room: Room) -> None:
    by = given.a_resident("Henk Geheim")
    message = given.a_message(room, body="Veilig oversteken.", by=by)
    need = a_need(room, [message], state=NeedState.ASKED)
    support(need, given.a_resident("Steun"))
    response = browser().get("/n/kade/agenda.json")
    told = json.loads(response.content)
    (one,) = told["needs"]
    assert (one["kenmerk"], one["title"], one["people"], one["support"]) == (
        need.kenmerk,
        "Veilig oversteken.",
        1,
        1,
    )
    assert one["summary"][0]["sources"][0].endswith(f"/r/plein/m/{message.pk}/")
    assert "Geheim" not in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_same_questions_are_asked_of_the_database_however_long_the_agenda(
    room: Room, django_assert_max_num_queries: object, evening: Clock
) -> None:
    for number in range(12):
        a_need(room, [given.a_message(room, body=f"Wens {number}.")])
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        browser().get(AGENDA)


def test_it_reads_in_dutch(room: Room) -> None:
    a_need(room, state=NeedState.ASKED)
    seen = words(browser().get(AGENDA, **DUTCH))
    assert "De gemeente moet antwoorden" in seen
    assert "Door bewoners" in seen
    assert "Verkeer en vervoer" in seen
