"""The product behind nginx and Caddy, configured as in deploy/; only names and ports differ."""

import asyncio
import json
import os
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from deliberation.config.processes import Process, free_port
from deliberation.people.pace import JOINS
from tests import serving
from tests.unit.test_deploy import CADDY, NGINX, certificate, program

pytestmark = pytest.mark.live
TOKEN = "the figures are not for everyone"
SETTINGS = {"DELIBERATION_TRUSTED_PROXIES": "1", "DELIBERATION_METRICS_TOKEN": TOKEN}
UNSAFE = ssl.create_default_context()
UNSAFE.check_hostname, UNSAFE.verify_mode = False, ssl.CERT_NONE


@dataclass(frozen=True)
class Server:
    """The product itself, with a room `plein` that holds one thread."""

    web: int
    live: int
    cookie: str
    thread: int


@dataclass(frozen=True)
class Site:
    """The product as visitors reach it."""

    address: str
    folder: Path
    server: Server

    @property
    def secure(self) -> bool:
        return self.address.startswith("https")

    def browser(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, verify=UNSAFE, timeout=30)

    def socket(self) -> connect:
        address = self.address.replace("http", "ws", 1) + "/live/plein"
        return connect(
            address,
            origin=self.address,
            ssl=UNSAFE if self.secure else None,
            additional_headers={"Cookie": self.server.cookie},
        )


