import { expect, it } from "vitest";
import type { MeetingView, PollView } from "../protocol/generated";
import { raised, results, shownPoll, told } from "./polls";

const poll = (fields: Partial<PollView>): PollView => ({
  id: 1,
  question: "Waar eerst?",
  kind: "single",
  state: "open",
  ...fields,
});
const meeting = (polls: PollView[], scene: object) => ({ polls, scene }) as MeetingView;

it("adds hands to phones, and tells the part of each", () => {
  const found = results(poll({ counts: [3, 1], hands: [1, 3], voters: 4 }), 2);
  expect(found).toEqual([
    { place: 0, phones: 3, hands: 1, share: 0.5 },
    { place: 1, phones: 1, hands: 3, share: 0.5 },
  ]);
});

it("has no parts while nobody voted", () => {
  expect(results(poll({}), 2).map((one) => one.share)).toEqual([0, 0]);
});

it("takes the part of the people where one can choose more", () => {
  const found = results(poll({ kind: "multiple", counts: [4, 2], voters: 4 }), 2);
  expect(found.map((one) => one.share)).toEqual([1, 0.5]);
});

it("never has a part larger than a whole, however many hands there were", () => {
  const found = results(poll({ kind: "multiple", counts: [1], hands: [9], voters: 1 }), 1);
  expect(found[0]?.share).toBe(1);
});

it("shows what goes on, or what the screens show", () => {
  const over = poll({ id: 2, state: "closed" });
  expect(shownPoll(meeting([over, poll({})], { kind: "poll", poll: 2 }))?.id).toBe(1);
  expect(shownPoll(meeting([over], { kind: "poll", poll: 2 }))?.id).toBe(2);
  expect(shownPoll(meeting([over], { kind: "agenda" }))).toBeUndefined();
});

it("tells a result at the end, or before it where that was chosen", () => {
  expect([poll({}), poll({ live: true }), poll({ state: "closed" })].map(told)).toEqual([
    false,
    true,
    true,
  ]);
});

it("moves one up, and leaves the first where it is", () => {
  expect(raised([0, 1, 2], 2)).toEqual([0, 2, 1]);
  expect(raised([0, 1, 2], 0)).toEqual([0, 1, 2]);
});
