"""What changes about someone while they are connected: signed out, banned, no longer staff."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from .town import Person, Place

pytestmark = pytest.mark.live
GUARD = 5.0  # seconds between two looks at everyone
MARGIN = 8.0  # seconds a busy machine may take besides


SIGNED_OUT = {
    "deleted": "Session.objects.filter(session_key={key!r}).delete()",
    "expired": "Session.objects.filter(session_key={key!r}).update(expire_date=now())",
    "from another device": "sign_out_elsewhere(request, Person.objects.get(pk={person}))",
}


def _sign_out(place: Place, person: Person, how: str) -> None:
    place.site.script(
        "from django.contrib.sessions.models import Session\n"
        "from django.test import RequestFactory\n"
        "from django.utils.timezone import now\n"
        "from deliberation.people.models import Person\n"
        "from deliberation.people.signin import sign_out_elsewhere\n"
        "request = RequestFactory().post('/')\n"
        "request.session = Session.get_session_store_class()()\n"
        + SIGNED_OUT[how].format(key=person.cookie.partition("=")[2], person=person.id)
    )


def _until() -> str:
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


@pytest.mark.parametrize("how", SIGNED_OUT)
async def test_who_is_signed_out_elsewhere_is_told_and_goes_on_as_a_visitor(
    place: Place, how: str
) -> None:
    person = place.resident()
    async with place.talking(person, language="nl") as client, place.talking() as visitor:
        assert (await client.first("welcome"))["you"]["name"] == person.name
        await asyncio.to_thread(_sign_out, place, person, how)
        changed = time.monotonic()
        assert await client.goodbye() == 4401
        assert time.monotonic() - changed < GUARD + MARGIN
        bye = await client.first("bye", code=4401)
        assert visitor.closed is None
    assert bye["retry_after"] > 0
    assert "uitgelogd" in bye["text"]
    async with place.talking(person) as again:
        assert "you" not in await again.first("welcome")
        answer = await again.ask("message.post", thread=place.thread, body="Nog even.")
    assert answer["code"] == "signed_out"


async def test_who_is_banned_loses_the_socket_within_two_seconds_and_may_still_read(
    place: Place,
) -> None:
    person = place.resident()
    async with (
        place.talking(person) as client,
        place.talking(place.resident()) as other,
        place.talking(place.manager, "staff=1") as manager,
    ):
        await asyncio.gather(client.first("welcome"), other.first("welcome"))
        fields = {
            "person": person.id,
            "ground": "insult",
            "reason": "Bleef schelden.",
            "until": _until(),
        }
        assert (await manager.ask("person.ban", **fields))["type"] == "ack"
        acknowledged = time.monotonic()
        assert await client.goodbye() == 4501
        assert time.monotonic() - acknowledged < 2
        seen = await manager.first("person.banned")
        assert other.closed is None
    assert seen["person"]["name"] == person.name
    assert seen["stream"] == "staff"
    assert person.name not in other.text
    async with place.talking(person) as again:
        await again.first("welcome")
        refused = await again.ask("message.post", thread=place.thread, body="Toch.")
        assert refused["code"] == "banned"
        async with place.talking(place.resident()) as writer:
            await writer.ask("message.post", thread=place.thread, body="Rust.")
        await again.until(lambda: again.bodies == ["Rust."])


async def test_the_staff_stream_is_for_managers_only(place: Place) -> None:
    victim = place.resident()
    async with (
        place.talking(place.resident(), "staff=1&staff_after=0") as resident,
        place.talking(query="staff=1&staff_after=0") as visitor,
        place.talking(place.manager) as elsewhere,
        place.talking(place.manager, "staff=1") as manager,
    ):
        assert "staff_head" not in await resident.first("welcome")
        assert "staff_head" not in await visitor.first("welcome")
        await elsewhere.first("welcome")
        head = (await manager.first("welcome"))["staff_head"]
        fields = {
            "person": victim.id,
            "ground": "insult",
            "reason": "Onherhaalbaar.",
            "until": _until(),
        }
        await manager.ask("person.ban", **fields)
        banned = await manager.first("person.banned")
        await manager.ask("message.post", thread=place.thread, body="Voor iedereen.")
        for client in (resident, visitor, elsewhere):
            await client.first("message.posted")
            assert client.bodies == ["Voor iedereen."]
            assert "Onherhaalbaar" not in client.text
    assert banned["seq"] == head + 1
    async with place.talking(place.manager, f"staff=1&staff_after={head}") as late:
        assert (await late.first("person.banned"))["seq"] == head + 1


async def test_who_is_no_manager_any_more_hears_nothing_of_the_staff_stream(place: Place) -> None:
    name = "Vertrekt"
    source = (
        "from tests import given\n"
        "from tests.live.preparing import signed_in_with_code\n"
        f"person = given.a_manager({name!r})\n"
        "print(person.pk, signed_in_with_code(person))"
    )
    number, cookie = (await asyncio.to_thread(place.site.script, source)).split()
    leaving = Person(int(number), name, cookie)
    first, second, third = [place.resident() for _ in range(3)]
    async with (
        place.talking(leaving, "staff=1") as client,
        place.talking(place.manager) as manager,
        place.talking(second) as connected,
    ):
        await connected.first("welcome")
        ban = {"ground": "insult", "reason": "Dit blijft binnen.", "until": _until()}
        await manager.ask("person.ban", person=first.id, **ban)
        await client.first("person.banned")
        await asyncio.to_thread(
            place.site.script,
            "from deliberation.people.models import Person\n"
            f"Person.objects.filter(pk={leaving.id}).update(roles=[])",
        )
        # The look at everyone that closes this one's socket also sees who left the staff.
        await manager.ask("person.ban", person=second.id, **ban)
        assert await connected.goodbye() == 4501
        await manager.ask("person.ban", person=third.id, **ban)
        await manager.ask("message.post", thread=place.thread, body="Na afloop.")
        await client.until(lambda: client.bodies == ["Na afloop."])
    banned = [frame["person"]["id"] for frame in client.of("person.banned")]
    assert first.id in banned
    assert third.id not in banned


async def test_hiding_reaches_everyone(place: Place) -> None:
    async with (
        place.talking(place.resident()) as writer,
        place.talking() as reader,
        place.talking(place.manager) as manager,
    ):
        posted = await writer.ask("message.post", thread=place.thread, body="Lelijk.")
        await reader.until(lambda: reader.bodies == ["Lelijk."])
        answer = await manager.ask(
            "message.hide", message=posted["id"], ground="insult", reason="Scheldwoord"
        )
        for client in (writer, reader, manager):
            hidden = await client.first("message.hidden")
            assert hidden["seq"] == answer["seq"]
            assert hidden["message"]["ground"] == "insult"
            assert "reason" not in hidden["message"]
            assert "body" not in hidden["message"]
        refused = await writer.ask(
            "message.hide", message=posted["id"], ground="insult", reason="Terug"
        )
    assert refused["code"] == "not_allowed"
