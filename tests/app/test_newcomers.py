"""What someone who comes for the first time is told by the room page."""

from datetime import timedelta

import pytest

from rooms.models import Room, Thread
from rooms.services import stance_take, thread_close
from tests import given
from tests.browsing import browser, evening, words
from tests.doing import do
from tests.fakes import EVENING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
__all__ = ["evening"]
STANCES = "Each choice counts."
LATER = EVENING + timedelta(minutes=5)


@pytest.fixture
def room() -> Room:
    return given.a_room("kade")


@pytest.fixture
def thread(room: Room) -> Thread:
    return given.a_thread(room, by=given.a_resident("Opener"))


def test_where_one_is_and_in_which_phase(room: Room, thread: Thread) -> None:
    seen = words(browser().get(f"/r/{room.slug}/"))
    assert f"Being discussed {room.neighbourhood.name} · {room.title}" in seen
    manager = given.a_manager()
    do(thread_close, by=manager, room=room, thread=thread.pk, reason="Klaar.", at=LATER)
    seen = words(browser().get(f"/r/{room.slug}/t/{thread.pk}/"))
    assert f"Closed {room.neighbourhood.name} · {room.title}" in seen


def test_what_a_stance_means_until_one_was_taken(room: Room, thread: Thread) -> None:
    resident, address = given.a_resident(), f"/r/{room.slug}/t/{thread.pk}/"
    message = given.a_message(room, thread, at=LATER)
    assert STANCES in words(browser().get(address))
    assert STANCES in words(browser(resident).get(address))
    do(stance_take, by=resident, room=room, message=message.pk, value="unsure", at=LATER)
    assert STANCES not in words(browser(resident).get(address))
    assert STANCES in words(browser(given.a_resident()).get(address))


def test_that_a_name_is_public_and_stays_in_this_browser(room: Room, thread: Thread) -> None:
    told = "Everyone sees your name, and it belongs to this browser."
    assert told in words(browser().get(f"/r/{room.slug}/"))
    assert told not in words(browser(given.a_resident()).get(f"/r/{room.slug}/"))


def test_the_links_of_who_joins_wait_in_the_page_of_a_visitor_only(
    room: Room, thread: Thread
) -> None:
    visitor = browser().get(f"/r/{room.slug}/").content.decode()
    kept = visitor[visitor.index('<template id="joined">') : visitor.index("</template>")]
    assert 'href="/meldingen/"' in kept
    assert 'href="/jij/"' in kept
    resident = browser(given.a_resident()).get(f"/r/{room.slug}/").content.decode()
    assert "<template" not in resident
    assert resident.index('href="/meldingen/"') < resident.index("<main")


@pytest.mark.parametrize("address", ["/", "/privacy/", "/r/nergens/"])
def test_larger_letters_are_in_the_header_of_every_page(room: Room, address: str) -> None:
    html = browser().get(address).content.decode()
    header = html[: html.index("</header>")]
    assert f'class="site-letters" href="/weergave/?next={address}"' in header
