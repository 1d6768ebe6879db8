"""kill -9 under load: nothing lost, nothing doubled, nothing out of order, no false word."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deliberation.config.servers import Server, ServerMissing, postgres_server, redis_server
from tests.conftest import absent
from tests.live.town import Town
from tests.serving import Site, site

from .storm import Storm

pytestmark = pytest.mark.chaos
UNLIMITED = {"DELIBERATION_RATE_LIMITS": "off"}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One process on SQLite."""
    with site(tmp_path_factory.mktemp("village"), environment=UNLIMITED) as running:
        yield Town.of(running, rooms=4, people=20)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    try:
        with postgres_server() as server:
            yield server
    except ServerMissing as missing:
        absent(str(missing))


@pytest.fixture(scope="module")
def redis() -> Iterator[Server]:
    try:
        with redis_server() as server:
            yield server
    except ServerMissing as missing:
        absent(str(missing))


@pytest.fixture(scope="module")
def city(
    tmp_path_factory: pytest.TempPathFactory, postgres: Server, redis: Server
) -> Iterator[Town]:
    """Two processes on PostgreSQL and Redis."""
    stores = {"DELIBERATION_DATABASE_URL": str(postgres), "DELIBERATION_REDIS_URL": str(redis)}
    folder = tmp_path_factory.mktemp("city")
    with site(folder, "--workers", "2", environment={**UNLIMITED, **stores}) as running:
        yield Town.of(running, rooms=4, people=20)


async def test_killing_the_server_twenty_times(village: Town) -> None:
    def blow() -> None:
        village.site.process.kill()
        village.site.process.start()

    storm = Storm(village, seed=1)
    await storm.rages([blow] * 20, tallies=True)


async def test_killing_one_of_two_workers_twenty_times(city: Town) -> None:
    rng = random.Random(2)
    storm = Storm(city, seed=2)
    await storm.rages([lambda: _kill_a_worker(city.site, rng)] * 20)


async def test_killing_redis_five_times(city: Town, redis: Server) -> None:
    storm = Storm(city, seed=3)
    await storm.rages([redis.kill] * 5, calm=redis.start)


async def test_killing_postgresql_five_times(city: Town, postgres: Server) -> None:
    def blow() -> None:
        postgres.kill()
        postgres.start()

    storm = Storm(city, seed=4)
    await storm.rages([blow] * 5)


def _kill_a_worker(running: Site, rng: random.Random) -> None:
    """Kill one, and wait until there is another in its place."""
    before = _workers(running)
    victim = rng.choice(before)
    os.kill(victim, signal.SIGKILL)
    end = time.monotonic() + 60
    while victim in (now := _workers(running)) or len(now) < len(before):
        assert time.monotonic() < end, "no new worker came"
        time.sleep(0.05)


def _workers(running: Site) -> list[int]:
    return sorted(
        int(pid)
        for task in Path(f"/proc/{running.process.pid}/task").glob("*/children")
        for pid in task.read_text().split()
    )
