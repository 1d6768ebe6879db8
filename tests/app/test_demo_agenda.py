"""The demonstration's agenda: needs in every state, by the same services that people use."""

from datetime import UTC, datetime

import pytest

from deliberation.agenda.models import Contest, Need, NeedState, Response
from deliberation.agenda.selectors.cards import cards_of
from deliberation.config.catching_up import catch_up
from deliberation.config.demo.load import load
from deliberation.config.demo.story import tell
from rooms.models import Room
from tests.verify import everything

NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def room(db: None) -> Room:
    found, _ = load(now=NOW)
    catch_up()
    assert tell(found, now=NOW)
    return found


def test_needs_stand_in_every_state_of_their_life(room: Room) -> None:
    states = set(Need.objects.exclude(kenmerk=None).values_list("state", flat=True))
    assert states == {"on_agenda", "asked", "answered", "under_way", "done"}
    assert Need.objects.filter(state=NeedState.SUGGESTED).exists()
    assert Need.objects.get(origin="official").state == NeedState.ON_AGENDA


def test_every_need_has_words_people_and_a_theme(room: Room) -> None:
    cards = cards_of(Need.objects.exclude(kenmerk=None).select_related("neighbourhood"), at=NOW)
    assert len(cards) == 8
    assert all(card.title and card.need.theme and card.figures.people for card in cards)
    assert cards[0].title == "Veilig oversteken bij de Lindeschool"


def test_answers_say_why_and_were_read_by_a_second_person(room: Room) -> None:
    published = Response.objects.filter(state=Response.State.PUBLISHED)
    assert published.count() == 3
    assert all(one.reason and one.reader_id != one.author_id for one in published)


def test_one_contest_has_an_answer_and_one_waits(room: Room) -> None:
    assert Contest.objects.exclude(answered_at=None).count() == 1
    assert Contest.objects.filter(answered_at=None).count() == 1


def test_told_again_it_changes_nothing(room: Room) -> None:
    before = everything()
    assert not tell(room, now=NOW)
    assert everything() == before
