"""Two people in one room, over real WebSockets."""

import asyncio
from uuid import uuid4

import pytest

from .town import Place

pytestmark = pytest.mark.live


async def test_two_people_see_each_others_messages_in_the_same_order(place: Place) -> None:
    anna, bram = place.resident(), place.resident()
    async with place.talking(anna) as one, place.talking(bram) as other:
        head = (await one.first("welcome"))["head"]
        await other.first("welcome")
        answers = await asyncio.gather(
            *[
                client.ask("message.post", thread=place.thread, body=f"{client is one} {number}")
                for number in range(4)
                for client in (one, other)
            ]
        )
        await one.until(lambda: len(one.bodies) == 8)
        await other.until(lambda: len(other.bodies) == 8)
    assert {answer["type"] for answer in answers} == {"ack"}
    assert one.events == other.events
    assert one.seqs == list(range(head + 1, head + 9))
    assert sorted(answer["seq"] for answer in answers) == one.seqs


async def test_what_was_acknowledged_is_in_the_log(place: Place) -> None:
    async with place.talking(place.resident()) as client, place.http() as http:
        answer = await client.ask("message.post", thread=place.thread, body="Staat dit vast?")
        found = (await http.get(f"/live/{place.slug}/events?after={answer['seq'] - 1}")).json()
    assert found["events"][0]["message"]["id"] == answer["id"]
    assert found["events"][0]["message"]["body"] == "Staat dit vast?"


async def test_a_message_sent_twice_is_posted_once_and_answered_the_same(place: Place) -> None:
    ref = uuid4()
    async with place.talking(place.resident()) as client:
        first = await client.ask("message.post", ref, thread=place.thread, body="Eén keer.")
        again = await client.ask("message.post", ref, thread=place.thread, body="Eén keer.")
        last = await client.ask("message.post", thread=place.thread, body="Daarna.")
        await client.until(lambda: len(client.bodies) == 2)
    assert first == again
    assert last["seq"] == first["seq"] + 1
    assert client.bodies == ["Eén keer.", "Daarna."]
