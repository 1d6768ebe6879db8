"""What machines look at, and what nobody may read in it."""

import json
from collections.abc import Callable

import httpx
import pytest

from .town import Place, Town

pytestmark = pytest.mark.live
MARK = "zeldzaam-woord-7261"


async def _metrics(place: Place, token: str) -> httpx.Response:
    async with place.http() as http:
        headers = {"Authorization": f"Bearer {token}".encode()} if token else {}
        return await http.get("/metrics", headers=headers)


async def test_health_is_asked_over_a_real_websocket(place: Place) -> None:
    async with place.http() as http:
        answer = await http.get("/healthz")
    assert answer.status_code == 200
    expected = {"status": "ok", "websocket": "ok", "database": "ok", "doorbell": "ok"}
    assert answer.json() == expected
    assert "set-cookie" not in answer.headers


async def test_figures_are_for_who_knows_the_token(place: Place) -> None:
    for token in ("", "fout", "metén"):
        assert (await _metrics(place, token)).status_code == 404
    answer = await _metrics(place, "meten")
    assert answer.status_code == 200
    for name in (
        "deliberation_connections",
        "deliberation_commit_batch_bucket",
        "deliberation_commit_seconds",
        "deliberation_flush_seconds",
        "deliberation_lag_seconds",
        "deliberation_refusals",
        "deliberation_resumes",
        "deliberation_closes",
        "deliberation_doorbell_polling",
        "deliberation_agenda_lag_seconds",
    ):
        assert name in answer.text, name


async def test_without_a_token_in_the_settings_there_are_no_figures(
    make_site: Callable[..., Town],
) -> None:
    place = make_site(METRICS_TOKEN="").place()
    for token in ("", "meten"):
        assert (await _metrics(place, token)).status_code == 404


async def test_figures_follow_what_happens(place: Place) -> None:
    before = _figure((await _metrics(place, "meten")).text, "deliberation_connections")
    async with place.talking() as one, place.talking() as two:
        await one.first("welcome")
        await two.first("welcome")
        during = (await _metrics(place, "meten")).text
    assert _figure(during, "deliberation_connections") == before + 2


async def test_logs_and_figures_hold_nothing_personal(place: Place) -> None:
    person = place.resident()
    place.site.script(
        "from deliberation.people.models import Person\n"
        f"Person.objects.filter(pk={person.id}).update(name='Naam {MARK}')"
    )
    async with place.talking(person) as client, place.http(person) as http:
        assert MARK in (await client.first("welcome"))["you"]["name"]
        posted = await client.ask("message.post", thread=place.thread, body=f"Tekst {MARK}")
        await client.ask("message.edit", message=posted["id"], body=f"Beter {MARK}")
        await client.ask("message.post", thread=2**40, body=f"Weg {MARK}")
        await client.socket.send(json.dumps({"type": MARK}))
        await client.socket.send(MARK)
        await http.post(f"/live/{place.slug}/commands", content=MARK)
        await http.get(f"/live/{place.slug}/events?after={MARK}&x={MARK}")
        await http.get(f"/r/{place.slug}/?q={MARK}")
        await http.get(f"/live/{MARK}/events")
        for _ in range(10):
            await client.socket.send(MARK)
        await client.goodbye()
    figures = (await _metrics(place, "meten")).text
    assert place.site.log
    for said in (place.site.log, figures):
        assert MARK not in said
        assert person.name not in said
        assert person.cookie.partition("=")[2] not in said
        assert "client=" not in said


def _figure(text: str, name: str) -> float:
    return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))
