/** Counts of stances, moved at once when I take one. Pure. */

import type { Snapshot, Tally } from "../protocol/generated";

export type Stance = "agree" | "disagree" | "unsure" | "none";

/** The same messages, with one stance on one of them changed. */
export function restanced(snapshot: Snapshot, id: number, before: Stance, value: Stance): Snapshot {
  const messages = snapshot.messages.map((message) =>
    message.id === id ? { ...message, tally: moved(message.tally ?? {}, before, value) } : message,
  );
  return { ...snapshot, messages };
}

function moved(tally: Tally, before: Stance, value: Stance): Tally {
  const next: Record<string, number> = { ...tally };
  if (before !== "none") next[before] = Math.max(0, (next[before] ?? 0) - 1);
  if (value !== "none") next[value] = (next[value] ?? 0) + 1;
  return next;
}
