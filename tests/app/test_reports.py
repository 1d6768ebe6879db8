"""A report opens a case, tells the managers, and comes back to who reported."""

from datetime import timedelta

import pytest
from django.test import Client

from deliberation.people.models import Person
from moderation.models import Act, Case, Decision, Report
from moderation.risk import CROWD, Told, due, risk
from moderation.selectors.waiting_time import usual_wait
from moderation.services import case_leave, message_hide, message_report
from moderation.services.reports import MOST
from rooms.attached import attached
from rooms.models import Message, Notice, Room
from rooms.privacy.erasing import erase
from tests import given
from tests.browsing import browser, evening, words
from tests.doing import do, refused
from tests.fakes import EVENING
from tests.verify import verify_change

__all__ = ["evening"]
pytestmark = pytest.mark.django_db
LONG_AGO = EVENING - timedelta(days=30)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def message(room: Room) -> Message:
    return given.a_message(room, body="Wat een dom mens.", by=given.a_resident("Boos"))


def reported(room: Room, message: Message, by: Person, ground: str = "insult") -> Report:
    done = do(message_report, by=by, room=room, message=message.pk, ground=ground)
    return Report.objects.get(pk=done.id)


def known(name: str, room: Room) -> Person:
    """Someone who is here for a month and wrote something."""
    person = given.a_resident(name, joined_at=LONG_AGO)
    given.a_message(room, by=person)
    return person


def test_a_report_is_told_to_staff_alone_and_the_message_stays(
    room: Room, message: Message
) -> None:
    with verify_change(room) as told:
        reported(room, message, given.a_resident("Fatima"))
    assert told[room.pk].public == []
    assert told[room.pk].kinds == ["case.changed"]
    message.refresh_from_db()
    assert message.is_shown


def test_reports_of_one_message_are_one_case(room: Room, message: Message) -> None:
    for name in ("Fatima", "Henk"):
        reported(room, message, given.a_resident(name))
    assert Case.objects.get().reports.count() == 2


def test_telling_it_twice_changes_nothing_more(room: Room, message: Message) -> None:
    fatima = given.a_resident("Fatima")
    first = reported(room, message, fatima)
    assert reported(room, message, fatima, ground="hate") == first
    assert Report.objects.count() == 1


def test_what_can_not_be_reported(room: Room, message: Message) -> None:
    fatima, mieke = given.a_resident("Fatima"), given.a_manager()
    wanted = {"room": room, "message": message.pk, "ground": "insult"}
    assert message.author is not None
    refused(message_report, "yours", by=message.author, **wanted)
    refused(message_report, "no_ground", by=fatima, **(wanted | {"ground": "ugly"}))
    refused(message_report, "too_long", by=fatima, words="x" * 501, **wanted)
    refused(message_report, "signed_out", by=None, **wanted)
    do(message_hide, by=mieke, reason="Scheldt.", **wanted)
    refused(message_report, "gone", by=fatima, **wanted)


def test_who_may_not_write_can_still_report(room: Room, message: Message) -> None:
    fatima = given.a_resident("Fatima")
    given.a_ban(fatima, room)
    assert reported(room, message, fatima).pk


def test_one_person_can_not_flood_the_managers(room: Room) -> None:
    fatima, thread = given.a_resident("Fatima"), given.a_thread(room)
    messages = [given.a_message(room, thread) for _ in range(MOST + 1)]
    for message in messages[:MOST]:
        reported(room, message, fatima)
    wanted = {"room": room, "message": messages[MOST].pk, "ground": "spam"}
    said = refused(message_report, "too_fast", by=fatima, **wanted)
    assert said.values == {"count": MOST}
    later = EVENING + timedelta(hours=1, minutes=1)
    assert do(message_report, by=fatima, at=later, **wanted).id


def test_a_crowd_of_new_people_is_merged_and_weighs_little(room: Room, message: Message) -> None:
    for number in range(CROWD):
        reported(room, message, given.a_resident(f"Nieuw {number}"), ground="off_topic")
    wanted = {"room": room, "message": message.pk, "ground": "off_topic"}
    refused(message_report, "enough", by=given.a_resident("Nog een"), **wanted)
    crowd = Case.objects.get().risk
    other = given.a_message(room, by=given.a_resident("Rustig"))
    reported(room, other, known("Fatima", room), ground="insult")
    assert Case.objects.get(message=other).risk > crowd


