/** The phase of a conversation, from what is known of it. Pure; `rooms/phase.py` says the same. */

import type { NeedView, ThreadView } from "../protocol/generated";

export type Phase = "open" | "on_agenda" | "asked" | "answered" | "under_way" | "closed";
// What is still to come goes first: while one need waits for an answer, nothing is "answered".
const STATES = ["asked", "on_agenda", "answered", "under_way"] as const;

/** `needs`: those on the agenda of the neighbourhood, from whatever conversation. */
export function phaseOf(thread: ThreadView, needs: NeedView[]): Phase {
  if ((thread.state ?? "open") !== "open") return "closed";
  const here = needs.filter((need) => need.threads?.includes(thread.id));
  return STATES.find((state) => here.some((need) => need.state === state)) ?? "open";
}
