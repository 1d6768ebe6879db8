/// <reference lib="webworker" />
/**
 * The last conversations, for when the line is gone. Served at /sw.js.
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
const LEAVING = /\/logout\/|\/jij\/wissen/;

self.addEventListener("install", (event) => event.waitUntil(prepare()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method !== "GET") {
    if (LEAVING.test(url.pathname)) event.waitUntil(caches.delete(PAGES));
    return;
  }
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (isFixed(url)) event.respondWith(file(request));
});

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
}
