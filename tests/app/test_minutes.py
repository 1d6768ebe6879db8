"""The minutes of an evening: what is in them, and what is no longer in them."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from pypdf import PdfReader

from deliberation.people.models import Person
from moderation.services import message_hide
from rooms.models import Agreement, Meeting, Poll, Room
from rooms.selectors import snapshot
from rooms.selectors.minutes import minutes
from rooms.services import (
    agreement_add,
    agreement_drop,
    floor_add,
    floor_ask,
    floor_next,
    floor_set,
    meeting_close,
    meeting_sort,
    poll_close,
    poll_hands,
    poll_new,
    poll_open,
    poll_vote,
)
from tests import given
from tests.agenda.given import a_need
from tests.browsing import browser
from tests.doing import do, refused, verified
from tests.fakes import EVENING

pytestmark = pytest.mark.django_db
WORDS = "De gemeente hangt een lamp op."


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def meeting(room: Room) -> Meeting:
    return given.a_meeting(room, "open")


def page(meeting: Meeting) -> str:
    return browser().get(f"/r/kade/bijeenkomsten/{meeting.pk}/").content.decode()


def document(meeting: Meeting) -> str:
    found = browser().get(f"/r/kade/bijeenkomsten/{meeting.pk}/verslag.pdf?lang=en")
    assert found["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(found.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(" ".join(part.extract_text() for part in reader.pages).split())


def test_what_was_agreed_stands_there_until_it_is_taken_away(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    common: dict[str, Any] = {"by": mieke, "room": room, "meeting": meeting.pk}
    day = EVENING.date() + timedelta(days=7)
    verified(agreement_add, **common, words=WORDS, who="Jeroen", due_on=day)
    (told,) = snapshot(room).meetings[0].agreements
    assert (told.words, told.who, told.due_on) == (WORDS, "Jeroen", day)
    do(meeting_close, **common)
    assert WORDS in page(meeting)
    assert WORDS in document(meeting)
    agreed = Agreement.objects.get().pk
    verified(agreement_drop, **common, agreement=agreed)
    refused(agreement_drop, "no_agreement", **common, agreement=agreed)
    refused(agreement_add, "not_allowed", **common | {"by": given.a_resident()}, words=WORDS)
    assert WORDS not in page(meeting)


def test_a_quote_that_is_hidden_leaves_the_page_and_the_next_edition(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    said = given.a_message(room, body="Hier moet een lamp komen.", by=given.a_resident("Anna"))
    common: dict[str, Any] = {"by": mieke, "room": room}
    do(meeting_sort, **common, meeting=meeting.pk, message=said.pk, state="answered")
    assert "Hier moet een lamp komen." in page(meeting)
    assert "Hier moet een lamp komen." in document(meeting)
    do(message_hide, **common, message=said.pk, ground="insult", reason="Zo.")
    assert "Hier moet een lamp komen." not in page(meeting)
    assert "This message is no longer shown." in page(meeting)
    assert "Hier moet een lamp komen." not in document(meeting)


def test_polls_are_told_with_phones_and_hands(room: Room, meeting: Meeting, mieke: Person) -> None:
    common: dict[str, Any] = {"by": mieke, "room": room, "meeting": meeting.pk}
    do(poll_new, **common, question="Waar eerst?", kind="single", options=["Hier", "Daar"])
    poll = Poll.objects.get().pk
    do(poll_open, **common, poll=poll)
    do(poll_vote, by=given.a_resident("Anna"), room=room, poll=poll, choice=[1])
    assert "Waar eerst?" not in page(meeting)  # people still vote
    do(poll_hands, **common, poll=poll, hands=[2, 1])
    do(poll_close, **common, poll=poll)
    for text in (page(meeting), document(meeting)):
        assert "Waar eerst?" in text
        assert "50" in text
        assert "1 person voted by phone." in text


def test_only_needs_from_this_evening_are_in_its_minutes(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    do(meeting_close, by=mieke, room=room, meeting=meeting.pk, at=EVENING + timedelta(hours=2))
    during = [given.a_message(room, body="Er moet een lamp komen.", at=EVENING)]
    later = [given.a_message(room, body="Er moet een boom komen.", at=EVENING + timedelta(hours=3))]
    for said in (during, later):
        a_need(room, said, at=EVENING + timedelta(days=1))
    found = minutes(meeting_again(meeting), at=EVENING + timedelta(days=2))
    assert [need.title for need in found.needs] == ["Er moet een lamp komen."]


def meeting_again(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("room").get(pk=meeting.pk)


def test_who_spoke_in_the_hall_and_online_is_counted(
    room: Room, meeting: Meeting, mieke: Person
) -> None:
    common: dict[str, Any] = {"by": mieke, "room": room, "meeting": meeting.pk}
    do(floor_set, **common, open=True, seconds=60)
    do(floor_add, **common)
    do(floor_ask, **common | {"by": given.a_resident("Anna")})
    do(floor_next, **common)
    found = minutes(meeting, at=EVENING)
    assert (found.turns.hall, found.turns.online) == (1, 0)
    assert "1 time someone in the hall spoke." in page(meeting)


def test_a_meeting_goes_into_a_calendar(room: Room) -> None:
    planned = given.a_meeting(room)
    answer = Client().get(f"/r/kade/bijeenkomsten/{planned.pk}/agenda.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"]) == (planned.title, planned.place)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (planned.starts_at, planned.ends_at)
    assert event["URL"].endswith(f"/r/kade/bijeenkomsten/{planned.pk}/")
