import { describe, expect, it } from "vitest";
import type { MeetingView, MessageView, Snapshot } from "../protocol/generated";
import { NOTHING, allowed, coming, fitting, lines, paced, type Shown } from "./projected";

const START = Date.parse("2026-11-27T19:30:00Z");

function message(id: number, body = "Hoi", more: Partial<MessageView> = {}): MessageView {
  const at = new Date(START + id * 1000).toISOString();
  return { id, ref: `${id}`, thread: 1, seq: id, at, body, ...more } as MessageView;
}

function meeting(more: Partial<MeetingView> = {}): MeetingView {
  return { id: 1, screening: "delay", delay: 10, items: {}, ...more } as MeetingView;
}

function snapshot(...messages: MessageView[]): Snapshot {
  return { messages } as unknown as Snapshot;
}

const ids = (messages: MessageView[]) => messages.map((one) => one.id);

describe("what may be on the screen", () => {
  it("comes after the delay, and can be stopped before", () => {
    const here = snapshot(message(1), message(5));
    const now = START + 12_000;
    expect(ids(allowed(here, meeting(), 1, now))).toEqual([1]);
    expect(coming(here, meeting(), 1, now)).toEqual([{ message: message(5), at: START + 15_000 }]);
    const stopped = meeting({ items: { "5": "refused" } });
    expect(ids(allowed(here, stopped, 1, now + 60_000))).toEqual([1]);
    expect(coming(here, stopped, 1, now)).toEqual([]);
  });

  it("waits for a manager where each message is approved", () => {
    const here = snapshot(message(1), message(2));
    const strict = meeting({ screening: "approve", items: { "2": "on_screen" } });
    expect(ids(allowed(here, strict, 1, START + 1e6))).toEqual([2]);
    expect(coming(here, strict, 1, START)).toEqual([]);
  });

  it("begins the delay again after a change of the words", () => {
    const edited = message(1, "Anders", { edited_at: new Date(START + 30_000).toISOString() });
    expect(allowed(snapshot(edited), meeting(), 1, START + 35_000)).toEqual([]);
    expect(ids(allowed(snapshot(edited), meeting(), 1, START + 40_000))).toEqual([1]);
  });

  it("is nothing that is hidden, kept for later or from another conversation", () => {
    const here = snapshot(
      message(1, "Lelijk", { state: "hidden" }),
      message(2),
      message(3, "Elders", { thread: 2 }),
    );
    const later = meeting({ items: { "2": "kept" } });
    expect(allowed(here, later, 1, START + 1e6)).toEqual([]);
  });
});

describe("what fits", () => {
  it("counts lines of forty characters", () => {
    expect(lines("")).toBe(1);
    expect(lines("a".repeat(40))).toBe(1);
    expect(lines("a".repeat(41))).toBe(2);
    expect(lines("een\ntwee")).toBe(2);
    expect(lines("🌳".repeat(40))).toBe(1);
  });

  it("is the newest that fit in seven lines", () => {
    const long = message(1, "a".repeat(200));
    expect(ids(fitting([long, message(2), message(3)]))).toEqual([2, 3]);
    expect(ids(fitting([message(1), message(2), message(3), message(4), message(5)]))).toEqual([
      2, 3, 4, 5,
    ]);
  });

  it("is one message that is too long, rather than none", () => {
    expect(ids(fitting([message(1, "a".repeat(2000))]))).toEqual([1]);
  });
});

describe("pace", () => {
  const all = new Set([1, 2, 3]);
  const shown: Shown = { ids: [1], since: { 1: START }, changed: START };

  it("shows the first at once", () => {
    expect(paced(NOTHING, [1], all, START).ids).toEqual([1]);
  });

  it("changes once in five seconds", () => {
    expect(paced(shown, [1, 2], all, START + 4999).ids).toEqual([1]);
    expect(paced(shown, [1, 2], all, START + 5000).ids).toEqual([1, 2]);
  });

  it("leaves each message for eight seconds", () => {
    expect(paced(shown, [2], all, START + 7999).ids).toEqual([1]);
    const later = paced(shown, [2], all, START + 8000);
    expect(later).toEqual({ ids: [2], since: { 2: START + 8000 }, changed: START + 8000 });
  });

  it("takes away at once what may not be there", () => {
    expect(paced(shown, [2], new Set([2]), START + 1).ids).toEqual([2]);
    const two: Shown = { ids: [1, 2], since: { 1: START, 2: START }, changed: START };
    expect(paced(two, [2], new Set([2]), START + 1).ids).toEqual([2]);
  });

  it("is the same object while nothing changes", () => {
    expect(paced(shown, [1], all, START + 60_000)).toBe(shown);
  });
});
