"""Everyone sees how much was decided, why and how fast; history can't be rewritten unseen."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from deliberation.kernel import canonical, chain
from deliberation.people.models import Person
from moderation import ledger
from moderation.figures.counting import MONTHS, Month, months
from moderation.figures.drawing import HEIGHT, bars
from moderation.figures.table import Row, rows
from moderation.models import Decision, Entry, Head
from moderation.services import (
    appeal_decide,
    appeal_make,
    case_leave,
    message_hide,
    message_report,
    message_restore,
)
from rooms.models import Room
from tests import given
from tests.browsing import evening, words
from tests.doing import do
from tests.fakes import EVENING

__all__ = ["evening"]
pytestmark = pytest.mark.django_db
TODAY = timezone.localtime(EVENING).date()
HOUR = timedelta(hours=1)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def mieke() -> Person:
    return given.a_manager("Mieke")


def hidden(room: Room, by: Person, *, ground: str = "insult", after: timedelta = HOUR) -> Decision:
    message = given.a_message(room, by=given.a_resident("Boos"))
    wanted = {"message": message.pk, "ground": ground, "reason": "Scheldt."}
    do(message_hide, by=by, room=room, at=EVENING + after, **wanted)
    return Decision.objects.latest("pk")


def figures(room: Room | None = None) -> dict[str, Row]:
    with override("en"):
        return {row.key: row for row in rows(months(room, today=TODAY))}


def test_what_was_hidden_is_counted_by_ground_month_and_room(room: Room, mieke: Person) -> None:
    hidden(room, mieke)
    hidden(room, mieke, ground="spam")
    hidden(given.a_room("hof"), mieke, ground="spam")
    found = figures()
    assert (found["hidden"].total, found["hidden"].values[-1]) == (3, 3)
    assert (found["hidden_insult"].total, found["hidden_spam"].total) == (1, 2)
    assert figures(room)["hidden"].total == 2
    assert len(found["hidden"].values) == MONTHS
    assert sum(found["hidden"].values[:-1]) == 0  # type: ignore[arg-type]


def test_times_are_medians_in_minutes(room: Room, mieke: Person) -> None:
    for hours in (1, 2, 9):
        hidden(room, mieke, after=timedelta(hours=hours))
    assert figures()["to_hide"].total == 120
    assert figures()["to_answer"].total is None


def test_reports_and_what_was_left_are_counted(room: Room, mieke: Person) -> None:
    message = given.a_message(room, by=given.a_resident("Boos"))
    wanted = {"message": message.pk, "ground": "insult"}
    done = do(message_report, by=given.a_resident(), room=room, **wanted)
    case = message.cases.get()
    do(case_leave, by=mieke, room=room, case=case.pk, reason="Mag.", at=EVENING + 2 * HOUR)
    found = figures()
    assert done.id
    assert (found["reports"].total, found["left"].total, found["to_decide"].total) == (1, 1, 120)


def test_how_often_another_look_undid_a_decision(room: Room, mieke: Person) -> None:
    ada, at = given.an_administrator("Ada"), EVENING + 2 * HOUR
    for grant in (True, False, False, False):
        decision = hidden(room, mieke)
        author = decision.person
        asked = appeal_make(
            actor=given.acting(author), room=room, decision=decision.puid, words="", at=at
        )
        appeal_decide(
            actor=given.acting(ada), room=room, appeal=asked.pk, grant=grant, answer="Zo.",
            at=at + HOUR,
        )  # fmt: skip
    found = figures()
    counts = [found[key].total for key in ("appeals", "granted", "refused", "shown_again")]
    assert counts == [4, 1, 3, 1]
    assert (found["reversal_rate"].total, found["to_answer"].total) == (0.25, 60)


def test_a_year_of_months_ends_in_this_one() -> None:
    found = months(None, today=TODAY)
    firsts = [month.first for month in found]
    assert firsts == sorted(firsts)
    assert (len(firsts), firsts[-1]) == (MONTHS, TODAY.replace(day=1))


def test_the_highest_bar_fills_the_drawing() -> None:
    quiet, busy = Month(TODAY), Month(TODAY)
    busy.acts.update({"hide": 4, "restore": 1})
    drawn = bars([quiet, busy])
    assert (drawn[0].hidden_height, drawn[1].hidden_height) == (0, HEIGHT)
    assert drawn[1].again_height == HEIGHT / 4


@pytest.mark.usefixtures("evening")
def test_the_page_says_it_without_names(room: Room, mieke: Person) -> None:
    hidden(room, mieke)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    for address in ("/cijfers/", "/cijfers/kamer/kade/", "/cijfers/besluiten/"):
        said = words(client.get(address))
        assert "nsult" in said
        for name in ("Boos", "Mieke", "Scheldt"):
            assert name not in said
    assert client.get("/cijfers/kamer/nergens/").status_code == 404


@pytest.mark.usefixtures("evening")
def test_the_same_figures_as_files(room: Room, mieke: Person) -> None:
    hidden(room, mieke)
    ledger.publish(EVENING)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    told: dict[str, Any] = client.get("/cijfers.json?kamer=kade").json()
    assert told["figures"]["hidden"]["total"] == 1
    assert told["months"][-1] == f"{TODAY:%Y-%m}"
    assert told["ledger"][0]["hash"] == Entry.objects.latest("number").hash
    assert "Messages hidden,," in client.get("/cijfers.csv").content.decode()


# The published head


def test_the_head_is_published_once_a_day(room: Room, mieke: Person) -> None:
    ledger.publish(EVENING)
    assert not Head.objects.exists()
    first = hidden(room, mieke)
    ledger.publish(EVENING)
    hidden(room, mieke)
    ledger.publish(EVENING + HOUR)
    assert Head.objects.get().number == Entry.objects.get(content__contains=str(first.puid)).number
    ledger.publish(EVENING + timedelta(days=1))
    assert Head.objects.count() == 2
    assert ledger.verify().flaw is None


def test_a_history_written_anew_is_another_than_was_published(room: Room, mieke: Person) -> None:
    decision = hidden(room, mieke)
    do(
        message_restore, by=mieke, room=room, message=decision.message_id, reason="Mag.",
        at=EVENING + 2 * HOUR,
    )  # fmt: skip
    ledger.publish(EVENING)
    Decision.objects.filter(pk=decision.pk).update(ground="hate")
    _write_anew()
    verdict = ledger.verify()
    assert verdict.flaw is not None
    assert "another one was published" in verdict.flaw.place
    Head.objects.all().delete()
    assert ledger.verify().flaw is None, "without what was published, it would not show"


def _write_anew() -> None:
    """As someone would who can write to the database: the whole chain, with fresh hashes."""
    previous = chain.FIRST
    for entry in Entry.objects.order_by("number"):
        content = json.loads(entry.content) | {"previous": previous}
        decision = Decision.objects.get(puid=content["puid"])
        content["ground"] = decision.ground
        entry.content = canonical.text(content)
        entry.hash = previous = chain.hash_of(entry.content)
        entry.save()
