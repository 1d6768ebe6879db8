"""A full disk, a read-only database, a database that is away: no acknowledgement, a clear
sentence, nothing half-written; and all goes on once it is over."""

import asyncio
import os
import resource
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from deliberation.config.servers import Server
from tests.conftest import absent
from tests.serving import site

from .talking import Client, Frame
from .town import Place, Town

pytestmark = pytest.mark.live
LONG = "Een lang verhaal. " * 100


async def _post(client: Client, place: Place, body: str) -> Frame:
    return await client.ask("message.post", thread=place.thread, body=body)


async def _until_refused(client: Client, place: Place) -> list[str]:
    """Writes until the store says no; returns what was acknowledged."""
    acked: list[str] = []
    for number in range(2000):
        body = f"{number} {LONG}"
        answer = await _post(client, place, body)
        if answer["type"] == "nack":
            _is_clear(answer)
            return acked
        acked.append(body.strip())
    raise AssertionError("it was never refused")


async def _until_taken(client: Client, place: Place, body: str) -> None:
    """PostgreSQL's processes hear of a new setting one after the other, each a moment later."""
    async with asyncio.timeout(60):
        while (answer := await _post(client, place, body))["type"] == "nack":
            _is_clear(answer)


def _is_clear(answer: Frame) -> None:
    assert (answer["type"], answer["code"]) == ("nack", "unavailable")
    assert answer["retry_after"] > 0
    assert "Nothing is lost" in answer["text"]


async def _refused_and_then_not(
    place: Place, break_it: Callable[[], object], mend_it: Callable[[], object]
) -> None:
    async with place.talking(place.resident()) as writer, place.talking() as reader:
        head = (await reader.first("welcome"))["head"]
        assert (await _post(writer, place, "Ervoor."))["type"] == "ack"
        await asyncio.to_thread(break_it)
        acked = await _until_refused(writer, place)
        async with place.http() as http:
            assert (await http.get(f"/live/{place.slug}/events?after=0")).status_code == 200
        _is_clear(await _post(writer, place, f"half {LONG}"))
        await asyncio.to_thread(mend_it)
        await _until_taken(writer, place, "Erna.")
        told = ["Ervoor.", *acked, "Erna."]
        await reader.until(lambda: reader.bodies[-1:] == ["Erna."])
        assert reader.bodies == told
        assert reader.seqs == list(range(head + 1, head + 1 + len(told)))
    async with place.talking(query=f"after={head}") as late:
        await late.until(lambda: late.bodies == told)


@pytest.fixture
def unlimited(make_site: Callable[..., Town]) -> Place:
    return make_site(RATE_LIMITS="off").place()


async def test_a_file_that_may_not_grow(unlimited: Place) -> None:
    """As on a disk with a quota; the system refuses every byte beyond the limit."""
    pid, everything = unlimited.site.process.pid, (resource.RLIM_INFINITY,) * 2

    def tight() -> None:
        limit = _written(unlimited.site.folder) + 60_000
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    await _refused_and_then_not(
        unlimited, tight, lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, everything)
    )


def _written(folder: Path) -> int:
    return max(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@contextmanager
def _small_disk(folder: Path) -> Iterator[Callable[[str], None]]:
    """A disk of its own on `folder`; what it gives mounts it anew with other options."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        absent("A small disk can't be mounted here (only root can). This test needs one.")

    def again(options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", folder], check=True)

    try:
        yield again
    finally:
        again("rw")
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Place, Callable[[str], None]]]:
    """A server whose data is on a disk of 24 MB."""
    with _small_disk(tmp_path) as again:
        settings = {"DELIBERATION_RATE_LIMITS": "off", "DELIBERATION_LOG_LEVEL": "CRITICAL"}
        with site(tmp_path, environment=settings) as running:
            yield Town.of(running, rooms=2, people=4).place(), again


async def test_a_disk_that_is_full(disk: tuple[Place, Callable[[str], None]]) -> None:
    place, _ = disk
    filler = place.site.folder / "filler"

    def fill() -> None:
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(b"\0" * 4096):
                continue
        assert os.statvfs(place.site.folder).f_bavail == 0

    await _refused_and_then_not(place, fill, filler.unlink)


async def test_a_database_that_can_only_be_read(square: Place, postgres: Server) -> None:
    def read_only(on: str) -> None:
        with psycopg.connect(str(postgres), autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET default_transaction_read_only = {on}")
            connection.execute("SELECT pg_reload_conf()")

    try:
        await _refused_and_then_not(square, lambda: read_only("on"), lambda: read_only("off"))
    finally:
        await asyncio.to_thread(read_only, "off")


async def test_a_database_that_is_away(square: Place, postgres: Server) -> None:
    async def asked(path: str) -> int:
        async with square.http() as http:
            return (await http.get(path)).status_code

    async with square.talking(square.resident()) as writer, square.talking() as reader:
        await asyncio.gather(writer.first("welcome"), reader.first("welcome"))
        await asyncio.to_thread(postgres.kill)
        try:
            _is_clear(await _post(writer, square, "Nu niet."))
            assert await asked("/healthz") == 503
            assert await asked(f"/live/{square.slug}/events?after=0") == 503
        finally:
            await asyncio.to_thread(postgres.start)
        await _eventually(lambda: asked("/healthz"), 200)
        assert [await asked(f"/r/{square.slug}/") for _ in range(12)] == [200] * 12
        answer = await _post(writer, square, "Nu wel.")
        await reader.until(lambda: reader.bodies == ["Nu wel."])
    assert answer["seq"] == reader.seqs[-1]


async def _eventually(question: Callable[[], Awaitable[int]], answer: int) -> None:
    async with asyncio.timeout(60):
        while await question() != answer:
            await asyncio.sleep(0.2)
