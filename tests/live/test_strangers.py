"""Visitors, other sites, rooms that are not there, and frames that make no sense."""

import json
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from deliberation.protocol.codec import FRAME_LIMIT

from .talking import talking
from .town import Place

pytestmark = pytest.mark.live


async def test_a_visitor_reads_along_and_gets_no_cookie(place: Place) -> None:
    async with place.talking() as visitor, place.talking(place.resident()) as writer:
        assert "you" not in await visitor.first("welcome")
        assert visitor.socket.response is not None
        assert "Set-Cookie" not in visitor.socket.response.headers
        await writer.ask("message.post", thread=place.thread, body="Welkom!")
        await visitor.until(lambda: visitor.bodies == ["Welkom!"])


async def test_a_visitor_who_writes_hears_what_to_do(place: Place) -> None:
    async with place.talking(language="nl") as visitor:
        answer = await visitor.ask("message.post", thread=place.thread, body="Mag ik?")
        await visitor.tell("typing", thread=place.thread)
    assert (answer["type"], answer["code"]) == ("nack", "signed_out")
    assert "Je tekst" in answer["text"]


async def test_a_cookie_that_is_no_session_makes_a_visitor(place: Place) -> None:
    for cookie in ("sessionid=verzonnen", 'sessionid="', "=;=;", "sessionid=" + "x" * 3000):
        async with talking(place.site.live(place.slug), cookie) as visitor:
            assert "you" not in await visitor.first("welcome")


@pytest.mark.parametrize(
    "origin", ["https://elders.example", "null", "http://127.0.0.1.elders.example"]
)
async def test_a_page_of_another_site_does_not_get_in(place: Place, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with place.talking(place.resident(), origin=origin):
            pass
    assert refused.value.response.status_code == 403


async def test_our_own_page_gets_in(place: Place) -> None:
    async with place.talking(origin=place.site.url) as client:
        await client.first("welcome")


async def test_a_host_that_is_not_ours_does_not_get_in(place: Place) -> None:
    headers = {
        "Host": "elders.example",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"{place.site.url}/live/{place.slug}", headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("slug", ["bestaat-niet", "-", "x" * 200])
async def test_a_room_that_is_not_there_says_so_and_stays_closed(place: Place, slug: str) -> None:
    async with talking(place.site.live(slug), language="nl") as client:
        bye = await client.first("bye")
        assert await client.goodbye() == 4503
    assert bye["code"] == 4503
    assert "geen" in bye["text"]


async def test_a_draft_does_not_exist_for_visitors(place: Place) -> None:
    draft = place.site.script("from tests import given; print(given.a_draft('klad').slug)").strip()
    async with talking(place.site.live(draft)) as client:
        await client.first("bye", code=4503)
    async with place.http() as http:
        for what in ("events?after=0", "snapshot"):
            assert (await http.get(f"/live/{draft}/{what}")).status_code == 404
    async with talking(place.site.live(draft), place.manager.cookie) as manager:
        await manager.first("welcome")


async def test_what_makes_no_sense_is_answered_and_the_rest_goes_on(place: Place) -> None:
    ref = str(uuid4())
    strange = {"type": "message.post", "ref": ref, "thread": place.thread, "body": "x", "y": 1}
    async with place.talking(place.resident()) as client:
        for data in ("{", '{"type":"message.explode"}', json.dumps(strange), b"\x00\xff"):
            await client.socket.send(data)
        answer = await client.ask("message.post", thread=place.thread, body="Gewoon.")
        nacks = client.of("nack")
    assert answer["type"] == "ack"
    assert [nack["code"] for nack in nacks] == ["bad_frame"] * 4
    assert [nack.get("ref") for nack in nacks] == [None, None, ref, None]
    assert client.bodies == ["Gewoon."]


async def test_the_tenth_frame_that_makes_no_sense_closes_the_socket(place: Place) -> None:
    async with place.talking() as client, place.talking() as other:
        for _ in range(10):
            await client.socket.send("?")
        assert await client.goodbye() == 4502
        assert len(client.of("nack")) == 9
        assert client.frames[-1]["type"] == "bye"
        assert other.closed is None


async def test_a_frame_beyond_the_limit_closes_only_that_socket(place: Place) -> None:
    async with place.talking(place.resident()) as client, place.talking() as other:
        await client.first("welcome")
        await client.socket.send("x" * (FRAME_LIMIT + 1))
        assert await client.goodbye() == 1009
        assert other.closed is None


async def test_a_frame_at_the_limit_is_read(place: Place) -> None:
    async with place.talking(place.resident()) as client:
        ref = str(uuid4())
        command = {"type": "message.post", "ref": ref, "thread": place.thread, "body": "Lang."}
        await client.socket.send(json.dumps(command).ljust(FRAME_LIMIT))
        await client.first("ack", ref=ref)


async def test_text_that_is_not_utf8_closes_only_that_socket(place: Place) -> None:
    async with place.talking() as client, place.talking() as other:
        await client.first("welcome")
        await client.socket.send(b"\xff\xfe", text=True)
        assert await client.goodbye() == 1007
        assert other.closed is None


async def test_too_many_frames_are_refused_in_words_and_then_closed(place: Place) -> None:
    async with place.talking() as client:
        await client.first("welcome")
        for _ in range(400):
            await client.tell("seen", seq=1)
        assert await client.goodbye() == 4502
        nack = client.of("nack")[0]
    assert (nack["code"], nack["retry_after"]) == ("too_fast", 1)
    assert "Wait" in nack["text"]
