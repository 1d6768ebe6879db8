import { render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MessageView } from "../protocol/generated";
import type { RoomModel } from "../screens/model.svelte";
import Announcer from "./Announcer.svelte";
import Ask from "./Ask.svelte";
import { voice } from "./voice.svelte";

const at = "2026-05-01T19:30:00Z";

function message(id: number, body: string): MessageView {
  return { id, ref: `r${id}`, thread: 1, seq: id, at, author: { id: 1, name: "Vera" }, body };
}

/** An announcer for a reader who is concerned by messages with "jou" in them. */
function announcer(level?: string) {
  if (level) document.documentElement.dataset.announce = level;
  const model = { concernsMe: (m: MessageView) => !!m.body?.includes("jou") } as RoomModel;
  const { component, container } = render(Announcer, { model });
  return {
    hears: (...bodies: string[]) =>
      bodies.forEach((body, at) => component.announce(message(at + 1, body))),
    said: () => {
      flushSync();
      return container.querySelector("[role=status]")?.textContent ?? "";
    },
  };
}

beforeEach(() => vi.useFakeTimers({ now: new Date(at) }));
afterEach(() => {
  vi.useRealTimers();
  delete document.documentElement.dataset.announce;
  voice.line = "";
  document.body.replaceChildren();
});

it("says the first message in full", () => {
  const { hears, said } = announcer();
  hears("Hallo allemaal.");
  vi.advanceTimersByTime(300);
  expect(said()).toBe("Vera: Hallo allemaal.");
});

it("says at most one line in five seconds, and counts what came meanwhile", () => {
  const { hears, said } = announcer();
  hears("Een.");
  vi.advanceTimersByTime(300);
  hears("Twee.", "Drie.", "Vier.");
  vi.advanceTimersByTime(4900);
  expect(said()).toBe("Vera: Een.");
  vi.advanceTimersByTime(200);
  expect(said()).toBe("3 new messages");
});

it("is silent while someone types, and speaks afterwards", () => {
  const { hears, said } = announcer();
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = "Ik ben nog aan het";
  field.focus();
  hears("Luister eens.");
  vi.advanceTimersByTime(20_000);
  expect(said()).toBe("");
  field.value = "";
  vi.advanceTimersByTime(5000);
  expect(said()).toBe("Vera: Luister eens.");
});

it("only counts for who wants a summary", () => {
  const { hears, said } = announcer("summary");
  hears("Hallo.");
  vi.advanceTimersByTime(300);
  expect(said()).toBe("1 new message");
});

it("tells only what concerns me, where that is wanted", () => {
  const { hears, said } = announcer("me");
  hears("Voor iedereen.");
  vi.advanceTimersByTime(6000);
  expect(said()).toBe("");
  hears("Dit is voor jou.");
  vi.advanceTimersByTime(6000);
  expect(said()).toBe("Vera: Dit is voor jou.");
});

it("speaks in an open dialog too, which silences what is behind it, and says nothing old", () => {
  HTMLDialogElement.prototype.showModal ??= () => {};
  const { hears, said } = announcer();
  hears("Voor het venster.");
  vi.advanceTimersByTime(300);
  const props = { title: "Zeker?", confirm: "Ja", run: async () => null, onclose: () => {} };
  const { container } = render(Ask, props);
  const inside = container.querySelector("dialog [role=status]");
  expect(inside?.textContent.trim()).toBe("");
  hears("Tijdens het venster.");
  vi.advanceTimersByTime(5000);
  expect(said()).toBe("Vera: Tijdens het venster.");
  expect(inside?.textContent.trim()).toBe("Vera: Tijdens het venster.");
});

it("says nothing to who wants nothing", () => {
  const { hears, said } = announcer("off");
  hears("Hallo jou.");
  vi.advanceTimersByTime(6000);
  expect(said()).toBe("");
});
