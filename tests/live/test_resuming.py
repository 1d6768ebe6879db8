"""Coming back after any absence: exactly what was missed, as it stands now."""

import asyncio

import pytest

from .town import Place

pytestmark = pytest.mark.live


async def _position(place: Place) -> tuple[int, str]:
    """Where a client stands that has everything."""
    async with place.talking() as client:
        welcome = await client.first("welcome")
    return welcome["head"], welcome["epoch"]


async def _said(place: Place, *bodies: str) -> list[int]:
    """Someone says so; the ids of the messages."""
    async with place.talking(place.resident()) as client:
        answers = [
            await client.ask("message.post", thread=place.thread, body=body) for body in bodies
        ]
    return [answer["id"] for answer in answers]


async def test_who_missed_nothing_gets_nothing(place: Place) -> None:
    head, epoch = await _position(place)
    async with place.talking(query=f"after={head}&epoch={epoch}") as client:
        assert (await client.first("welcome"))["resume"] == "current"
        await client.first("presence")
        assert client.events == []


async def test_who_was_away_gets_exactly_what_they_missed_and_then_what_is_new(
    place: Place,
) -> None:
    head, epoch = await _position(place)
    await _said(place, "een", "twee", "drie")
    async with place.talking(query=f"after={head + 1}&epoch={epoch}") as client:
        assert (await client.first("welcome"))["resume"] == "replay"
        await _said(place, "vier")
        await client.until(lambda: len(client.bodies) == 3)
    assert client.seqs == [head + 2, head + 3, head + 4]
    assert client.bodies == ["twee", "drie", "vier"]


async def test_what_was_hidden_or_taken_back_meanwhile_never_goes_over_the_wire(
    place: Place,
) -> None:
    head, epoch = await _position(place)
    writer = place.resident()
    async with place.talking(writer) as client:
        posts = [
            (await client.ask("message.post", thread=place.thread, body=f"verdwijnt-{n}"))["id"]
            for n in range(2)
        ]
        await client.ask("message.retract", message=posts[0])
    async with place.talking(place.manager) as manager:
        answer = await manager.ask(
            "message.hide", message=posts[1], ground="insult", reason="Scheldwoord"
        )
        assert answer["type"] == "ack"
    async with place.talking(query=f"after={head}&epoch={epoch}") as late:
        await late.until(lambda: len(late.events) == 4)
    assert [event["message"]["state"] for event in late.events] == [
        "retracted",
        "hidden",
        "retracted",
        "hidden",
    ]
    assert "verdwijnt" not in late.text
    assert late.events[1]["message"]["ground"] == "insult"
    assert "Scheldwoord" not in late.text  # that is between the writer and the moderators


async def test_who_missed_hundreds_gets_them_all_once_and_in_order(place: Place) -> None:
    head, epoch = await _position(place)
    await asyncio.to_thread(place.fill, 1200)
    async with place.talking(query=f"after={head}&epoch={epoch}") as client:
        await client.until(lambda: len(client.seqs) >= 1200)
        await _said(place, "klaar")
        await client.until(lambda: client.bodies[-1:] == ["klaar"])
    assert client.seqs == list(range(head + 1, head + 1202))


async def test_who_comes_back_while_others_write_misses_nothing_and_gets_nothing_twice(
    place: Place,
) -> None:
    head, epoch = await _position(place)
    await asyncio.to_thread(place.fill, 600)

    async def newcomer() -> list[int]:
        async with place.talking(query=f"after={head}&epoch={epoch}") as client:
            await client.until(lambda: len(client.seqs) >= 600 + 12)
            return client.seqs

    writing = [_said(place, *[f"{n}" for n in range(4)]) for _ in range(3)]
    found = await asyncio.gather(*[newcomer() for _ in range(6)], *writing)
    assert all(seqs == list(range(head + 1, head + 613)) for seqs in found[:6])


@pytest.mark.parametrize("query", ["after=9999&epoch={epoch}", "after=1&epoch=another"])
async def test_a_number_from_the_future_or_of_another_history_starts_afresh(
    place: Place, query: str
) -> None:
    head, epoch = await _position(place)
    async with place.talking(query=query.format(epoch=epoch)) as client:
        welcome = await client.first("welcome")
        await _said(place, "verder")
        await client.until(lambda: client.bodies == ["verder"])
    assert (welcome["resume"], welcome["head"], welcome["epoch"]) == ("resync", head, epoch)


async def test_who_missed_a_tally_hears_it(place: Place) -> None:
    head, epoch = await _position(place)
    (message,) = await _said(place, "Wie is voor?")
    async with place.talking(place.resident()) as voter:
        at = (await voter.first("welcome"))["at"]
        await voter.ask("stance.take", message=message, value="agree")
    since = int(place.seconds(at))
    async with place.talking(query=f"after={head}&epoch={epoch}&since={since}") as client:
        tally = await client.first("tally", message=message)
    assert tally["counts"] == {"agree": 1}


async def test_a_heartbeat_says_where_the_log_stands_and_what_time_it_is(place: Place) -> None:
    async with place.talking() as client, place.talking(place.manager, "staff=1") as manager:
        await _said(place, "en door")
        beat = await client.first("heartbeat")
        both = await manager.until(
            lambda: next((b for b in manager.of("heartbeat") if "staff_head" in b), None)
        )
    assert beat["head"] == client.seqs[-1]
    assert place.seconds(beat["at"]) > place.seconds(client.frames[0]["at"])
    assert both is not None
    assert both["head"] == beat["head"]
