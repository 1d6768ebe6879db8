/**
 * The agenda of a neighbourhood, live: what is shown changes where it stands; nothing moves. What
 * would move things (a new need, another order) waits until the reader asks for it.
 */

import { Link, type Position } from "./connection/link";
import type { FromServer, NeedView } from "./protocol/generated";
import { needs as words } from "./strings/agenda";
import { load } from "./strings/gettext";

const page = document.getElementById("agenda");

if (page) {
  load(document.getElementById("words")?.textContent);
  watch(page, page.dataset);
}

function watch(page: HTMLElement, { room = "", head, epoch = "", at }: DOMStringMap): void {
  const position: Position = {
    after: Number(head),
    epoch,
    since: Number(at),
    staffAfter: null,
  };
  const changed = new Set<number>();
  const link: Link = new Link(room, {
    frame: (frame) => {
      if (frame.type === "heartbeat" && frame.head > position.after) return link.connect();
      if (!("seq" in frame) || "stream" in frame || !("at" in frame)) return;
      if (frame.seq <= position.after) return;
      // One was missed: the log has it.
      if (frame.seq > position.after + 1) return link.connect();
      position.after = frame.seq;
      const need = needIn(frame);
      if (!need) return;
      changed.add(need.id);
      show(page, need);
      tell(page, changed.size);
    },
    status: (status) => (page.dataset.live = status),
    resync: () => tell(page, Math.max(1, changed.size)),
    position: () => position,
  });
  link.connect();
}

function needIn(frame: FromServer): NeedView | null {
  return "need" in frame ? frame.need : null;
}

/** The card of a need says what is so now. */
function show(page: HTMLElement, need: NeedView): void {
  const card = page.querySelector<HTMLElement>(`[data-need="${need.id}"]`);
  if (!card) return;
  const put = (field: string, text: string) => {
    const place = card.querySelector<HTMLElement>(`[data-field="${field}"]`);
    if (place && place.textContent !== text) place.textContent = text;
  };
  put("title", need.title || words.gone());
  put("people", words.people(need.people ?? 0));
  put("support", need.support ? words.support(need.support) : "");
  put("due", due(need));
  put("state", words.state[need.state]());
  const state = card.querySelector<HTMLElement>('[data-field="state"]');
  if (state) state.className = `state state--${need.state}`;
}

function due({ state, due_on: on, outcome }: NeedView): string {
  if (state === "asked" && on) {
    const day = new Date(`${on}T12:00`).toLocaleDateString(document.documentElement.lang, {
      day: "numeric",
      month: "long",
      year: "numeric",
    });
    return words.due(day);
  }
  return outcome ? words.outcome[outcome]() : "";
}

/** One quiet line above the list; it is read aloud, and nothing else moves. */
function tell(page: HTMLElement, count: number): void {
  const line = page.querySelector<HTMLElement>("[data-news]");
  if (!line) return;
  const again = document.createElement("a");
  again.href = location.href.split("#")[0] ?? "";
  again.textContent = words.inOrder();
  line.replaceChildren(`${words.news(count)} `, again);
  line.hidden = false;
}
