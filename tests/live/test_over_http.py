"""The same commands and the same log where a network blocks WebSockets."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deliberation.protocol.codec import FRAME_LIMIT

from .town import Person, Place

pytestmark = pytest.mark.live


def _command(place: Place, body: str = "Zonder WebSocket.", **fields: object) -> str:
    plain = {"type": "message.post", "ref": str(uuid4()), "thread": place.thread, "body": body}
    return json.dumps(plain | fields)


async def _post(
    place: Place, person: Person, content: str | bytes, **headers: str
) -> httpx.Response:
    async with place.http(person) as http:
        return await http.post(
            f"/live/{place.slug}/commands",
            content=content,
            headers={"Content-Type": "application/json"} | headers,
        )


async def _events(place: Place, query: str) -> dict[str, Any]:
    async with place.http() as http:
        answer = await http.get(f"/live/{place.slug}/events?{query}")
    assert answer.status_code == 200, answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    return dict(answer.json())


async def test_a_command_is_acknowledged_and_everyone_hears_it(place: Place) -> None:
    async with place.talking() as reader:
        await reader.first("welcome")
        answer = await _post(place, place.resident(), _command(place))
        await reader.until(lambda: reader.bodies == ["Zonder WebSocket."])
    assert (answer.status_code, answer.json()["type"]) == (200, "ack")
    assert answer.json()["seq"] == reader.seqs[-1]
    assert "set-cookie" not in answer.headers


async def test_the_same_command_over_both_ways_is_one_message(place: Place) -> None:
    person, ref = place.resident(), uuid4()
    answer = await _post(place, person, _command(place, "Eén keer.", ref=str(ref)))
    async with place.talking(person) as client:
        again = await client.ask("message.post", ref, thread=place.thread, body="Eén keer.")
    assert answer.json() == again


async def test_a_request_waits_for_news_and_gets_it_at_once(place: Place) -> None:
    start = await _events(place, "after=0")
    position = f"after={start['head']}&epoch={start['epoch']}"
    waiting = asyncio.create_task(_events(place, f"{position}&wait=25"))
    await asyncio.wait([waiting], timeout=0.5)
    assert not waiting.done()
    await _post(place, place.resident(), _command(place))
    found = await waiting
    assert [event["message"]["body"] for event in found["events"]] == ["Zonder WebSocket."]
    assert found["resume"] == "replay"


async def test_a_request_that_waits_in_vain_says_so(place: Place) -> None:
    start = await _events(place, "after=0")
    found = await _events(place, f"after={start['head']}&wait=1")
    assert (found["resume"], found["events"]) == ("current", [])


@pytest.mark.parametrize("query", ["after=9999", "after=1&epoch=another"])
async def test_a_number_from_the_future_or_of_another_history_starts_afresh(
    place: Place, query: str
) -> None:
    found = await _events(place, query)
    assert (found["resume"], found["events"]) == ("resync", [])


@pytest.mark.parametrize("query", ["after=-1&wait=x", "after=" + "9" * 5000, "wait=-5", "%FF=%00"])
async def test_an_absurd_address_is_no_reason_to_fall_over(place: Place, query: str) -> None:
    await _events(place, query)
    async with place.http() as http:
        snapshot = f"/live/{place.slug}/snapshot?thread={'9' * 5000}&before={'9' * 19}&{query}"
        assert (await http.get(snapshot)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
    ],
)
async def test_what_another_site_can_send_is_not_carried_out(
    place: Place, headers: dict[str, str]
) -> None:
    answer = await _post(place, place.resident(), _command(place), **headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign")
    found = await _events(place, "after=0")
    assert all(e.get("message", {}).get("body") != "Zonder WebSocket." for e in found["events"])


async def test_refusals_have_a_status_and_a_sentence(place: Place) -> None:
    person = place.resident()
    answers = [
        (await _post(place, Person(0, "", ""), _command(place)), 401, "signed_out"),
        (await _post(place, person, "{"), 422, "bad_frame"),
        (await _post(place, person, b"\xff\xfe"), 422, "bad_frame"),
        (await _post(place, person, '{"type":"typing","thread":1}'), 422, "bad_frame"),
        (await _post(place, person, "x" * (FRAME_LIMIT + 1)), 413, "too_large"),
        (await _post(place, person, _command(place, thread=2**40)), 404, "no_thread"),
        (await _post(place, person, _command(place, " ")), 422, "empty"),
    ]
    for answer, status, code in answers:
        found = answer.json()
        assert (answer.status_code, found["code"]) == (status, code), found
        assert found["text"]


async def test_addresses_that_are_not_there(place: Place) -> None:
    async with place.http() as http:
        for address in ("/live/weg/events", "/live/weg/snapshot", f"/live/{place.slug}/secrets"):
            answer = await http.get(address)
            assert (answer.status_code, answer.json()["type"]) == (404, "nack")
        assert (await http.get(f"/live/{place.slug}/commands")).status_code == 404


async def test_a_snapshot_is_what_a_screen_starts_from(place: Place) -> None:
    person = place.resident()
    answer = await _post(place, person, _command(place, "In beeld."))
    async with place.http(person) as http:
        opening = (await http.get(f"/live/{place.slug}/snapshot")).json()
    assert opening["snapshot"]["head"] == answer.json()["seq"]
    assert opening["snapshot"]["messages"][-1]["body"] == "In beeld."
    assert opening["you"]["name"] == person.name
