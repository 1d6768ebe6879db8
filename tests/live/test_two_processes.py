"""Two processes on PostgreSQL and Redis: one room for everyone, with the doorbell and without."""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis.asyncio as aioredis

from deliberation.config.servers import Server

from .talking import PATIENCE, Client
from .town import NOBODY, Person, Place

pytestmark = pytest.mark.live
MARK = "zeldzaam-woord-9182"


@asynccontextmanager
async def _apart(
    place: Place, one: Person, other: Person, query: str = ""
) -> AsyncIterator[tuple[Client, Client]]:
    """Two clients, each on a process of its own."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(place.talking(one))
        here = _process(place, first)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:  # a process that was just started takes a while to listen
            second = await stack.enter_async_context(place.talking(other, query))
            if _process(place, second) != here:
                await asyncio.gather(first.first("welcome"), second.first("welcome"))
                yield first, second
                return
            await second.socket.close()
            await asyncio.sleep(0.05)
        raise AssertionError("all connections went to one process")


def _process(place: Place, client: Client) -> int:
    """The process that holds the other end of this connection."""
    ours = f":{client.socket.local_address[1]:04X}"
    inode = next(
        line.split()[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()
        if line.split()[2].endswith(ours) and line.split()[1].endswith(f":{place.site.port:04X}")
    )
    return next(pid for pid in _workers(place) if f"socket:[{inode}]" in _open_files(pid))


def _workers(place: Place) -> list[int]:
    return [
        int(pid)
        for task in Path(f"/proc/{place.site.process.pid}/task").glob("*/children")
        for pid in task.read_text().split()
    ]


def _open_files(pid: int) -> set[str]:
    return {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}


async def _say(client: Client, place: Place, body: str) -> None:
    answer = await client.ask("message.post", thread=place.thread, body=body)
    assert answer["type"] == "ack", answer


def _order(client: Client) -> list[tuple[int, int, str]]:
    """Thread counts are of now, so they may be ahead for who read the log a moment later."""
    return [(e["seq"], e["message"]["id"], e["message"]["body"]) for e in client.events]


async def _doorbell(place: Place, expected: str) -> None:
    """Wait until both processes say so; each answers now and then."""
    seen = 0
    async with asyncio.timeout(60), place.http() as http:
        while seen < 8:
            answer = await http.get("/healthz", headers={"Connection": "close"})
            found = answer.json()["doorbell"]
            seen = seen + 1 if found == expected else 0
            await asyncio.sleep(0.1 * (not seen))


async def test_what_is_said_on_one_process_is_heard_on_the_other_at_once(square: Place) -> None:
    await _doorbell(square, "ok")
    anna, bram = square.resident(), square.resident()
    async with _apart(square, anna, bram) as (one, other):
        for number in range(4):
            await _say(one, square, f"a{number}")
            await _say(other, square, f"b{number}")
        started = time.monotonic()
        await _say(one, square, "laatste")
        await other.until(lambda: other.bodies[-1:] == ["laatste"])
        assert time.monotonic() - started < 2
        await one.until(lambda: len(one.bodies) == 9)
    assert _order(one) == _order(other)


async def test_hints_cross_as_well(square: Place) -> None:
    await _doorbell(square, "ok")
    async with _apart(square, square.resident(), square.resident()) as (one, other):
        await one.until(lambda: one.of("presence")[-1:] != [{"type": "presence", "count": 1}])
        await one.tell("typing", thread=square.thread)
        await other.first("typing", count=1)
        posted = await one.ask("message.post", thread=square.thread, body="Wie is voor?")
        await other.first("typing", count=0)
        await other.ask("stance.take", message=posted["id"], value="agree")
        await one.first("tally", message=posted["id"], counts={"agree": 1})


async def test_stances_on_several_messages_at_once_all_cross(square: Place) -> None:
    """Their bells carry the same head; none may replace another."""
    await _doorbell(square, "ok")
    async with _apart(square, square.resident(), square.resident()) as (one, other):
        posts = [
            (await one.ask("message.post", thread=square.thread, body=f"{n}"))["id"]
            for n in range(6)
        ]
        votes = [other.ask("stance.take", message=post, value="agree") for post in posts]
        await asyncio.gather(*votes)
        for post in posts:
            await one.first("tally", message=post, counts={"agree": 1})


async def test_who_reads_over_http_on_one_process_hears_the_other(square: Place) -> None:
    async with square.talking(square.resident()) as writer, square.http() as http:
        after = (await writer.first("welcome"))["head"]
        heard: list[str] = []
        for number in range(6):
            await _say(writer, square, f"{number}")
            while len(heard) <= number:
                address = f"/live/{square.slug}/events?after={after}&wait=20"
                found = (await http.get(address, headers={"Connection": "close"})).json()
                assert found["resume"] != "resync", found
                heard += [event["message"]["body"] for event in found["events"]]
                after += len(found["events"])
    assert heard == [f"{number}" for number in range(6)]


@pytest.mark.parametrize("doorbell", ["heard", "away"])
async def test_a_ban_reaches_the_other_process(square: Place, redis: Server, doorbell: str) -> None:
    person = square.resident()
    fields = {
        "person": person.id,
        "ground": "insult",
        "reason": "Bleef schelden.",
        "until": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
    }
    await _doorbell(square, "ok")
    async with _apart(square, square.manager, person) as (manager, client):
        if doorbell == "away":
            await asyncio.to_thread(redis.kill)
        try:
            assert (await manager.ask("person.ban", **fields))["type"] == "ack"
            started = time.monotonic()
            assert await client.goodbye() == 4501
            assert time.monotonic() - started < (2 if doorbell == "heard" else 10)
        finally:
            if doorbell == "away":
                await asyncio.to_thread(redis.start)


async def test_without_redis_messages_still_cross_and_with_it_the_doorbell_is_heard_again(
    square: Place, redis: Server
) -> None:
    await _doorbell(square, "ok")
    async with _apart(square, square.resident(), NOBODY) as (writer, reader):
        await _say(writer, square, "ervoor")
        await asyncio.to_thread(redis.kill)
        try:
            await _doorbell(square, "polling")
            for body in ("zonder 1", "zonder 2"):
                await _say(writer, square, body)
                started = time.monotonic()
                await reader.until(lambda: reader.bodies[-1:] == [body])  # noqa: B023
                assert time.monotonic() - started < 8
        finally:
            await asyncio.to_thread(redis.start)
        await _doorbell(square, "ok")
        await _say(writer, square, "weer")
        started = time.monotonic()
        await reader.until(lambda: reader.bodies[-1:] == ["weer"])
        assert time.monotonic() - started < 3
    assert reader.bodies == ["ervoor", "zonder 1", "zonder 2", "weer"]
    assert reader.seqs == list(range(reader.seqs[0], reader.seqs[0] + 4))


async def test_a_redis_that_drops_its_listeners_is_joined_again(
    square: Place, redis: Server
) -> None:
    await _doorbell(square, "ok")
    async with aioredis.from_url(str(redis)) as server:  # type: ignore[no-untyped-call]
        (group,) = await server.pubsub_channels("*group*")
        assert dict(await server.pubsub_numsub(group)) == {group: 2}
        await server.flushall()
        await server.client_kill_filter(_type="pubsub")
        async with asyncio.timeout(60):
            while dict(await server.pubsub_numsub(group)) != {group: 2}:
                await asyncio.sleep(0.1)
    await _doorbell(square, "ok")
    async with _apart(square, square.resident(), NOBODY) as (writer, reader):
        await _say(writer, square, "weer")
        started = time.monotonic()
        await reader.until(lambda: reader.bodies[-1:] == ["weer"])
        assert time.monotonic() - started < 2


async def test_nothing_anyone_says_or_is_called_enters_redis(square: Place, redis: Server) -> None:
    await _doorbell(square, "ok")
    person = square.resident()
    heard: list[str] = []
    async with aioredis.from_url(str(redis)) as server:  # type: ignore[no-untyped-call]
        async with server.monitor() as monitor:
            listening = asyncio.create_task(_overhear(monitor, heard))
            async with _apart(square, person, square.manager, "staff=1") as (client, manager):
                for number in range(5):
                    await _say(client, square, f"{MARK} {number}")
                await client.tell("typing", thread=square.thread)
                await manager.until(lambda: len(manager.bodies) == 5)
                await manager.ask("message.hide", message=1, ground="insult", reason=MARK)
            listening.cancel()
        kept = [repr(await server.dump(key)) + repr(key) async for key in server.scan_iter()]
    assert any("deliberation" in line for line in heard)
    key = person.cookie.partition("=")[2]
    for said in [*heard, *kept]:
        for secret in (MARK, person.name, key):
            assert secret not in said


async def _overhear(monitor: "aioredis.client.Monitor", heard: list[str]) -> None:
    async for command in monitor.listen():
        heard.append(json.dumps(command, default=repr))


async def test_figures_are_of_all_processes_and_a_dead_one_does_not_count(square: Place) -> None:
    async with _apart(square, NOBODY, NOBODY) as (one, other):
        victim = _process(square, one)
        await _connections(square, lambda sockets: sockets >= 2)
        os.kill(victim, signal.SIGKILL)
        assert await one.goodbye() == 1006
        async with asyncio.timeout(60):
            while victim in (now := _workers(square)) or len(now) < 2:
                await asyncio.sleep(0.1)
        assert other.closed is None
    await _connections(square, lambda sockets: sockets == 0)


async def _connections(square: Place, right: Callable[[float], bool]) -> None:
    """Wait for the right figure, told by either process."""
    headers = {"Authorization": "Bearer meten"}
    async with asyncio.timeout(60), square.http() as http:
        while True:
            answer = await http.get("/metrics", headers=headers)
            lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
            found = [line for line in lines if line.startswith("deliberation_connections")]
            if found and right(sum(float(line.split()[-1]) for line in found)):
                return
            await asyncio.sleep(0.2)


async def test_two_processes_stop_together_and_say_goodbye(square: Place) -> None:
    workers = _workers(square)
    async with _apart(square, NOBODY, NOBODY) as (one, other):
        os.kill(square.site.process.pid, signal.SIGTERM)
        for client in (one, other):
            await client.first("bye", code=4012)
            assert await client.goodbye() == 4012
    assert await asyncio.to_thread(square.site.process.wait) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    await asyncio.to_thread(square.site.process.start)
