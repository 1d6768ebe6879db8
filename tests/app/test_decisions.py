"""Every decision has reasons, can be looked at again by another person, and is in the ledger."""

import json
import random
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from deliberation.kernel.refusals import Refused
from deliberation.people.models import Person
from moderation import ledger
from moderation.models import Appeal, Decision, Entry
from moderation.services import (
    appeal_decide,
    appeal_make,
    message_hide,
    message_restore,
    person_ban,
    person_unban,
)
from rooms.models import Message, Notice, Room
from rooms.privacy.erasing import erase
from tests import given
from tests.browsing import browser, evening, words
from tests.doing import do, refused
from tests.fakes import EVENING, Clock

__all__ = ["evening"]
pytestmark = pytest.mark.django_db
SEEN = "Noemt een buurvrouw dom."
LATER = EVENING + timedelta(hours=1)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def fatima() -> Person:
    return given.a_resident("Fatima")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


@pytest.fixture
def message(room: Room, fatima: Person) -> Message:
    return given.a_message(room, body="Wat een dom mens.", by=fatima)


@pytest.fixture
def hidden(room: Room, mieke: Person, message: Message) -> Decision:
    do(message_hide, by=mieke, room=room, message=message.pk, ground="insult", reason=SEEN)
    return Decision.objects.get()


def appeal(decision: Decision, by: Person, words: str = "Het was een grapje.") -> Appeal:
    actor = given.acting(by, at=LATER)
    return appeal_make(
        actor=actor, room=decision.room, decision=decision.puid, words=words, at=LATER
    )


def decided(asked: Appeal, by: Person, *, grant: bool, **fields: Any) -> Appeal:
    at = fields.pop("at", LATER)
    answer = fields.pop("answer", "Dit mag gezegd worden.")
    return appeal_decide(
        actor=given.acting(by, at=at),
        room=asked.decision.room,
        appeal=asked.pk,
        grant=grant,
        answer=answer,
        at=at,
    )


def done(client: Client, address: str, fields: dict[str, str]) -> None:
    """Send a form that is taken."""
    assert client.post(address, fields, HTTP_ORIGIN="http://testserver").status_code == 303


def code_of(run: Any, *args: Any, **fields: Any) -> str:
    with pytest.raises(Refused) as caught:
        run(*args, **fields)
    return caught.value.code


# Reasons


def test_whom_it_concerns_hears_why_and_gets_the_text_back(
    hidden: Decision, fatima: Person
) -> None:
    notice = Notice.objects.get(person=fatima)
    assert notice == hidden.notice
    page = words(browser(fatima).get("/meldingen/"))
    assert "A message of yours was hidden" in page
    page = words(browser(fatima).get(f"/r/kade/besluit/{hidden.puid}/"))
    for said in (SEEN, "Wat een dom mens.", "not about people", "A person decided this"):
        assert said in page


def test_everyone_reads_the_ground_and_nobody_else_the_words(
    hidden: Decision, message: Message, mieke: Person
) -> None:
    way = browser().get(f"/r/kade/m/{message.pk}/besluit")
    page = words(browser().get(way.headers["Location"]))
    assert "not about people" in page
    assert SEEN not in page
    assert "dom mens" not in page
    assert "dom mens" in words(browser(mieke).get(f"/r/kade/besluit/{hidden.puid}/"))


def test_a_ban_is_between_the_person_and_the_managers(
    room: Room, fatima: Person, mieke: Person
) -> None:
    until = EVENING + timedelta(days=1)
    ban = {"person": fatima.pk, "ground": "threat", "reason": "Dreigt.", "until": until}
    do(person_ban, by=mieke, room=room, **ban)
    decision = Decision.objects.get()
    address = f"/r/kade/besluit/{decision.puid}/"
    assert browser().get(address).status_code == 404
    assert browser(given.a_resident()).get(address).status_code == 404
    assert "Dreigt." in words(browser(fatima).get(address))
    do(person_unban, by=mieke, room=room, person=fatima.pk, reason="Excuses gemaakt.")
    assert Decision.objects.get(act="unban").undoes == decision


