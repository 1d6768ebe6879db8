"""A need on a real server: its sources in, what is hidden out, and the follower beside it."""

import asyncio
import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deliberation.config.processes import Process, descendants
from deliberation.config.servers import Server
from tests.agenda.talk import SAID

from .town import Person, Place, Town

pytestmark = pytest.mark.live
PATIENCE = 40.0  # seconds; only a test that is about to fail waits this long
AT_ONCE = 2.0  # seconds until what is hidden is out of every screen
ACCEPT = """
import json
from deliberation.agenda.follow import agenda_follow
from deliberation.agenda.models import Need
from deliberation.agenda.services.accepting import need_accept
from deliberation.kernel.clock import now
from deliberation.people.actors import actor_of
from deliberation.people.models import Person
agenda_follow(at=now())
manager = Person.objects.get(pk={manager})
need = need_accept(
    actor=actor_of(manager, at=now()), need=Need.objects.get(evidence__message={message}).pk,
    at=now(),
)
cited = need.sentences.get(place=0).citations.get()
print(json.dumps([need.pk, cited.message_id, cited.quote()]))
"""


async def _said(place: Place, people: list[Person]) -> list[int]:
    """Everyone says their part of every subject; the ids of the messages about the first."""
    first = []
    for person, row in zip(people, zip(*SAID.values(), strict=True), strict=False):
        async with place.talking(person) as client:
            answers = [
                await client.ask("message.post", thread=place.thread, body=body) for body in row
            ]
        first.append(answers[0]["id"])
    return first


async def _accepted(place: Place, message: int) -> tuple[int, int, str]:
    source = ACCEPT.format(manager=place.manager.id, message=message)
    need, cited, words = json.loads(await asyncio.to_thread(place.site.script, source))
    return need, cited, words


async def _agenda(place: Place) -> str:
    """The agenda as everyone can take it along."""
    async with place.http() as http:
        return (await http.get("/n/kade/agenda.json")).text


async def test_a_hidden_message_is_out_of_a_need_within_two_seconds(
    make_site: Callable[..., Town],
) -> None:
    place = make_site(RATE_LIMITS="off").place()
    messages = await _said(place, [place.resident() for _ in range(4)])
    need, cited, words = await _accepted(place, messages[0])
    assert words in await _agenda(place)
    async with place.talking() as reader, place.talking(place.manager) as manager:
        await reader.first("welcome")
        answer = await manager.ask(
            "message.hide", message=cited, ground="insult", reason="Scheldwoord"
        )
        hidden = time.monotonic()
        assert answer["type"] == "ack"
        assert words not in await _agenda(place)
        told = await reader.first("need.changed")
        assert time.monotonic() - hidden < AT_ONCE
    assert (told["need"]["id"], told["need"]["people"]) == (need, 3)
    assert words not in told["need"].get("title", "")


@pytest.mark.redis
@pytest.mark.postgres
async def test_a_worker_apart_tells_every_process_as_soon(
    make_site: Callable[..., Town],
    new_database: Callable[[], str],
    redis: Server,
    tmp_path: Path,
) -> None:
    settings = {"DATABASE_URL": new_database(), "REDIS_URL": str(redis), "RATE_LIMITS": "off"}
    place = make_site("--workers", "2", **settings).place()
    with _worker(place, tmp_path):
        messages = await _said(place, [place.resident() for _ in range(4)])
        _, cited, words = await _accepted(place, messages[0])
        first = next(one for one in messages if one != cited)
        async with place.talking() as reader, place.talking(place.manager) as manager:
            await reader.first("welcome")
            await manager.ask("message.hide", message=first, ground="insult", reason="Scheldwoord")
            await reader.first("need.changed")  # from here on the worker is there
            await manager.ask("message.hide", message=cited, ground="insult", reason="Scheldwoord")
            hidden = time.monotonic()
            await reader.until(lambda: len(reader.of("need.changed")) == 2)
            assert time.monotonic() - hidden < AT_ONCE
    assert reader.of("need.changed")[1]["need"]["people"] == 2
    assert words not in await _agenda(place)


@contextmanager
def _worker(place: Place, folder: Path) -> Iterator[None]:
    process = Process(
        [sys.executable, "-m", "deliberation", "worker"],
        log=folder / "worker.log",
        ready=lambda: True,
        environment=place.site.environment,
    )
    process.start()
    try:
        yield
    finally:
        process.kill()


async def test_the_follower_is_started_again_when_it_dies_and_ends_with_its_server(
    make_site: Callable[..., Town],
) -> None:
    process = make_site().site.process
    first = await _follower_of(process.pid)
    os.kill(first, signal.SIGKILL)
    second = await _follower_of(process.pid, other_than=first)
    watched = os.pidfd_open(second)
    os.kill(process.pid, signal.SIGKILL)
    assert select.select([watched], [], [], PATIENCE)[0]
    os.close(watched)


async def _follower_of(server: int, *, other_than: int = 0) -> int:
    """The process that a server runs beside itself, sooner or later."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for child in descendants(server):
                if child != other_than and b"--beside" in _command(child):
                    return child
            await asyncio.sleep(0.05)


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
