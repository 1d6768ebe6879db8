"""How fast one may go, said in words, and a reader that does not read."""

import asyncio
import socket as sockets
from collections.abc import Callable

import pytest

from deliberation.live.limits import ADDRESS, PERSON
from deliberation.protocol.commands import MessagePost

from .talking import Frame
from .town import Place, Town

pytestmark = pytest.mark.live


async def test_a_person_who_goes_too_fast_hears_how_long_to_wait(place: Place) -> None:
    person, other = place.resident(), place.resident()
    burst = PERSON[MessagePost].burst
    async with place.talking(person, language="nl") as client, place.talking(other) as calm:
        answers = await asyncio.gather(
            *[
                client.ask("message.post", thread=place.thread, body=f"snel {number}")
                for number in range(burst + 4)
            ]
        )
        assert (await calm.ask("message.post", thread=place.thread, body="Rustig"))["type"] == "ack"
    refused = [answer for answer in answers if answer["type"] == "nack"]
    assert {answer["code"] for answer in refused} == {"too_fast"}
    assert len(refused) >= 2
    assert all(0 < answer["retry_after"] <= 3 * (burst + 4) for answer in refused)
    assert "Wacht" in refused[0]["text"]
    assert len(calm.bodies) == len(answers) - len(refused) + 1


async def test_another_socket_does_not_make_one_person_faster(place: Place) -> None:
    person = place.resident()
    burst = PERSON[MessagePost].burst

    async def hurry() -> list[Frame]:
        async with place.talking(person) as client:
            return [
                await client.ask("message.post", thread=place.thread, body=f"snel {number}")
                for number in range(burst)
            ]

    answers = sum(await asyncio.gather(*[hurry() for _ in range(3)]), start=list[Frame]())
    assert "too_fast" in {answer.get("code") for answer in answers}


async def test_many_names_behind_one_address_share_what_it_may(
    make_site: Callable[..., Town],
) -> None:
    place = make_site().place()
    people = [place.resident() for _ in range(5)]
    async with place.talking(people[0]) as client:
        posted = await client.ask("message.post", thread=place.thread, body="Stem maar.")

    async def vote(number: int) -> list[Frame]:
        async with place.talking(people[number]) as client:
            return list(
                await asyncio.gather(
                    *[
                        client.ask("stance.take", message=posted["id"], value="agree")
                        for _ in range(60)
                    ]
                )
            )

    answers = sum(await asyncio.gather(*[vote(number) for number in range(5)]), start=list[Frame]())
    refused = [answer for answer in answers if answer["type"] == "nack"]
    assert len(answers) > ADDRESS.burst
    assert refused
    assert all(answer["retry_after"] > 0 for answer in refused)


async def test_who_does_not_read_loses_only_their_own_socket(place: Place) -> None:
    deaf = sockets.create_connection(("127.0.0.1", place.site.port))
    deaf.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    deaf.sendall(
        f"GET /live/{place.slug} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert deaf.recv(12) == b"HTTP/1.1 101"
    async with place.talking() as reader, place.http() as http:
        head = (await reader.first("welcome"))["head"]
        await reader.first("presence", count=2)
        for _ in range(40):  # a loaded machine writes faster than its server reads on
            await asyncio.to_thread(place.fill, 500, size=1900)
            figures = await http.get("/metrics", headers={"Authorization": "Bearer meten"})
            if 'deliberation_closes_total{code="4008"} 1.0' in figures.text:
                break
        else:
            raise AssertionError(figures.text)
        await reader.until(lambda: reader.of("presence")[-1]["count"] == 1)
        assert reader.closed is None
        assert reader.seqs == list(range(head + 1, reader.seqs[-1] + 1))
    deaf.close()
