"""A ban is looked at again before it ends by itself."""

from datetime import timedelta

import pytest

from deliberation.people.models import Ban
from moderation.services import ban_keep, person_ban
from rooms.models import Room
from rooms.selectors.needs_me import needs_me
from tests import given
from tests.browsing import browser, evening
from tests.doing import do
from tests.fakes import EVENING, Clock

__all__ = ["evening"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


def banned(room: Room, days: int, *, everywhere: bool = False) -> Ban:
    do(
        person_ban,
        by=given.a_manager(),
        room=room,
        person=given.a_resident("Boos").pk,
        ground="insult",
        reason="Schold.",
        until=EVENING + timedelta(days=days),
        everywhere=everywhere,
    )
    return Ban.objects.get()


@pytest.mark.parametrize(("days", "after"), [(7, None), (8, 4), (60, 30), (365, 30)])
def test_half_way_and_at_least_every_month(room: Room, days: int, after: int | None) -> None:
    expected = None if after is None else EVENING + timedelta(days=after)
    assert banned(room, days).review_at == expected


@pytest.mark.parametrize("everywhere", [True, False])
def test_it_stands_on_the_desk_until_someone_looked(room: Room, everywhere: bool) -> None:
    ban, later = banned(room, 20, everywhere=everywhere), EVENING + timedelta(days=10)
    assert needs_me([room], at=later - timedelta(minutes=1)).reviews.count == 0
    assert needs_me([room], at=later).reviews.items == [room]
    kept = ban_keep(
        actor=given.acting(given.a_manager()), room=room, person=ban.person_id, at=later
    )
    assert kept == 1
    assert needs_me([room], at=later).reviews.count == 0
    ban.refresh_from_db()
    assert ban.review_at == later + timedelta(days=5)


def test_the_page_asks_and_keeps(room: Room, evening: Clock) -> None:
    ban, client = banned(room, 20), browser(given.a_manager())
    evening.forward(days=10)
    page = client.get("/r/kade/bans/").content.decode()
    assert "is it still needed?" in page
    assert client.post(f"/r/kade/bans/{ban.person_id}/keep").status_code == 303
    page = client.get("/r/kade/bans/").content.decode()
    assert "is it still needed?" not in page
    assert "We look at this again on" in page
