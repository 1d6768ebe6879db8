/** What a poll asks, and how it stands. Pure. */

import type { MeetingView, PollView } from "../protocol/generated";

/** One answer: how many chose it by phone and by hand, and its part of all, 0 to 1. */
export interface Result {
  place: number;
  phones: number;
  hands: number;
  share: number;
}

/** The poll that people can vote in now. */
export function openPoll(meeting: MeetingView): PollView | undefined {
  return meeting.polls?.find((one) => one.state === "open");
}

/** The poll to show to who takes part: the one that goes on, or the one on the screens. */
export function shownPoll(meeting: MeetingView): PollView | undefined {
  const { kind, poll } = meeting.scene;
  return openPoll(meeting) ?? (kind === "poll" ? byId(meeting, poll) : undefined);
}

export function byId(meeting: MeetingView, id?: number | null): PollView | undefined {
  return meeting.polls?.find((one) => one.id === id);
}

/** Whether its result is told. */
export function told(poll: PollView): boolean {
  return poll.state === "closed" || (poll.state === "open" && poll.live === true);
}

/**
 * Each answer in its own order, and its part: of all who chose, or of all points in a ranking. The
 * parts of "more than one" add up to more than a whole, so there it is a part of the people.
 */
export function results(poll: PollView, size: number): Result[] {
  const phones = padded(poll.counts, size);
  const hands = padded(poll.hands, size);
  const sum = [...phones, ...hands].reduce((total, one) => total + one, 0);
  const most = Math.max(...phones.map((one, place) => one + (hands[place] ?? 0)));
  const whole = poll.kind === "multiple" ? Math.max(poll.voters ?? 0, most) : sum;
  return phones.map((one, place) => {
    const both = one + (hands[place] ?? 0);
    return { place, phones: one, hands: hands[place] ?? 0, share: whole ? both / whole : 0 };
  });
}

function padded(counts: number[] | undefined, size: number): number[] {
  return Array.from({ length: size }, (_, place) => counts?.[place] ?? 0);
}

/** An order in which the one at `place` goes a step up. */
export function raised(order: number[], at: number): number[] {
  const moved = [...order];
  const [one] = moved.splice(at, 1) as [number];
  moved.splice(Math.max(0, at - 1), 0, one);
  return moved;
}