@pytest.mark.parametrize(
    ("ground", "reason", "code"),
    [
        ("because", SEEN, "no_ground"),
        ("insult", " ", "empty"),
        ("insult", "Belt 06-12345678 steeds.", "private"),
        ("insult", "Zie a.buur@example.nl.", "private"),
    ],
)
def test_a_decision_without_proper_reasons_is_refused(
    room: Room, mieke: Person, message: Message, ground: str, reason: str, code: str
) -> None:
    fields = {"message": message.pk, "ground": ground, "reason": reason}
    refused(message_hide, code, by=mieke, room=room, **fields)
    assert not Decision.objects.exists()
    assert not Entry.objects.exists()


def test_hiding_on_the_page_asks_for_a_rule_and_what_was_seen(
    room: Room, mieke: Person, message: Message, evening: Clock
) -> None:
    manager = browser(mieke)
    address = f"/r/kade/m/{message.pk}/hide"
    assert manager.post(address, {"reason": SEEN}).status_code == 422
    done(manager, address, {"ground": "insult", "reason": SEEN})
    message.refresh_from_db()
    assert (message.state, message.ground) == ("hidden", "insult")


# Another look


def test_another_person_looks_again_and_what_was_hidden_is_back(
    hidden: Decision, message: Message, fatima: Person
) -> None:
    asked = appeal(hidden, fatima)
    decided(asked, given.a_manager("Ander"), grant=True)
    message.refresh_from_db()
    assert (message.state, message.reason) == ("shown", "Dit mag gezegd worden.")
    assert Decision.objects.get(act="restore").undoes == hidden
    asked.refresh_from_db()
    assert asked.notice is not None
    page = words(browser(fatima).get(f"/r/kade/besluit/{hidden.puid}/"))
    assert "The decision was undone." in page


def test_what_stays_gets_an_answer(hidden: Decision, message: Message, fatima: Person) -> None:
    decided(appeal(hidden, fatima), given.a_manager("Ander"), grant=False, answer="Het blijft zo.")
    message.refresh_from_db()
    assert message.state == "hidden"
    page = words(browser(fatima).get(f"/r/kade/besluit/{hidden.puid}/"))
    assert "Het blijft zo." in page
    assert "ombudsman" in page


def test_who_decided_does_not_look_again(hidden: Decision, fatima: Person, mieke: Person) -> None:
    asked = appeal(hidden, fatima)
    assert code_of(decided, asked, mieke, grant=True) == "not_allowed"
    answer = browser(mieke).post(
        f"/r/kade/opnieuw-kijken/{asked.pk}", {"grant": "yes", "answer": "Toch goed."}
    )
    assert answer.status_code == 422
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_two_who_look_again_at_once_make_one_decision(hidden: Decision, fatima: Person) -> None:
    asked = appeal(hidden, fatima)
    decided(asked, given.a_manager("Een"), grant=False)
    assert code_of(decided, asked, given.a_manager("Twee"), grant=True) == "decided"


def test_only_whom_it_concerns_asks_and_asking_twice_is_asking_once(
    hidden: Decision, fatima: Person
) -> None:
    assert code_of(appeal, hidden, given.a_resident("Ander")) == "not_yours"
    assert appeal(hidden, fatima) == appeal(hidden, fatima, "Nog eens")
    assert Appeal.objects.get().words == "Het was een grapje."
    assert code_of(decided, appeal(hidden, fatima), given.a_resident(), grant=True) == "not_allowed"


def test_after_six_months_it_is_too_late(hidden: Decision, fatima: Person) -> None:
    late = EVENING + timedelta(days=185)
    fields = {"room": hidden.room, "decision": hidden.puid, "words": "Toch.", "at": late}
    assert code_of(appeal_make, actor=given.acting(fatima, at=late), **fields) == "too_late"


def test_of_what_was_undone_nothing_is_left_to_ask(
    room: Room, hidden: Decision, message: Message, fatima: Person, mieke: Person
) -> None:
    do(message_restore, by=mieke, room=room, message=message.pk, reason="Vergissing.")
    assert code_of(appeal, hidden, fatima) == "undone"


def test_who_may_not_write_can_still_ask(room: Room, fatima: Person, mieke: Person) -> None:
    until = EVENING + timedelta(days=1)
    ban = {"person": fatima.pk, "ground": "threat", "reason": "Dreigt.", "until": until}
    do(person_ban, by=mieke, room=room, **ban)
    asked = appeal(Decision.objects.get(), fatima)
    decided(asked, given.a_manager("Ander"), grant=True)
    assert given.acting(fatima, at=LATER).banned_until("kade") is None


