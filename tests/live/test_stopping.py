"""SIGTERM: nothing that was acknowledged is lost, and everyone is told when to come back."""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from .talking import Client
from .town import Place, Town

pytestmark = pytest.mark.live


async def _chatter(client: Client, place: Place, acked: list[str]) -> None:
    """Writes until the server stops listening."""
    number = 0
    while client.closed is None:
        body = f"{id(client)} {number}"
        number += 1
        ref = str(uuid4())
        with suppress(ConnectionClosed):
            await client.tell("message.post", ref=ref, thread=place.thread, body=body)
        await client.until(partial(_answered, client, ref))
        if any(frame["ref"] == ref for frame in client.of("ack")):
            acked.append(body)


def _answered(client: Client, ref: str) -> bool:
    return client.closed is not None or any(frame.get("ref") == ref for frame in client.frames)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_server_that_stops_says_goodbye_and_keeps_what_it_acknowledged(
    make_site: Callable[..., Town], how: signal.Signals
) -> None:
    town = make_site(RATE_LIMITS="off")
    place = town.place()
    acked: list[str] = []
    async with (
        place.talking(place.resident()) as one,
        place.talking(place.resident()) as two,
        place.talking(language="nl") as reader,
    ):
        writing = [asyncio.create_task(_chatter(c, place, acked)) for c in (one, two)]
        await reader.until(lambda: len(reader.bodies) >= 20)
        os.kill(town.site.process.pid, how)
        for client in (one, two, reader):
            bye = await client.first("bye", code=4012)
            assert 0.5 <= bye["retry_after"] <= 5
            assert await client.goodbye() == 4012
        await asyncio.gather(*writing)
    assert "niets" in reader.of("bye")[0]["text"].lower()
    assert await asyncio.to_thread(town.site.process.wait) == 0
    town.site.process.start()
    async with place.talking(query="after=0") as again:
        head = (await again.first("welcome"))["head"]
        await again.until(lambda: again.seqs[-1:] == [head])
    assert acked
    assert [body for body in acked if again.bodies.count(body) != 1] == []
