/// <reference lib="webworker" />
/**
 * The last conversations, for when the line is gone, and notices that are pushed. Served at /sw.js.
 *
 * Pages come from the network whenever there is one; what can't change (hashed files) is kept.
 * Nothing else is: no forms, no live traffic, no other site. Who signs out or
 * erases everything leaves no pages behind.
 */

export {};
declare const self: ServiceWorkerGlobalScope;

const FILES = "files-1";
const PAGES = "pages-1";
const OFFLINE = "/offline/";
const MOST = 10; // pages kept
const MANY = 60; // files, more than ten pages use; then it is time to tidy
const NOTICES = "/meldingen/";
const DEVICE = "/meldingen/toestel";
const SIGNING_OUT = /\/logout\//;
const ERASING = /\/jij\/wissen/;

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(start()));
self.addEventListener("push", (event) => event.waitUntil(tell(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (SIGNING_OUT.test(url.pathname)) event.waitUntil(leave());
    if (ERASING.test(url.pathname)) event.waitUntil(caches.delete(PAGES));
    return;
  }
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (isFixed(url)) event.respondWith(file(request));
});

async function start(): Promise<void> {
  await self.clients.claim();
  const strange = (await caches.keys()).filter((name) => name !== FILES && name !== PAGES);
  await Promise.all(strange.map((name) => caches.delete(name)));
  await tidy();
}

/** Whoever has this device next reads no pages and hears no notices of who left. */
async function leave(): Promise<void> {
  await caches.delete(PAGES);
  await (await self.registration.pushManager?.getSubscription())?.unsubscribe();
}

/** The page that says that there is no line, with the files it needs. */
async function prepare(): Promise<void> {
  const response = await fetch(OFFLINE);
  const html = await response.clone().text();
  const files = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+|\/theme\.css[^"]*)"/g)];
  const cache = await caches.open(FILES);
  await cache.addAll(files.map(([, address]) => address ?? OFFLINE));
  await cache.put(OFFLINE, response);
}

function isFixed(url: URL): boolean {
  return url.pathname.startsWith("/static/assets/") || url.pathname === "/theme.css";
}

async function file(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(FILES)).put(request, response.clone());
  return response;
}

async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    if (response.ok && isConversation(request.url)) await keep(request, response.clone());
    return response;
  } catch {
    const kept = await caches.match(request, { cacheName: PAGES });
    return kept ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/** A room or a conversation as it stands now; not a search, not a form. */
function isConversation(address: string): boolean {
  const { pathname, search } = new URL(address);
  return search === "" && /^\/r\/[^/]+\/(t\/\d+\/)?$/.test(pathname);
}

async function keep(request: Request, response: Response): Promise<void> {
  const cache = await caches.open(PAGES);
  await cache.delete(request);
  await cache.put(request, response);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((old) => cache.delete(old)));
  if ((await (await caches.open(FILES)).keys()).length > MANY) await tidy();
}

/** Only files that a kept page asks for, or a file that it asks for, stay. Names hold a hash. */
async function tidy(): Promise<void> {
  const files = await caches.open(FILES);
  const pages = await caches.open(PAGES);
  let unread = await Promise.all((await pages.keys()).map((one) => text(pages, one)));
  unread.push(await text(files, new Request(OFFLINE)));
  let rest = (await files.keys()).filter(({ url }) => new URL(url).pathname !== OFFLINE);
  while (unread.length > 0) {
    const said = unread.join("\n");
    const asked = rest.filter((one) => said.includes(name(one)));
    rest = rest.filter((one) => !asked.includes(one));
    unread = await Promise.all(asked.map((one) => text(files, one)));
  }
  await Promise.all(rest.map((one) => files.delete(one)));
}

/** What pages and files call it: without the folder. */
function name({ url }: Request): string {
  const { pathname, search } = new URL(url);
  return pathname.slice(pathname.lastIndexOf("/") + 1) + search;
}

async function text(cache: Cache, file: Request): Promise<string> {
  const found = await cache.match(file);
  return found && !file.url.endsWith(".woff2") ? found.text() : "";
}

interface Pushed {
  title: string;
  body?: string;
  url?: string;
  tag?: string;
  lang?: string;
}

/** Something is shown for every push: browsers take the permission back from who is silent. */
async function tell(data: PushMessageData | null): Promise<void> {
  const { title, body, url, tag, lang } = read(data);
  const icon = "/static/favicon.svg";
  await self.registration.showNotification(title, { body, tag, lang, icon, data: url });
}

function read(data: PushMessageData | null): Pushed {
  try {
    const said = data?.json() as Partial<Pushed> | undefined;
    if (said?.title) return { ...said, title: said.title };
  } catch {
    // Not ours, or broken on the way.
  }
  return { title: self.location.hostname };
}

/** The window that is there already, or a new one; never another site. */
async function open(notification: Notification): Promise<void> {
  notification.close();
  const wanted = new URL(String(notification.data ?? NOTICES), self.location.origin);
  const url = wanted.origin === self.location.origin ? wanted.href : NOTICES;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.url === url);
  await (there ? there.focus() : self.clients.openWindow(url));
}

/** The browser moved to another address of its push service: the server hears it. */
async function renew(change: PushSubscriptionChangeEvent): Promise<void> {
  const { key } = (await (await fetch(DEVICE)).json()) as { key: string };
  if (!key) return;
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const fresh = change.newSubscription ?? (await self.registration.pushManager.subscribe(options));
  const { endpoint = "", keys = {} } = fresh.toJSON();
  const old = change.oldSubscription?.endpoint ?? "";
  await fetch(DEVICE, { method: "POST", body: new URLSearchParams({ endpoint, ...keys, old }) });
}
