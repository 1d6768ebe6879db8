import { expect, it } from "vitest";
import type { ThreadView } from "../protocol/generated";
import { browserShelf } from "./kept";
import { Reading } from "./reading";

function thread(id: number, messages: number, last_seq: number): ThreadView {
  return {
    id,
    title: `${id}`,
    kind: "need",
    opened_at: "2026-05-01T19:30:00Z",
    messages,
    last_seq,
  };
}

it("counts what comes after a first visit, also where one never looked", () => {
  const reading = new Reading(browserShelf("plein", null));
  reading.met([thread(1, 4, 9)]);
  expect(reading.unread(thread(1, 4, 9))).toBe(0);
  expect(reading.unread(thread(1, 6, 12))).toBe(2);
  reading.met([thread(1, 6, 12), thread(2, 3, 15)]);
  expect(reading.unread(thread(1, 6, 12))).toBe(2);
  expect(reading.unread(thread(2, 3, 15))).toBe(3);
});

it("counts from what was read", () => {
  const reading = new Reading(browserShelf("plein", null));
  reading.met([thread(1, 4, 9)]);
  reading.seen(thread(1, 6, 12), 12);
  expect(reading.unread(thread(1, 6, 12))).toBe(0);
  expect(reading.unread(thread(1, 7, 13))).toBe(1);
  expect(reading.unread(thread(1, 6, 13)), "one came, one went").toBe(1);
  expect(reading.unread(thread(1, 5, 12)), "one went").toBe(0);
});
