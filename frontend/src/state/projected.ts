/**
 * What may stand on the screen in the hall, and when it changes. Pure: the time comes in.
 *
 * Read from the back row: at most seven lines of forty characters, each message eight seconds at
 * least, one change in five seconds. What has to go, goes at once.
 */

import type { MeetingView, MessageView, Snapshot } from "../protocol/generated";

export const LINES = 7;
export const CHARACTERS = 40; // a line
export const STAYS = 8000; // ms, a message at least
export const PACE = 5000; // ms between two changes

/** A message that comes on the screen at `at` (ms), unless someone stops it. */
export interface Coming {
  message: MessageView;
  at: number;
}

/** The messages of a conversation that may be on the screen now, oldest first. */
export function allowed(
  snapshot: Snapshot,
  meeting: MeetingView,
  thread: number,
  now: number,
): MessageView[] {
  return readable(snapshot, thread).filter((message) => mayShow(meeting, message, now));
}

/** Those that come on the screen by themselves, the next one first. */
export function coming(
  snapshot: Snapshot,
  meeting: MeetingView,
  thread: number,
  now: number,
): Coming[] {
  if (meeting.screening === "approve") return [];
  return readable(snapshot, thread)
    .filter((message) => state(meeting, message) === "new" && !mayShow(meeting, message, now))
    .map((message) => ({ message, at: comesAt(meeting, message) }));
}

export function state(meeting: MeetingView, message: MessageView): string {
  return meeting.items?.[`${message.id}`] ?? "new";
}

/** Whether a message may be on the screen at this moment, whatever else is there. */
export function mayShow(meeting: MeetingView, message: MessageView, now: number): boolean {
  if (!message.body || (message.state ?? "shown") !== "shown") return false;
  const sorted = state(meeting, message);
  if (sorted === "on_screen" || sorted === "answered") return true;
  return sorted === "new" && meeting.screening !== "approve" && comesAt(meeting, message) <= now;
}

function comesAt(meeting: MeetingView, message: MessageView): number {
  return Date.parse(message.edited_at ?? message.at) + (meeting.delay ?? 10) * 1000;
}

function readable(snapshot: Snapshot, thread: number): MessageView[] {
  return snapshot.messages.filter(
    (m) => m.thread === thread && m.body && (m.state ?? "shown") === "shown",
  );
}

/** The newest of these that fit together, oldest first; one that is too long stands alone. */
export function fitting(messages: MessageView[]): MessageView[] {
  const found: MessageView[] = [];
  let left = LINES;
  for (const message of [...messages].reverse()) {
    const needed = lines(message.body ?? "") + (found.length ? 1 : 0); // a line between two
    if (found.length && needed > left) break;
    found.unshift(message);
    left -= needed;
  }
  return found;
}

/** How many lines of forty characters a text takes. */
export function lines(text: string): number {
  const each = text.split("\n").map((line) => Math.ceil(Array.from(line).length / CHARACTERS) || 1);
  return each.reduce((sum, one) => sum + one, 0);
}

/** What is on the screen: the ids, since when each is there, and when it last changed. */
export interface Shown {
  ids: number[];
  since: Record<number, number>;
  changed: number;
}

export const NOTHING: Shown = { ids: [], since: {}, changed: 0 };

/**
 * The screen a moment later. `wanted` is what should be there, `allowed` all that may be: what is
 * not allowed any more leaves at once, what is new waits for its turn.
 */
export function paced(
  shown: Shown,
  wanted: number[],
  allowed: ReadonlySet<number>,
  now: number,
): Shown {
  const kept = shown.ids.filter((id) => allowed.has(id));
  const gone = kept.length < shown.ids.length;
  const leaving = kept.filter((id) => !wanted.includes(id));
  const early = leaving.some((id) => now - (shown.since[id] ?? 0) < STAYS);
  const due = now - shown.changed >= PACE && !early;
  if (same(kept, wanted) || (kept.length > 0 && !due)) {
    return gone ? at(kept, shown, now) : shown;
  }
  return at(wanted, shown, now);
}

function at(ids: number[], before: Shown, now: number): Shown {
  const since = Object.fromEntries(ids.map((id) => [id, before.since[id] ?? now]));
  return { ids, since, changed: now };
}

function same(one: number[], other: number[]): boolean {
  return one.length === other.length && one.every((id, place) => id === other[place]);
}