def _filled(web: serving.Site, live: serving.Site) -> Server:
    thread = int(web.run("bench", "room", "--room", "plein").split()[-1])
    cookie = web.run("bench", "members", "--room", "plein", "--count", "1").strip()
    return Server(web.port, live.port, cookie, thread)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Everything in one process."""
    with serving.site(tmp_path_factory.mktemp("one"), environment=SETTINGS) as site:
        yield _filled(site, site)


@pytest.fixture(scope="module")
def apart(
    tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str], redis: Server
) -> Iterator[Server]:
    """Pages in one process, live rooms in two others."""
    environment = SETTINGS | {
        "DELIBERATION_DATABASE_URL": new_database(),
        "DELIBERATION_REDIS_URL": str(redis),
        "DELIBERATION_SECRET_KEY": "the same for all, or a session of one is none to another",
    }
    web, live = tmp_path_factory.mktemp("web"), tmp_path_factory.mktemp("live")
    with (
        serving.site(web, "--only", "web", environment=environment) as pages,
        serving.site(live, "--only", "live", "--workers", "2", environment=environment) as rooms,
    ):
        yield _filled(pages, rooms)


@pytest.fixture(
    scope="module",
    params=[
        "nginx-one",
        "caddy-one",
        pytest.param("nginx-apart", marks=[pytest.mark.redis, pytest.mark.postgres]),
    ],
)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    proxy, _, form = request.param.partition("-")
    server: Server = request.getfixturevalue(form)
    folder = tmp_path_factory.mktemp(proxy)
    (folder / "static" / "assets").mkdir(parents=True)
    (folder / "static" / "assets" / "room-B7xQ_9aZ.js").write_text("export {};")
    (folder / "static" / "plain.css").write_text("body {}")
    address, command = (_nginx if proxy == "nginx" else _caddy)(folder, server)
    process = Process(
        command,
        log=folder / "proxy.log",
        ready=lambda: _answers(address + "/healthz"),
        environment={"HOME": str(folder), "XDG_DATA_HOME": str(folder)},
    )
    process.start()
    yield Site(address, folder, server)
    process.stop()


def _nginx(folder: Path, server: Server) -> tuple[str, list[str]]:
    plain, secure = free_port(), free_port()
    said = _adapted(NGINX, folder, server)
    said = re.sub(r"\n\s+listen \[::\].*", "", said)
    said = said.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    said = said.replace("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl")
    (folder / NGINX.name).write_text(said)
    (folder / "logs").mkdir()
    certificate(folder / "tls")
    user = "user root;" if os.getuid() == 0 else ""
    command = [program("nginx", "nginx-light"), "-p", str(folder), "-c", str(folder / NGINX.name)]
    return f"https://127.0.0.1:{secure}", [*command, "-g", f"daemon off; {user}"]


def _caddy(folder: Path, server: Server) -> tuple[str, list[str]]:
    port = free_port()
    said = _adapted(CADDY, folder, server)
    said = said.replace("praat.example.nl {", f"http://127.0.0.1:{port} {{")
    said = said.replace("{\n", "{\n\tadmin off\n", 1)
    (folder / CADDY.name).write_text(said)
    command = [program("caddy", "caddy"), "run", "--adapter", "caddyfile"]
    return f"http://127.0.0.1:{port}", [*command, "--config", str(folder / CADDY.name)]


def _adapted(path: Path, folder: Path, server: Server) -> str:
    said = path.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{server.web}")
    said = said.replace("127.0.0.1:8001", f"127.0.0.1:{server.live}")
    return said.replace("/var/lib/deliberation/static", str(folder / "static"))


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, verify=UNSAFE, timeout=10).status_code == 200
    except httpx.TransportError:
        return False


async def _frame(socket: ClientConnection, kind: str) -> dict[str, Any]:
    """The next frame of this kind."""
    met = []
    with suppress(TimeoutError):
        async with asyncio.timeout(30):
            async for text in socket:
                met.append(dict(json.loads(text)))
                if met[-1]["type"] == kind:
                    return met[-1]
    pytest.fail(f"no {kind} in {met}")


def _post(site: Site, body: str) -> str:
    return json.dumps(
        {
            "type": "message.post",
            "ref": str(uuid4()),
            "thread": site.server.thread,
            "body": body,
        }
    )


def test_a_page_reads_without_a_cookie(site: Site) -> None:
    with site.browser() as browser:
        answer = browser.get("/r/plein/")
    assert answer.status_code == 200
    assert "Zaterdag" in answer.text
    assert "set-cookie" not in answer.headers


async def test_what_is_posted_over_a_websocket_comes_back_over_it(site: Site) -> None:
    async with site.socket() as socket:
        await _frame(socket, "welcome")
        await socket.send(_post(site, "Hoor je mij?"))
        await _frame(socket, "ack")


async def test_what_is_posted_by_a_plain_form_is_heard_over_a_websocket(site: Site) -> None:
    async with (
        site.socket() as socket,
        httpx.AsyncClient(base_url=site.address, verify=UNSAFE, timeout=30) as browser,
    ):
        await _frame(socket, "welcome")
        answer = await browser.post(
            f"/r/plein/t/{site.server.thread}/post",
            data={"body": "Zonder scripts", "ref": str(uuid4())},
            headers={"Origin": site.address, "Cookie": site.server.cookie},
        )
        assert answer.status_code == 303, answer.text
        heard = await _frame(socket, "message.posted")
    assert heard["message"]["body"] == "Zonder scripts"


async def test_what_is_posted_over_http_is_heard_by_who_waits_over_http(site: Site) -> None:
    headers = {"Cookie": site.server.cookie}
    async with httpx.AsyncClient(
        base_url=site.address, verify=UNSAFE, timeout=40, headers=headers
    ) as browser:
        first = (await browser.get("/live/plein/events?after=0&epoch=")).json()
        waiting = asyncio.create_task(
            browser.get(f"/live/plein/events?after={first['head']}&epoch={first['epoch']}&wait=25")
        )
        posted = await browser.post(
            "/live/plein/commands",
            content=_post(site, "Ook zonder WebSocket"),
            headers={"Content-Type": "application/json", "Origin": site.address},
        )
        assert posted.json()["type"] == "ack", posted.text
        heard = (await waiting).json()
    assert [event["seq"] for event in heard["events"]] == [posted.json()["seq"]]


def test_another_site_can_not_post(site: Site) -> None:
    with site.browser() as browser:
        answer = browser.post(
            "/live/plein/commands",
            content=_post(site, "Niet van jou"),
            headers={
                "Content-Type": "application/json",
                "Origin": "https://elders.example",
                "Cookie": site.server.cookie,
            },
        )
    assert answer.status_code == 403


def test_a_command_that_is_far_too_large_does_not_reach_the_server(site: Site) -> None:
    with site.browser() as browser:
        answer = browser.post("/live/plein/commands", content="x" * 200_000)
    assert answer.status_code in (413, 502)  # the latter is how Caddy before 2.7 puts it


def test_figures_are_not_for_visitors_even_with_the_token(site: Site) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for port in (site.server.web, site.server.live):
        direct = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=headers)
        assert direct.status_code == 200
    with site.browser() as browser:
        for path in ("/metrics", "/metrics/", "//metrics", "/%6detrics", "/r/..%2fmetrics"):
            assert browser.get(site.address + path, headers=headers).status_code == 404


def test_files_with_a_fingerprint_are_kept_for_a_year_and_others_are_not(site: Site) -> None:
    with site.browser() as browser:
        built = browser.get("/static/assets/room-B7xQ_9aZ.js")
        other = browser.get("/static/plain.css")
    assert built.status_code == other.status_code == 200
    assert built.headers.get_list("cache-control") == ["public, max-age=31536000, immutable"]
    assert other.headers.get_list("cache-control") == ["public, max-age=3600, must-revalidate"]


@pytest.mark.parametrize("path", ["/r/plein/", "/static/plain.css", "/live/plein/snapshot"])
def test_every_answer_has_each_security_header_once(site: Site, path: str) -> None:
    with site.browser() as browser:
        headers = browser.get(path).headers
    assert headers.get_list("strict-transport-security") == ["max-age=31536000"]
    assert headers.get_list("x-content-type-options") == ["nosniff"]
    assert headers.get_list("referrer-policy") == ["same-origin"]
    assert "daphne" not in headers.get("server", "").lower()


def test_a_visitor_can_not_claim_other_addresses_to_be_more_people(site: Site) -> None:
    answers = []
    with site.browser() as browser:
        for number in range(JOINS.rate.burst + 10):
            name = "Buur " + chr(97 + number // 26) + chr(97 + number % 26)
            forged = {"X-Forwarded-For": f"203.0.113.{number}", "Accept": "application/json"}
            answer = browser.post(
                "/r/plein/join", data={"name": name}, headers=forged | {"Origin": site.address}
            )
            answers.append(answer.status_code)
            browser.cookies.clear()
    assert answers[-1] == 429


def test_logs_say_nothing_of_who_came_and_where_they_went(site: Site) -> None:
    with site.browser() as browser:
        browser.get("/r/plein/m/1/", headers={"User-Agent": "herkenbaar"})
        browser.get("/r/bestaat-niet/")
    written = list(site.folder.rglob("*.log"))
    assert written
    said = "".join(path.read_text() for path in written)
    for word in ("plein", "herkenbaar", "bestaat-niet", "remote", "client:"):
        assert word not in said
    assert "127.0.0.1" not in re.sub(r"127\.0\.0\.1:\d+", "", said)


def test_visitors_over_http_are_sent_to_https(site: Site) -> None:
    """Caddy does this by itself where it has the site's name."""
    if not site.secure:
        return
    said = (site.folder / NGINX.name).read_text()
    port = re.search(r"listen 127\.0\.0\.1:(\d+);", said)
    assert port is not None
    answer = httpx.get(f"http://127.0.0.1:{port[1]}/r/plein/?x=1", headers={"Host": "praat.nl"})
    assert (answer.status_code, answer.headers["location"]) == (
        301,
        "https://praat.nl/r/plein/?x=1",
    )
