/** Who has the floor, who waits for it, and for how long. Pure: the time comes in. */

import type { MeetingView, TurnView } from "../protocol/generated";

export function speaking(meeting: MeetingView): TurnView | undefined {
  return meeting.floor?.turns?.find((one) => one.started_at);
}

/** Who waits, in the order in which they get it: hall and online in turn, as rooms/floor.py has it. */
export function waiting(meeting: MeetingView): TurnView[] {
  const left = (meeting.floor?.turns ?? []).filter((one) => !one.started_at);
  const found: TurnView[] = [];
  let last = meeting.floor?.last;
  while (left.length) {
    const other = left.findIndex((one) => one.where !== last);
    const [next] = left.splice(Math.max(0, other), 1) as [TurnView];
    found.push(next);
    last = next.where;
  }
  return found;
}

/** Seconds that are left of a turn; less than nothing once it takes longer. `now`: ms. */
export function left(meeting: MeetingView, turn: TurnView, now: number): number {
  const spoke = (now - Date.parse(turn.started_at ?? turn.asked_at)) / 1000;
  return Math.ceil((meeting.floor?.seconds ?? 120) - spoke);
}

/** Minutes and seconds, as on a clock. */
export function clock(seconds: number): string {
  const whole = Math.abs(seconds);
  return `${seconds < 0 ? "+" : ""}${Math.floor(whole / 60)}:${`${whole % 60}`.padStart(2, "0")}`;
}
