/** How long to wait before trying again: full jitter, so that a crowd does not come back at once. */

const FIRST = 500;
const MOST = 20_000;
const HIDDEN = 60_000;

/** Milliseconds before try number `attempt` (0, 1, …). `random` gives [0, 1). */
export function delay(attempt: number, hidden: boolean, random: () => number): number {
  const ceiling = Math.min(hidden ? HIDDEN : MOST, FIRST * 2 ** attempt);
  return Math.round(FIRST / 2 + random() * ceiling);
}

/** Banned from writing: the one final code after which one comes back, to read. */
export const BANNED = 4501;

/** 4500 and above: the server does not want us back. */
export function isFinal(code: number): boolean {
  return code >= 4500 && code <= 4999;
}
