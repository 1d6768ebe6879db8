"""Whether one opinion is hidden more often than another, said without telling on anyone."""

import pytest
from django.test import Client

from moderation.figures.viewpoints import FEWEST, audit, interval
from rooms.attached import attached
from rooms.models import MessageState, Room
from tests import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


class Town:
    """Two groups of ten people who each wrote ten messages."""

    def __init__(self, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
        self.people = [given.a_resident(f"Buur {number}") for number in range(20)]
        self.said = {
            one.pk: [given.a_message(room, by=one, body=f"Zin {n}") for n in range(10)]
            for one in self.people
        }
        groups = [
            ("A", frozenset(one.pk for one in self.people[:10])),
            ("B", frozenset(one.pk for one in self.people[10:])),
        ]
        monkeypatch.setattr(attached, "opinion_groups", lambda _room: groups)

    def hide(self, person: int, count: int) -> None:
        for message in self.said[self.people[person].pk][:count]:
            message.state, message.ground = MessageState.HIDDEN, "insult"
            message.save()


@pytest.fixture
def town(room: Room, monkeypatch: pytest.MonkeyPatch) -> Town:
    return Town(room, monkeypatch)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.278), (5, 10, 0.237, 0.763), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    assert interval(hits, of) == pytest.approx((low, high), abs=0.001)


def test_a_group_that_is_hit_harder_shows(room: Room, town: Town) -> None:
    for person in range(FEWEST):
        town.hide(person, 4)
    found = audit(room)
    assert found
    assert [one.share for one in found.groups] == [0.2, 0.0]
    assert found.uneven


def test_what_can_be_chance_is_called_chance(room: Room, town: Town) -> None:
    for person in (0, 1, 2, 10, 11):
        town.hide(person, 1)
    found = audit(room)
    assert found
    assert not found.uneven


def test_with_few_people_nothing_is_told(room: Room, town: Town) -> None:
    for person in range(FEWEST - 1):
        town.hide(person, 10)
    assert audit(room) is None


def test_without_groups_there_is_nothing_to_tell(room: Room) -> None:
    assert audit(room) is None


def test_everyone_can_read_it(room: Room, town: Town, client: Client) -> None:
    for person in range(FEWEST):
        town.hide(person, 4)
    page = client.get("/cijfers/kamer/kade/", headers={"accept-language": "en"}).content.decode()
    assert "larger than chance explains" in page
    assert "20.0%" in page
    told = client.get("/cijfers.json?kamer=kade").json()["viewpoints"]
    assert [(one["name"], one["share"]) for one in told] == [("A", 0.2), ("B", 0.0)]
