import { describe, expect, it } from "vitest";
import type { MeetingView, TurnView } from "../protocol/generated";
import { clock, left, speaking, waiting } from "./floor";

const START = Date.parse("2026-11-27T19:30:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

function turn(id: number, where: TurnView["where"], started?: number): TurnView {
  return { id, where, asked_at: at(id), ...(started !== undefined && { started_at: at(started) }) };
}

function meeting(...turns: TurnView[]): MeetingView {
  const last = turns.find((one) => one.started_at)?.where;
  return { floor: { open: true, seconds: 90, turns, last } } as unknown as MeetingView;
}

describe("the floor", () => {
  it("goes from the hall to online and back, while anyone waits there", () => {
    const many = meeting(turn(1, "hall"), turn(2, "hall"), turn(3, "hall"), turn(4, "online"));
    expect(waiting(many).map((one) => one.id)).toEqual([1, 4, 2, 3]);
  });

  it("goes to the other side first after who speaks now", () => {
    const now = meeting(turn(1, "hall", 10), turn(2, "hall"), turn(3, "online"));
    expect(speaking(now)?.id).toBe(1);
    expect(waiting(now).map((one) => one.id)).toEqual([3, 2]);
  });

  it("counts down, and on after the end", () => {
    const now = meeting(turn(1, "hall", 10));
    const one = speaking(now) as TurnView;
    expect(left(now, one, START + 10_000)).toBe(90);
    expect(clock(left(now, one, START + 40_000))).toBe("1:00");
    expect(clock(left(now, one, START + 105_000))).toBe("+0:05");
  });
});
