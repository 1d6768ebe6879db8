"""What the worker writes is heard by every process at once, though it has no hub itself."""

import asyncio

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from deliberation.config import ringing
from deliberation.config.servers import Server
from deliberation.eventlog import doorbell
from deliberation.eventlog.doorbell import Rung
from deliberation.live.bells import GROUP

pytestmark = [pytest.mark.live, pytest.mark.redis]
PATIENCE = 40.0  # seconds; only a test that is about to fail waits this long


async def test_a_worker_rings_for_the_hubs_of_others(
    redis: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def layer() -> RedisPubSubChannelLayer:
        # A prefix of its own: servers of other tests ring on the same Redis.
        return RedisPubSubChannelLayer(hosts=[str(redis)], prefix="ringing")

    heard, told = layer(), layer()
    monkeypatch.setattr("deliberation.config.ringing.get_channel_layer", lambda: told)
    monkeypatch.setattr(doorbell, "_listeners", [])
    channel = await heard.new_channel()
    await heard.group_add(GROUP, channel)
    ringing.ring_for_others()
    await asyncio.to_thread(doorbell.ring, Rung("room:7:public", 31, (), ()))
    bell = await asyncio.wait_for(heard.receive(channel), PATIENCE)
    assert (bell["kind"], bell["stream"], bell["head"]) == ("head", "room:7:public", 31)
    await heard.flush()
