"""The same application on an ASGI server that knows nothing of ours: plain sends, no fast path."""

import sys
from collections.abc import Iterator

import pytest

from deliberation.config.processes import Process
from tests.serving import Site

from .talking import talking
from .town import Place, Town

pytestmark = pytest.mark.live


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("uvicorn")
    running = Site(folder, [], {})
    command = [sys.executable, "-m", "uvicorn", "deliberation.config.asgi:application"]
    running.process = Process(
        [*command, "--port", str(running.port), "--no-access-log", "--lifespan", "off"],
        log=folder / "server.log",
        ready=running.answers,
        environment=running.environment,
    )
    running.run("release", "--quiet")
    running.process.start()
    yield Town.of(running, rooms=8, people=12)
    running.process.stop()


@pytest.fixture
def place(elsewhere: Town) -> Place:
    return elsewhere.place()


async def test_two_people_see_each_other_and_late_comers_see_both(place: Place) -> None:
    async with place.talking(place.resident()) as one, place.talking(place.resident()) as other:
        head = (await one.first("welcome"))["head"]
        await other.first("welcome")
        for number in range(3):
            for client in (one, other):
                body = f"{number}"
                answer = await client.ask("message.post", thread=place.thread, body=body)
                assert answer["type"] == "ack"
        await one.until(lambda: len(one.bodies) == 6)
        await other.until(lambda: len(other.bodies) == 6)
    assert one.events == other.events
    async with place.talking(query=f"after={head + 2}") as late:
        await late.until(lambda: late.seqs == one.seqs[2:])


async def test_presence_and_typing(place: Place) -> None:
    async with place.talking() as reader, place.talking(place.resident()) as writer:
        await reader.first("presence", count=2)
        await writer.tell("typing", thread=place.thread)
        await reader.first("typing", count=1)


async def test_bad_frames_are_answered_and_then_close_the_socket(place: Place) -> None:
    async with place.talking() as client:
        for _ in range(10):
            await client.socket.send("?")
        assert await client.goodbye() == 4502
        assert len(client.of("nack")) == 9


async def test_another_site_and_another_room_do_not_get_in(place: Place) -> None:
    async with talking(place.site.live("bestaat-niet")) as client:
        await client.first("bye", code=4503)
        assert await client.goodbye() == 4503
    with pytest.raises(Exception, match="403"):
        async with place.talking(origin="https://elders.example"):
            pass


async def test_long_polls_and_commands(place: Place) -> None:
    async with place.talking() as reader, place.http(place.resident()) as http:
        head = (await reader.first("welcome"))["head"]
        command = {
            "type": "message.post",
            "ref": "0190163d-8694-739b-aea5-966c26f8ad91",
            "thread": place.thread,
            "body": "Over HTTP.",
        }
        answer = await http.post(f"/live/{place.slug}/commands", json=command)
        assert answer.json()["seq"] == head + 1
        await reader.until(lambda: reader.bodies == ["Over HTTP."])
        found = (await http.get(f"/live/{place.slug}/events?after={head}&wait=5")).json()
    assert len(found["events"]) == 1
