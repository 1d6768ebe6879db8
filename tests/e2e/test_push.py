"""Notices on a device, all the way: from a mention to what the browser shows."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Worker,
    expect,
)

from tests.made import copied
from tests.push_service import Service, running
from tests.serving import Site, demonstration, site

from .chromiums_service import Maker, maker
from .conftest import FLAGS, until
from .test_installed import IN_CHARGE

pytestmark = pytest.mark.e2e
BACKGROUND = "--disable-background-networking"  # would switch Web Push off
# What the service worker asks the browser to show; its list of them is not always up to date.
LISTEN = """
() => {
  const show = self.registration.showNotification.bind(self.registration);
  self.shown = [];
  self.registration.showNotification = async (title, { body, data }) => {
    await show(title, { body, data });
    self.shown.push([title, body, data]);
  };
}
"""
SHOWN = """
async (many) => {
  for (let tries = 0; tries < 600 && self.shown.length < many; tries++)
    await new Promise((next) => setTimeout(next, 50));
  return self.shown;
}
"""
# Only a real tap may open a window, so here is only heard which one it would be.
TAPPED = """
async (data) => {
  const opened = new Promise((found) => {
    self.clients.openWindow = async (url) => found(url);
    WindowClient.prototype.focus = async () => found("the window that was there");
  });
  const tap = new Event("notificationclick");
  tap.notification = { data, close: () => {} };
  tap.waitUntil = () => {};
  self.dispatchEvent(tap);
  return opened;
}
"""
HAS_ONE = """
async () => !!(await (await navigator.serviceWorker.ready).pushManager.getSubscription())
"""
KEPT = """
async () => (await (await caches.open("files-1")).keys()).map(({ url }) => new URL(url).pathname)
"""
LITTER = """
async () => {
  const files = await caches.open("files-1");
  await caches.open("files-0");
  for (const end of ["js", "css", "woff2"])
    await files.put(`/static/assets/old-${end}-1a2b3c.${end}`, new Response(""));
}
"""
# From here on, what is meant for the maker's service comes to ours.
DIVERTED = """
from rooms.models import PushSubscription
PushSubscription.objects.update(endpoint={endpoint!r})
"""
A_MENTION = """
from deliberation.kernel.clock import now
from deliberation.people.models import Person
from rooms.models import Room, Thread
from tests import given
me = Person.objects.get(source="demo:resident")
room = Room.objects.get(slug="lindenkwartier")
thread = Thread.objects.filter(room=room).first()
given.a_message(room, thread, "Ik doe mee.", by=me, at=now())
words = f"Kom je ook, @{me.name}?"
print(given.a_message(room, thread, words, by=given.a_resident("Bram"), at=now()).pk)
"""


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Service, Maker]]:
    """The demonstration, a push service, and what the maker of Chromium runs."""
    with ExitStack() as stack:
        folder = Path(tmp_path_factory.mktemp("push"))
        service, certificate = stack.enter_context(running(folder, "localhost"))
        made = stack.enter_context(maker(certificate))
        trust = {"DELIBERATION_PUSH_HOSTS": "localhost", "SSL_CERT_FILE": str(certificate)}
        copied("demonstration", folder, demonstration)
        place = stack.enter_context(site(folder, environment=trust | {"DELIBERATION_DEMO": "1"}))
        yield place, service, made


@pytest.fixture
def at_home(
    playwright: Playwright,
    chromium: str,
    around: tuple[Site, Service, Maker],
    tmp_path: Path,
) -> Iterator[BrowserContext]:
    """A browser that keeps things, and whose owner allows notifications. Web Push needs both."""
    place, _, made = around
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=chromium,
        args=[*(flag for flag in FLAGS if flag != BACKGROUND), *made.flags],
        ignore_default_args=[BACKGROUND],
        locale="nl-NL",
        viewport={"width": 390, "height": 780},
    )
    context.grant_permissions(["notifications"], origin=place.url)
    yield context
    context.close()


def notices(context: BrowserContext, place: Site) -> Page:
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{place.url}/demo/resident/")
    page.goto(f"{place.url}/meldingen/")
    return page


def turn_on(page: Page) -> None:
    page.get_by_role("button", name="Meldingen op dit toestel").click()
    expect(page.get_by_text("Dit toestel laat meldingen zien.")).to_be_visible()


def at_work(page: Page) -> Worker:
    """The service worker, once it is in charge."""
    page.wait_for_function(IN_CHARGE)
    return page.context.service_workers[0]


def test_without_permission_the_switch_explains_what_to_do(
    browser: Browser, around: tuple[Site, Service, Maker]
) -> None:
    context = browser.new_context(locale="nl-NL")
    page = notices(context, around[0])
    switch = page.get_by_role("button", name="Meldingen op dit toestel")
    expect(page.get_by_text("Zie je hier geen knop?")).to_be_hidden()
    switch.click()  # this browser says no to whoever asks
    expect(page.get_by_text("Je browser houdt meldingen van deze site tegen.")).to_be_visible()
    expect(switch).to_be_hidden()
    context.close()


def test_without_scripts_the_page_says_why_there_is_no_switch(
    browser: Browser, around: tuple[Site, Service, Maker]
) -> None:
    context = browser.new_context(locale="nl-NL", java_script_enabled=False)
    page = notices(context, around[0])
    expect(page.get_by_text("Zie je hier geen knop?")).to_be_visible()
    expect(page.get_by_role("button", name="Meldingen op dit toestel")).to_be_hidden()
    context.close()


def test_a_mention_is_shown_by_the_browser_itself(
    at_home: BrowserContext, around: tuple[Site, Service, Maker]
) -> None:
    place, service, made = around
    page = notices(at_home, place)
    turn_on(page)
    expect(page.locator(".device")).to_contain_text("Chrome, Linux")
    expect(page.locator(".device")).to_contain_text("Dit toestel")
    place.script(DIVERTED.format(endpoint=f"{service.at}/push/a"))
    message = place.script(A_MENTION).strip()
    place.run("worker", "--once")
    page.goto(f"{place.url}/huisregels/")
    worker = at_work(page)
    worker.evaluate(LISTEN)
    made.pushes(service.received[-1].body)
    ((title, body, data),) = worker.evaluate(SHOWN, 1)
    address = f"/r/lindenkwartier/m/{message}/#m{message}"
    assert (title, data) == ("Bram noemde je", address)
    assert "Kom je ook, @" in body
    assert worker.evaluate(TAPPED, data) == place.url + address
    page.goto(place.url + address)
    assert worker.evaluate(TAPPED, data) == "the window that was there"


def test_every_push_shows_something_even_a_broken_one(
    at_home: BrowserContext, around: tuple[Site, Service, Maker]
) -> None:
    page = notices(at_home, around[0])
    page.wait_for_function(IN_CHARGE)
    tools, found = at_home.new_cdp_session(page), []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(event["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    worker = at_work(page)
    worker.evaluate(LISTEN)
    for data in ("kapot", "", json.dumps({"title": "Hoi", "url": "https://elders.example/"})):
        message = {"origin": around[0].url, "registrationId": found[0]["registrationId"]}
        tools.send("ServiceWorker.deliverPushMessage", {**message, "data": data})
    shown = worker.evaluate(SHOWN, 3)
    assert sorted(title for title, _, _ in shown) == ["127.0.0.1", "127.0.0.1", "Hoi"]
    opened = worker.evaluate(TAPPED, "https://elders.example/")
    assert opened == "/meldingen/"


def test_stopping_this_device_stops_the_browser_too(
    at_home: BrowserContext, around: tuple[Site, Service, Maker]
) -> None:
    page = notices(at_home, around[0])
    turn_on(page)
    row = page.locator(".device").filter(has=page.locator("[data-here]:visible"))
    row.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Dat toestel krijgt geen meldingen meer.")).to_be_visible()
    expect(page.get_by_role("button", name="Meldingen op dit toestel")).to_be_visible()
    assert not page.evaluate(HAS_ONE)


def test_a_browser_that_moves_to_another_address_says_so(
    at_home: BrowserContext, around: tuple[Site, Service, Maker]
) -> None:
    page = notices(at_home, around[0])
    turn_on(page)
    rows = page.locator(".device")
    many, before = rows.count(), rows.first.get_attribute("data-endpoint")
    moved = """
    async () => {
      const oldSubscription = await self.registration.pushManager.getSubscription();
      await oldSubscription.unsubscribe();
      const told = new Promise((done) => {
        const ask = self.fetch;
        self.fetch = async (...asked) => {
          const answer = await ask(...asked);
          if (asked[1]?.method === "POST") done(answer.status);
          return answer;
        };
      });
      const change = { oldSubscription };
      self.dispatchEvent(new PushSubscriptionChangeEvent("pushsubscriptionchange", change));
      return told;
    }
    """
    assert at_work(page).evaluate(moved) == 201
    page.reload()
    expect(page.get_by_text("Dit toestel laat meldingen zien.")).to_be_visible()
    expect(rows).to_have_count(many)
    assert rows.first.get_attribute("data-endpoint") != before


def test_files_that_no_kept_page_uses_are_thrown_away(
    browser: Browser, around: tuple[Site, Service, Maker]
) -> None:
    """By the next version of the service worker; a conversation that was kept stays whole."""
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    room = f"{around[0].url}/r/lindenkwartier/"
    page.goto(room)
    page.wait_for_function(IN_CHARGE)
    page.reload()
    expect(page.locator(".live-line--live")).to_be_visible()
    used = set(page.evaluate(KEPT))
    page.evaluate(LITTER)
    assert len(page.evaluate(KEPT)) > len(used)
    page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).unregister()")
    page.goto(f"{around[0].url}/privacy/")
    until(page, "async () => !(await caches.has('files-0'))")
    until(page, f"async () => !(await ({KEPT})()).some((one) => one.includes('old-'))")
    page.wait_for_function(IN_CHARGE)
    assert used <= set(page.evaluate(KEPT))
    assert any(name.endswith(".woff2") for name in used)
    context.set_offline(True)
    page.goto(room)
    expect(page.locator("article.message").first).to_be_visible()
    expect(page.locator(".live-line--offline")).to_be_visible()
    context.close()


def test_who_signs_out_hears_nothing_more_on_this_device(
    at_home: BrowserContext, around: tuple[Site, Service, Maker]
) -> None:
    page = notices(at_home, around[0])
    turn_on(page)
    page.wait_for_function(IN_CHARGE)
    assert page.evaluate(HAS_ONE)
    page.goto(around[0].url + "/accounts/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    until(page, HAS_ONE.replace("!!", "!"))