def test_who_is_known_for_longer_is_heard_also_after_a_crowd(room: Room, message: Message) -> None:
    for number in range(CROWD):
        reported(room, message, given.a_resident(f"Nieuw {number}"))
    assert reported(room, message, known("Fatima", room)).established


def test_risk_grows_with_severity_and_with_established_people() -> None:
    new, old = Told("threat", established=False), Told("threat", established=True)
    spam = Told("spam", established=True)
    assert risk([]) == 0
    assert risk([spam]) < risk([spam] * 2) < risk([old])
    assert risk([new]) < risk([old])
    assert risk([new] * 500) < risk([old] * 2)
    assert risk([old] * 1000) <= 130
    assert due("threat", EVENING) < due("insult", EVENING)


def test_the_reporter_reads_what_came_of_it(room: Room, message: Message) -> None:
    fatima, mieke = given.a_resident("Fatima"), given.a_manager()
    report = reported(room, message, fatima)
    case = report.case_id
    do(case_leave, by=mieke, room=room, case=case, reason="Dit is scherp, maar mag.")
    [notice] = Notice.objects.filter(person=fatima)
    [news] = attached.news([notice.pk]).values()
    assert news.path == f"/r/kade/melding/{report.pk}/"
    page = words(browser(fatima).get(news.path))
    assert "Dit is scherp, maar mag." in page
    decision = Decision.objects.get(act=Act.LEAVE)
    assert f"/besluit/{decision.puid}/" in browser(fatima).get(news.path).content.decode()


def test_what_was_looked_at_is_not_reported_again_by_the_same_person(
    room: Room, message: Message
) -> None:
    fatima, mieke = given.a_resident("Fatima"), given.a_manager()
    report = reported(room, message, fatima)
    do(case_leave, by=mieke, room=room, case=report.case_id, reason="Mag.")
    wanted = {"room": room, "message": message.pk, "ground": "insult"}
    refused(message_report, "reported", by=fatima, **wanted)
    assert reported(room, message, given.a_resident("Henk")).case_id != report.case_id


def test_a_report_is_sent_in_two_taps_and_its_receipt_is_for_who_sent_it(
    room: Room, message: Message
) -> None:
    fatima = given.a_resident("Fatima")
    client = browser(fatima)
    at_room = client.get(f"/r/kade/t/{message.thread_id}/").content.decode()
    address = f"/r/kade/m/{message.pk}/melden"
    assert address in at_room
    assert 'value="threat"' in client.get(address).content.decode()
    sent = client.post(address, {"ground": "insult"}, HTTP_ORIGIN="http://testserver")
    assert sent.status_code == 303
    assert client.get(sent.url).status_code == 200
    assert browser(given.a_resident("Ander")).get(sent.url).status_code == 404
    assert Client().get(sent.url).status_code == 404


def test_a_visitor_reports_under_a_name(room: Room, message: Message) -> None:
    address = f"/r/kade/m/{message.pk}/melden"
    client = Client()
    nameless = client.post(address, {"ground": "insult"}, HTTP_ORIGIN="http://testserver")
    assert nameless.status_code == 422
    named = {"ground": "insult", "name": "Roos"}
    assert client.post(address, named, HTTP_ORIGIN="http://testserver").status_code == 303
    assert Report.objects.get().person is not None


def test_how_long_it_usually_takes_is_known_after_some_cases(room: Room) -> None:
    mieke, thread = given.a_manager(), given.a_thread(room)
    assert usual_wait(at=EVENING) is None
    for hours in range(1, 6):
        message = given.a_message(room, thread)
        report = reported(room, message, given.a_resident("Fatima"))
        then = EVENING + timedelta(hours=hours)
        do(case_leave, by=mieke, room=room, case=report.case_id, reason="Mag.", at=then)
    assert usual_wait(at=EVENING + timedelta(days=1)) == timedelta(hours=3)


def test_who_is_erased_is_in_no_report_and_no_note(room: Room, message: Message) -> None:
    fatima, mieke, boos = given.a_resident("Fatima"), given.a_manager(), message.author
    assert boos is not None
    wanted = {"message": message.pk, "ground": "insult", "words": "Fatima woont op 12."}
    do(message_report, by=fatima, room=room, **wanted)
    erase(actor=given.acting(fatima), at=EVENING)
    report = Report.objects.get()
    assert (report.person, report.words) == (None, "")
    do(case_leave, by=mieke, room=room, case=report.case_id, reason="Boos is altijd zo.")
    erase(actor=given.acting(boos), at=EVENING)
    assert not Decision.objects.exclude(facts="").exists()
