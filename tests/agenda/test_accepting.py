"""A person decides what comes on the agenda."""

import pytest

from deliberation.agenda.models import NeedState, Wording
from deliberation.agenda.selectors import need_views
from deliberation.agenda.services.accepting import need_accept
from tests import given
from tests.agenda.given import BODIES, a_suggestion
from tests.fakes import EVENING
from tests.verify import verify_change

pytestmark = pytest.mark.django_db


def test_an_accepted_need_is_on_the_agenda_with_a_kenmerk() -> None:
    room = given.a_room()
    need = a_suggestion(room)
    with verify_change(room) as heard:
        actor = given.acting(given.a_manager())
        found = need_accept(actor=actor, need=need.pk, at=EVENING)
    assert heard[room.pk].kinds == ["need.listed"]
    (view,) = need_views(room.neighbourhood_id)
    assert (view.kenmerk, view.title, view.people) == (found.kenmerk, BODIES[0], 3)
    assert (found.state, found.wording) == (NeedState.ON_AGENDA, Wording.RESIDENTS)
