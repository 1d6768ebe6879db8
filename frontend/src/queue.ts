/**
 * What the queue of the managers does beyond its forms: the lists stay up to date, a number chooses
 * a ground and offers what is usually seen then, and a decision can be undone for ten seconds.
 */

export {};

const EVERY = 2000; // ms
const UNDO = 10_000; // ms

const page = document.querySelector<HTMLElement>("[data-queue]");
let picked = ""; // in the words of the message

if (page) {
  watch(page, page.dataset.queue ?? "", page.dataset.mark ?? "");
  page.addEventListener("change", (event) => offer(event.target));
  document.addEventListener("keydown", number);
  page.addEventListener("toggle", takeOver, true);
  document.addEventListener("selectionchange", pick);
  // The browser tells of a selection a moment late: a quick key comes first.
  document.addEventListener("keydown", pick, true);
  const undo = page.querySelector<HTMLElement>("[data-undo]");
  if (undo) setTimeout(() => leave(undo), UNDO);
}

/** Ask whether anything changed, while someone looks; a question without an answer is asked again. */
function watch(page: HTMLElement, address: string, mark: string): void {
  let known = mark;
  setInterval(async () => {
    if (document.hidden) return;
    const now = await markAt(address);
    if (now === null || now === known) return;
    known = now;
    await renew(page);
  }, EVERY);
}

async function markAt(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as { mark: string }).mark : null;
  } catch {
    return null;
  }
}

/** The lists become what they are now; what one is reading or filling in stays until one asks. */
async function renew(page: HTMLElement): Promise<void> {
  const fresh = await pageNow();
  if (!fresh) return;
  const busy = page.querySelector(".review__lists :is(input:checked, details[open])");
  const changed = !same(page, fresh, ".queue__case");
  if (!busy) for (const part of ["h1", ".review__lists"]) swap(page, fresh, part);
  const news = page.querySelector<HTMLElement>("[data-news]");
  if (news) news.hidden = !(busy || changed);
}

/** This page as the server makes it now. The browser reads it as a document: no text becomes HTML. */
function pageNow(): Promise<Document | null> {
  return new Promise((done) => {
    const asked = new XMLHttpRequest();
    asked.responseType = "document";
    asked.onload = () => done(asked.status === 200 ? asked.responseXML : null);
    asked.onerror = () => done(null);
    asked.open("GET", location.href);
    asked.send();
  });
}

function swap(page: HTMLElement, fresh: Document, part: string): void {
  const now = page.querySelector(part);
  const then = fresh.querySelector(`#review ${part}`);
  if (!now || !then || now.contains(document.activeElement)) return;
  now.replaceWith(then);
  page.dispatchEvent(new Event("renewed")); // what the server sent knows nothing of this device
}

function same(page: HTMLElement, fresh: Document, part: string): boolean {
  const words = (one: Element | null) => one?.textContent?.replace(/\s+/g, " ") ?? "";
  return words(page.querySelector(part)) === words(fresh.querySelector(`#review ${part}`));
}

/** With a ground comes what is usually seen then, as long as nobody wrote anything else. */
function offer(target: EventTarget | null): void {
  if (!(target instanceof HTMLInputElement) || target.name !== "ground") return;
  const reason = target.form?.querySelector<HTMLTextAreaElement>("textarea[name=reason]");
  if (!reason || (reason.value && reason.value !== reason.dataset.offered)) return;
  reason.value = reason.dataset.offered = target.dataset.seen ?? "";
}

/** Remember what is selected in the message: opening a form moves the focus, and that ends it. */
function pick(): void {
  const now = getSelection();
  if (now?.anchorNode?.parentElement?.closest(".queue__words")) picked = String(now).trim();
}

/** What was selected in the message is what should be left out of it. */
function takeOver(event: Event): void {
  const fold = event.target;
  if (!(fold instanceof HTMLDetailsElement) || !fold.open || !picked) return;
  const field = fold.querySelector<HTMLTextAreaElement>('form:has([value="redact"]) [name=words]');
  if (field) field.value = picked;
}

/** A digit chooses that ground of the open form. */
function number(event: KeyboardEvent): void {
  if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return;
  if (target instanceof HTMLInputElement && target.type !== "radio") return;
  const form = document.querySelector("details[data-key][open] form");
  const ground = form?.querySelectorAll<HTMLInputElement>("[name=ground]")[Number(event.key) - 1];
  if (!ground) return;
  event.preventDefault();
  ground.focus();
  ground.click();
}

function leave(undo: HTMLElement): void {
  if (undo.contains(document.activeElement)) document.getElementById("now")?.focus();
  undo.remove();
}
