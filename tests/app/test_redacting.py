"""Private details are left out, the rest stays, its writer keeps the whole; it can be undone."""

from datetime import timedelta

import pytest

from deliberation.people.models import Person
from moderation import ledger
from moderation.forms.queue import RedactForm
from moderation.lifecycle import State
from moderation.models import Act, Case, Decision
from moderation.services import (
    appeal_decide,
    appeal_make,
    decision_undo,
    message_redact,
    message_report,
)
from rooms.models import Message, Room
from rooms.services import message_edit, message_post
from tests import given
from tests.browsing import browser
from tests.doing import do, refused
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db
BODY = "De lamp is stuk. Bel 06-12345678 of kom langs: 06-12345678, ik ben thuis."
LEFT = "De lamp is stuk. Bel […] of kom langs: […], ik ben thuis."
WHY = "Er staat een nummer in."
SOON = EVENING + timedelta(seconds=5)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager()


@pytest.fixture
def fatima(room: Room) -> Person:
    return given.a_resident()


@pytest.fixture
def message(room: Room, fatima: Person) -> Message:
    return given.a_message(room, body=BODY, by=fatima)


def redact(room: Room, by: Person, message: Message, words: str = "06-12345678") -> Decision:
    do(message_redact, by=by, room=room, message=message.pk, words=words, reason=WHY)
    return Decision.objects.get(act=Act.REDACT)


def body(message: Message) -> str:
    return Message.objects.get(pk=message.pk).body


def test_every_place_is_left_out_and_everyone_hears_of_it(
    room: Room, mieke: Person, fatima: Person, message: Message
) -> None:
    with verify_change(room) as told:
        decision = redact(room, mieke, message)
    assert [event.message.body for event in told[room.pk].public] == [LEFT]  # type: ignore[union-attr]
    assert (body(message), decision.person, decision.ground) == (LEFT, fatima, "personal_data")
    assert [one.body for one in message.revisions.all()] == [BODY]
    assert ledger.verify().flaw is None
    page = browser(fatima).get(f"/r/kade/besluit/{decision.puid}/").content.decode()
    assert WHY in page


def test_a_case_about_it_is_closed_by_it(room: Room, mieke: Person, message: Message) -> None:
    roos = given.a_resident("Roos")
    do(message_report, by=roos, room=room, message=message.pk, ground="personal_data")
    decision = redact(room, mieke, message)
    assert Case.objects.get().state == State.CLOSED
    assert (decision.case, decision.source) == (Case.objects.get(), "report")


def test_what_was_held_back_for_it_is_shown_without_it(
    room: Room, mieke: Person, fatima: Person
) -> None:
    thread = given.a_thread(room)
    said = "Mijn nummer is 111222333. Wie helpt mij?"
    done = do(message_post, by=fatima, room=room, thread=thread.pk, body=said)
    held = Message.objects.get(pk=done.id)
    assert held.is_held
    with verify_change(room) as told:
        redact(room, mieke, held, "111222333")
    assert "message.restored" in told[room.pk].kinds
    found = Message.objects.get(pk=held.pk)
    assert (found.is_shown, found.until, found.body) == (
        True,
        None,
        "Mijn nummer is […]. Wie helpt mij?",
    )


def test_a_slip_is_undone(room: Room, mieke: Person, message: Message) -> None:
    decision = redact(room, mieke, message)
    do(decision_undo, by=mieke, room=room, decision=decision.puid, at=SOON)
    assert body(message) == BODY
    assert decision.undone_by.get().act == Act.RESTORE
    assert not message.revisions.exists()


def test_another_person_puts_it_back(
    room: Room, mieke: Person, fatima: Person, message: Message
) -> None:
    decision = redact(room, mieke, message)
    asked = {"room": room, "decision": decision.puid, "words": "Het is het nummer van de gemeente."}
    appeal = appeal_make(actor=given.acting(fatima), at=SOON, **asked)
    answer = {"room": room, "appeal": appeal.pk, "grant": True, "answer": "Dat klopt."}
    appeal_decide(actor=given.acting(given.a_manager("Omar")), at=SOON, **answer)
    assert body(message) == BODY


def test_what_its_writer_made_of_it_since_stays(
    room: Room, mieke: Person, fatima: Person, message: Message
) -> None:
    decision = redact(room, mieke, message)
    do(message_edit, by=fatima, room=room, message=message.pk, body="Opgelost.", at=SOON)
    refused(decision_undo, "undone", by=mieke, room=room, decision=decision.puid, at=SOON)
    assert body(message) == "Opgelost."


@pytest.mark.parametrize(
    ("words", "code"),
    [("", "empty"), (" \n ", "empty"), ("06-99999999", "not_in_it"), (BODY, "nothing_left")],
)
def test_what_makes_no_sense_is_refused(
    room: Room, mieke: Person, message: Message, words: str, code: str
) -> None:
    wanted = {"message": message.pk, "words": words, "reason": WHY}
    refused(message_redact, code, by=mieke, room=room, **wanted)


def test_the_reason_names_no_details_either(room: Room, mieke: Person, message: Message) -> None:
    wanted = {"message": message.pk, "words": "06-12345678", "reason": "06-12345678 stond erin."}
    refused(message_redact, "private", by=mieke, room=room, **wanted)


def test_the_form_offers_what_the_software_found() -> None:
    assert RedactForm.found_in(BODY)["words"] == "06-12345678"


def test_from_the_queue(room: Room, mieke: Person, message: Message) -> None:
    do(message_report, by=given.a_resident("Roos"), room=room, message=message.pk, ground="spam")
    manager, case = browser(mieke), Case.objects.get()
    page = manager.get("/moderatie/").content.decode()
    assert "06-12345678</textarea>" in page
    form = {"do": "redact", "words": "06-12345678", "reason": WHY}
    answer = manager.post(f"/moderatie/zaak/{case.pk}", form)
    assert answer.status_code == 303
    assert "gedaan=" in answer["Location"]
    assert body(message) == LEFT
