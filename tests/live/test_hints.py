"""What is not in the log and may be dropped: who is here, who writes, how many agree."""

import asyncio
import time

import pytest

from .town import Place

pytestmark = pytest.mark.live


async def test_everyone_sees_how_many_screens_there_are(place: Place) -> None:
    async with place.talking() as one:
        await one.first("presence", count=1)
        async with place.talking(place.resident()):
            await one.first("presence", count=2)
        before = len(one.frames)
        await one.until(lambda: {"type": "presence", "count": 1} in one.frames[before:])


async def test_typing_is_shown_and_ends_when_the_message_is_sent(place: Place) -> None:
    async with place.talking() as reader, place.talking(place.resident()) as writer:
        await reader.first("welcome")
        await writer.tell("typing", thread=place.thread)
        await reader.first("typing", thread=place.thread, count=1)
        await writer.ask("message.post", thread=place.thread, body="Zo.")
        await reader.first("typing", thread=place.thread, count=0)


async def test_typing_ends_by_itself(place: Place) -> None:
    async with place.talking() as reader, place.talking(place.resident()) as writer:
        await reader.first("welcome")
        await writer.tell("typing", thread=place.thread)
        await reader.first("typing", count=1)
        shown = time.monotonic()
        await reader.first("typing", count=0)
        assert time.monotonic() - shown < 14


async def test_who_comes_in_sees_that_someone_is_writing(place: Place) -> None:
    async with place.talking() as reader, place.talking(place.resident()) as writer:
        await reader.first("welcome")
        await writer.tell("typing", thread=place.thread)
        await reader.first("typing", count=1)
        async with place.talking() as newcomer:
            await newcomer.first("typing", thread=place.thread, count=1)


async def test_many_stances_become_few_frames_and_the_last_one_is_right(place: Place) -> None:
    voters = [place.resident() for _ in range(6)]
    async with place.talking() as reader:
        async with place.talking(voters[0]) as author:
            posted = await author.ask("message.post", thread=place.thread, body="Wie is voor?")

        async def vote(number: int) -> None:
            async with place.talking(voters[number]) as voter:
                for value in ("disagree", "unsure", "none", "agree") * 3:
                    answer = await voter.ask("stance.take", message=posted["id"], value=value)
                    assert answer["type"] == "ack"

        started = time.monotonic()
        await asyncio.gather(*[vote(number) for number in range(6)])
        took = time.monotonic() - started
        await reader.first("tally", message=posted["id"], counts={"agree": 6})
    assert len(reader.of("tally")) <= took / 0.5 + 2
    assert reader.bodies == ["Wie is voor?"]
