"""A hold ends in time, whatever is killed, and its words never go over the wire before."""

import asyncio
from collections.abc import Callable

import pytest

from deliberation.config.servers import Server

from .town import Person, Place, Town

pytestmark = pytest.mark.live
WORDS = "Mijn buurman heeft nummer 111222333, bel hem maar."
PAST = "from rooms.models import Message; from django.utils.timezone import now\n" + (
    "Message.objects.filter(until__isnull=False).update(until=now())"
)


async def _held(place: Place, writer: Person) -> tuple[int, str]:
    """The room's last number and its epoch, after something was held back there."""
    async with place.talking() as reader:
        welcome = await reader.first("welcome")
        async with place.talking(writer) as client:
            await client.ask("message.post", thread=place.thread, body=WORDS)
        await reader.until(lambda: len(reader.events) == 1)
        seen = reader.events[0]["message"]
        assert (seen["state"], seen["ground"]) == ("hidden", "personal_data")
        assert "until" in seen
        assert "111222333" not in reader.text
    return welcome["head"] + 1, welcome["epoch"]


async def _comes(place: Place, head: int, epoch: str) -> None:
    async with place.talking(query=f"after={head}&epoch={epoch}") as late:
        await late.until(lambda: len(late.events) == 1)
        assert late.events[0]["type"] == "message.restored"
        assert late.events[0]["message"]["body"] == WORDS


async def test_what_ended_while_the_server_was_down_is_shown_as_soon_as_it_is_up(
    make_site: Callable[..., Town],
) -> None:
    town = make_site()
    place = town.place()
    head, epoch = await _held(place, place.resident())
    town.site.process.kill()
    town.site.script(PAST)
    town.site.process.start()
    await _comes(place, head, epoch)


@pytest.mark.postgres
@pytest.mark.redis
async def test_without_a_worker_and_without_redis_a_hold_still_ends(
    make_site: Callable[..., Town], new_database: Callable[[], str], redis: Server
) -> None:
    """`serve` alone: no `deliberation worker` runs here at all."""
    town = make_site("--workers", "2", DATABASE_URL=new_database(), REDIS_URL=str(redis))
    place = town.place()
    head, epoch = await _held(place, place.resident())
    await asyncio.to_thread(redis.kill)
    try:
        town.site.script(PAST)
        await _comes(place, head, epoch)
    finally:
        await asyncio.to_thread(redis.start)
