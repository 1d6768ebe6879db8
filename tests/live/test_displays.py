"""A screen in a hall reads one room's public stream, and nothing else, until it is switched off."""

import json
import re
import time
from contextlib import AsyncExitStack
from typing import NamedTuple
from uuid import uuid4

import httpx
import pytest

from .talking import talking
from .town import NOBODY, Place

pytestmark = pytest.mark.live
GUARD = 5.0  # seconds between two looks at everyone
MARGIN = 8.0  # seconds a busy machine may take besides
A_SCREEN = """
import json
from deliberation.kernel.clock import now
from rooms.models import Room
from rooms.services import screen_new
from tests import given
room, at = Room.objects.get(slug={slug!r}), now()
meeting = given.a_meeting(room, "open", at=at)
manager = given.acting(meeting.lead, at=at)
screen, token = screen_new(
    actor=manager, room=room, ref=given.new_ref(), meeting=meeting.pk, name="Zaal", at=at
)
print(json.dumps([meeting.pk, screen.pk, token]))
"""


class Screen(NamedTuple):
    meeting: int
    id: int
    token: str


def a_screen(place: Place) -> Screen:
    return Screen(*json.loads(place.site.script(A_SCREEN.format(slug=place.slug))))


async def switched_off(place: Place, screen: Screen) -> None:
    """As the manager does it: with the button on the page."""
    page = f"/r/{place.slug}/bijeenkomsten/{screen.meeting}/"
    async with place.http(place.manager) as http:
        shown = await http.get(page + "run")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown.text)
        assert token
        fields = {"csrfmiddlewaretoken": token[1], "ref": str(uuid4()), "screen": str(screen.id)}
        done = await http.post(
            page + "scherm/uit", data=fields, headers={"Referer": place.site.url}
        )
    assert done.status_code == 303, done.text


async def test_it_reads_along_and_is_nobody_whoever_is_signed_in_there(place: Place) -> None:
    screen, writer = a_screen(place), place.resident()
    query = f"after=0&staff=1&display={screen.token}"
    async with place.talking(place.manager, query) as wall, place.talking(writer) as client:
        assert "you" not in await wall.first("welcome")
        await client.ask("message.post", thread=place.thread, body="Zien jullie dit?")
        await wall.until(lambda: "Zien jullie dit?" in wall.bodies)
        refused = await wall.ask("message.post", thread=place.thread, body="Ik ook.")
        assert refused["code"] == "signed_out"
        refused = await wall.ask("meeting.blank", meeting=screen.meeting, blank=True)
        assert refused["code"] == "signed_out"
        assert not [frame for frame in wall.frames if "stream" in frame]


async def test_it_reads_no_other_room(place: Place) -> None:
    screen, elsewhere = a_screen(place), place.town.place()
    async with elsewhere.talking(NOBODY, f"display={screen.token}", language="nl") as wall:
        bye = await wall.first("bye")
        assert await wall.goodbye() == 4504
    assert "uitgezet" in bye["text"]
    async with place.http() as http:
        for what in ("snapshot", "events?after=0"):
            sign = "&" if "?" in what else "?"
            here = f"/live/{place.slug}/{what}{sign}display={screen.token}"
            there = f"/live/{elsewhere.slug}/{what}{sign}display={screen.token}"
            assert (await http.get(here)).status_code == 200
            assert (await http.get(there)).status_code == 410


@pytest.mark.parametrize("token", ["onzin", "x" * 5000, "%00", "%F0%28"])
async def test_an_unknown_token_gets_nowhere(place: Place, token: str) -> None:
    async with talking(place.site.live(place.slug, f"display={token}")) as wall:
        assert await wall.goodbye() == 4504


async def test_it_can_post_nothing_over_http_either(place: Place) -> None:
    screen = a_screen(place)
    command = {"type": "message.post", "ref": str(uuid4()), "thread": place.thread, "body": "Hoi"}
    async with place.http(place.resident()) as http:
        answer: httpx.Response = await http.post(
            f"/live/{place.slug}/commands?display={screen.token}", json=command
        )
    assert answer.status_code == 401


async def test_once_switched_off_it_goes_dark_by_itself(place: Place) -> None:
    screen = a_screen(place)
    async with place.talking(NOBODY, f"display={screen.token}") as wall:
        await wall.first("welcome")
        began = time.monotonic()
        await switched_off(place, screen)
        assert await wall.goodbye() == 4504
        took = time.monotonic() - began
    print(f"a screen that is switched off: dark after {took:.2f} s")
    assert took < GUARD + MARGIN
    async with place.talking(NOBODY, f"display={screen.token}") as again:
        assert await again.goodbye() == 4504


@pytest.mark.redis
@pytest.mark.postgres
async def test_all_processes_hear_that_a_screen_is_off(square: Place) -> None:
    screen = a_screen(square)
    async with AsyncExitStack() as stack:
        walls = [
            await stack.enter_async_context(square.talking(NOBODY, f"display={screen.token}"))
            for _ in range(6)
        ]
        for wall in walls:
            await wall.first("welcome")
        await switched_off(square, screen)
        assert [await wall.goodbye() for wall in walls] == [4504] * 6
