/** What is of the hall: a code on its wall, and words that a scribe put down there. Pure. */

import type { MessageView } from "../protocol/generated";

/** How words came from the hall; undefined where they came online. */
export function fromHall(message: MessageView): "room" | "paper" | undefined {
  const { origin } = message;
  return origin === "room" || origin === "paper" ? origin : undefined;
}

/** A code as it stands on a wall: two groups of three. */
export function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
