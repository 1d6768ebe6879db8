"""Opinion groups follow the stances of a room, and hold nobody who was erased."""

from datetime import timedelta

import pytest

from deliberation.agenda.follow import Follower
from deliberation.agenda.follow.opinions import opinions_follow
from deliberation.agenda.models import OpinionSnapshot
from deliberation.agenda.selectors.opinions import opinions_of
from deliberation.eventlog.log import writing
from deliberation.people.models import Person
from rooms.models import Message, Room
from rooms.privacy.erasing import erase
from rooms.services import stance_take
from tests import given
from tests.doing import do
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db
LATER = EVENING + timedelta(minutes=2)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def people(room: Room) -> list[Person]:
    """Forty-four, who all took a stance on ten messages: half of them against the other half."""
    thread = given.a_thread(room)
    messages = [given.a_message(room, thread, f"Voorstel {number}.") for number in range(10)]
    found = [given.a_resident(f"Buur {number}") for number in range(44)]
    with writing():
        for number, person in enumerate(found):
            for place, message in enumerate(messages):
                stance = _stance(number, place)
                do(stance_take, by=person, room=room, message=message.pk, value=stance)
    return found


def _stance(number: int, place: int) -> str:
    agrees = (number % 2 == place % 2) != (number % 10 == place)  # nobody agrees with everything
    return "agree" if agrees else "disagree"


def test_people_who_think_alike_are_found_and_nobody_is_named(
    room: Room, people: list[Person]
) -> None:
    opinions_follow(at=EVENING)
    found = opinions_of([room.pk])[room.pk]
    members = {frozenset(map(int, group.members)) for group in found.groups}
    even, odd = ({one.pk for one in people[half::2]} for half in (0, 1))
    assert members == {frozenset(even), frozenset(odd)}
    assert found.named
    assert not any(one.name in str(OpinionSnapshot.objects.get().content) for one in people)


def test_groups_are_computed_again_only_when_a_stance_changed(
    room: Room, people: list[Person]
) -> None:
    opinions_follow(at=EVENING)
    with verify_change(room, changes=False):
        opinions_follow(at=LATER)
    message = room.messages.order_by("pk").last()
    assert message
    do(stance_take, by=people[0], room=room, message=message.pk, value="unsure", at=LATER)
    opinions_follow(at=LATER)
    assert OpinionSnapshot.objects.get().at == LATER


def test_who_is_erased_is_out_of_the_groups_at_once(room: Room, people: list[Person]) -> None:
    opinions_follow(at=EVENING)
    gone = str(people[0].pk)
    erase(actor=given.acting(people[0]), at=LATER)
    found = opinions_of([room.pk])[room.pk]
    assert gone not in found.points
    assert all(gone not in group.members for group in found.groups)
    opinions_follow(at=LATER)
    assert gone not in OpinionSnapshot.objects.get().content["points"]


def test_stances_are_looked_at_once_a_minute(room: Room, people: list[Person]) -> None:
    steady = [0.0]
    follower = Follower(steady=lambda: steady[0])
    follower.look(at=EVENING)
    Message.objects.filter(room=room).update(tallied_at=LATER)
    follower.look(at=LATER)
    assert OpinionSnapshot.objects.get().at == EVENING
    steady[0] += 60
    follower.look(at=LATER)
    assert OpinionSnapshot.objects.get().at == LATER
