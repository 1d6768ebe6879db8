"""One stance a person, changeable; tallies follow at once."""

import pytest

from rooms.services import stance_take
from tests import given
from tests.doing import do, verified

pytestmark = pytest.mark.django_db


def test_a_resident_agrees_and_the_tally_says_so() -> None:
    room = given.a_room()
    message = given.a_message(room)
    verified(stance_take, by=given.a_resident(), room=room, message=message.pk, value="agree")
    message.refresh_from_db()
    assert message.tally().agree == 1