def test_all_of_it_is_done_on_pages(
    hidden: Decision, message: Message, fatima: Person, evening: Clock
) -> None:
    address = f"/r/kade/besluit/{hidden.puid}/opnieuw"
    done(browser(fatima), address, {"words": "Het was een grapje."})
    other = browser(given.a_manager("Ander"))
    page = words(other.get("/r/kade/opnieuw-kijken/"))
    assert "Het was een grapje." in page
    fields = {"grant": "yes", "answer": "Dit mag."}
    done(other, f"/r/kade/opnieuw-kijken/{Appeal.objects.get().pk}", fields)
    message.refresh_from_db()
    assert message.is_shown


# The ledger


def many(room: Room, mieke: Person, count: int = 12) -> None:
    """Decisions of several kinds."""
    for number in range(count):
        message = given.a_message(room, body=f"Bericht {number}").pk
        do(message_hide, by=mieke, room=room, message=message, ground="spam", reason="Reclame.")
        if number % 3 == 0:
            do(message_restore, by=mieke, room=room, message=message, reason="Toch niet.")


def test_the_ledger_holds_every_decision_and_no_words(
    room: Room, hidden: Decision, mieke: Person
) -> None:
    many(room, mieke)
    assert ledger.verify().flaw is None
    assert Entry.objects.count() == Decision.objects.count() == 17
    held = str(list(Entry.objects.values()))
    for said in (SEEN, "Fatima", "Mieke", "Reclame"):
        assert said not in held


def test_an_erasure_leaves_the_ledger_right(hidden: Decision, fatima: Person) -> None:
    appeal(hidden, fatima)
    erase(actor=given.acting(fatima, at=LATER), at=LATER)
    hidden.refresh_from_db()
    assert (hidden.person, hidden.facts, hidden.salt) == (None, "", "")
    assert Appeal.objects.get().words == ""
    assert ledger.verify().flaw is None


def _spoil(rng: random.Random) -> None:
    """One change that nobody should be able to make unseen."""
    entries = list(Entry.objects.all())
    one = rng.choice(entries)
    match rng.randrange(6):
        case 0:
            place = rng.randrange(len(one.content))
            other = chr((ord(one.content[place]) + 1) % 128)
            one.content = one.content[:place] + other + one.content[place + 1 :]
            one.save()
        case 1:
            place = rng.randrange(64)
            other = "0" if one.hash[place] != "0" else "1"
            Entry.objects.filter(pk=one.pk).update(
                hash=one.hash[:place] + other + one.hash[place + 1 :]
            )
        case 2:
            one.delete()
        case 3:
            content = json.loads(one.content) | {"ground": "hate"}
            Entry.objects.create(
                number=entries[-1].number + 1, at=one.at, content=json.dumps(content), hash=one.hash
            )
        case 4:
            second = rng.choice([other for other in entries if other != one])
            Entry.objects.filter(pk=one.pk).update(content=second.content, hash=second.hash)
            Entry.objects.filter(pk=second.pk).update(content=one.content, hash=one.hash)
        case _:
            field, value = rng.choice(
                [("ground", "hate"), ("facts", "Anders."), ("act", "ban"), ("automatic", True)]
            )
            Decision.objects.filter(puid=json.loads(one.content)["puid"]).update(**{field: value})


def test_each_of_a_thousand_changes_is_found(room: Room, mieke: Person) -> None:
    many(room, mieke, 4)
    entries, decisions = list(Entry.objects.all()), list(Decision.objects.all())
    rng = random.Random(7)
    for _ in range(1000):
        _spoil(rng)
        assert ledger.verify().flaw is not None
        Entry.objects.all().delete()
        Entry.objects.bulk_create(entries)
        Decision.objects.bulk_update(decisions, ["ground", "facts", "act", "automatic"])
    assert ledger.verify().flaw is None


def test_a_ledger_cut_short_or_written_anew_misses_the_published_hash(
    room: Room, mieke: Person
) -> None:
    many(room, mieke, 3)
    head = ledger.verify().head
    assert ledger.verify(head=head).flaw is None
    last = Entry.objects.order_by("-number").first()
    assert last
    puid = json.loads(last.content)["puid"]
    last.delete()
    Decision.objects.filter(puid=puid).delete()
    assert ledger.verify().flaw is None
    assert ledger.verify(head=head).flaw is not None
