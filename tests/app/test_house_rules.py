"""House rules: a new version holds in every room at once; what held before stays to be read."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from deliberation.people.models import Person
from moderation.models import Act, Decision
from moderation.services import message_hide
from rooms.house_rules import LATELY, rules_changed, rules_in_force, rules_named
from rooms.models import Charter, HouseRules, Room
from rooms.selectors.opening import Window, opening
from rooms.services import rules_adopt
from tests import given
from tests.browsing import browser, evening
from tests.doing import do
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
RULES = "Wees aardig.\n- Schrijf over de buurt.\n\n"
CHANGE = "Er zijn nog maar twee regels."
FIELDS = {"rules": RULES, "change": CHANGE, "rules_en": "", "change_en": ""}


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager()


def adopt(by: Person, **fields: object) -> HouseRules:
    asked = {**FIELDS, "at": EVENING, **fields}
    return rules_adopt(actor=given.acting(by), **asked)  # type: ignore[arg-type]


def test_until_there_are_any_the_first_ones_hold() -> None:
    assert rules_in_force().version == "2026-1"
    assert rules_changed(EVENING) is None
    assert len(rules_in_force().rules) == 6


def test_new_ones_hold_in_every_room_at_once(room: Room, mieke: Person) -> None:
    with verify_change(room) as told:
        found = adopt(mieke)
    assert (found.version, found.by) == ("2026-2", mieke)
    assert rules_in_force().rules == ["Wees aardig.", "Schrijf over de buurt."]
    assert told[room.pk].kinds == ["room.charter"]
    assert Charter.objects.get(room=room).house_rules == "2026-2"


def test_versions_are_counted_by_year(mieke: Person) -> None:
    adopt(mieke)
    adopt(mieke, rules="Wees aardig.")
    later = EVENING + timedelta(days=400)
    assert adopt(mieke, rules="Wees lief.", at=later).version == f"{later.year}-1"


def test_who_reads_english_sees_english_where_there_is_any(mieke: Person) -> None:
    adopt(mieke, rules_en="Be kind.\nWrite about the neighbourhood.", change_en="Two are left.")
    with override("en"):
        assert rules_in_force().rules[0] == "Be kind."
        assert rules_in_force().change == "Two are left."
    adopt(mieke, rules="Wees lief.")
    with override("en"):
        assert rules_in_force().rules == ["Wees lief."]


def test_people_are_told_for_a_month(room: Room, mieke: Person) -> None:
    adopt(mieke)
    reader = given.acting(given.a_resident())
    for at, told in ((EVENING, True), (EVENING + LATELY, False)):
        new = opening(reader, room, Window(), at=at).rules
        assert (new is not None) is told
    thread = given.a_thread(room)
    page = browser().get(f"/r/kade/t/{thread.pk}/").content.decode()
    assert CHANGE in page


def test_a_decision_leads_to_the_rules_of_then(room: Room, mieke: Person) -> None:
    message = given.a_message(room, by=given.a_resident())
    asked = {"message": message.pk, "ground": "insult", "reason": "Er staat een scheldwoord."}
    do(message_hide, by=mieke, room=room, **asked)
    adopt(mieke)
    decision = Decision.objects.get(act=Act.HIDE)
    page = browser(mieke).get(f"/r/kade/besluit/{decision.puid}/").content.decode()
    assert "/huisregels/2026-1/" in page
    old = browser().get("/huisregels/2026-1/").content.decode()
    assert "These rules held before." in old
    assert "Write about the subject" in old
    assert rules_named("2031-9") is None
    assert browser().get("/huisregels/2031-9/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rules": " \n"}, "Write at least one rule"),
        ({"change": ""}, "This can&#x27;t be empty"),
        ({"rules_en": "Be kind."}, "2 rules in Dutch"),
        ({"rules": "\n".join(f"Regel {number}." for number in range(21))}, "more than 20"),
        ({"rules": "x" * 4001}, "at most 4000 fit"),
    ],
)
def test_what_makes_no_sense_is_given_back(
    mieke: Person, fields: dict[str, str], said: str
) -> None:
    answer = browser(mieke).post("/huisregels/nieuw/", FIELDS | fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not HouseRules.objects.exists()


def test_the_same_again_is_no_change(mieke: Person) -> None:
    adopt(mieke)
    answer = browser(mieke).post("/huisregels/nieuw/", FIELDS)
    assert "These are the rules already" in answer.content.decode()


def test_a_manager_writes_them_on_the_page(mieke: Person) -> None:
    manager = browser(mieke)
    form = manager.get("/huisregels/nieuw/").content.decode()
    assert "Wees kritisch over plannen" in form
    assert "Be critical about plans" in form
    assert manager.post("/huisregels/nieuw/", FIELDS).status_code == 303
    page = browser().get("/huisregels/").content.decode()
    assert "Wees aardig." in page
    assert CHANGE in page
    assert "2026-1" in page


def test_residents_read_them_and_do_not_write_them() -> None:
    resident = browser(given.a_resident())
    assert "/huisregels/nieuw/" not in resident.get("/huisregels/").content.decode()
    assert resident.post("/huisregels/nieuw/", FIELDS).status_code == 403
    assert not HouseRules.objects.exists()
