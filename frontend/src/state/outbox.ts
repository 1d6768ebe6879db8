/**
 * What someone wrote and the server has not confirmed. Pure data, so that it survives a reload:
 * every item keeps its `ref`, and the server carries out a `ref` once, however often it is sent.
 */

export interface Unsent {
  ref: string;
  thread: number;
  body: string;
  reply_to?: number | null;
  /** Said in the hall: whose words, and how they came. */
  hall?: { meeting: number; name: string; origin: "room" | "paper" };
  at: string;
  /** Durable; shown until its own event arrives. */
  sent?: true;
  /** Set when the server refused it for good; the text can be taken back. */
  refused?: string;
  /** Milliseconds (epoch) before which it is not tried again, with the server's reason. */
  notBefore?: number;
  waiting?: string;
}

export type Outbox = readonly Unsent[];

/** Refusals that pass by themselves: the item stays and is sent again. */
const PASSING = new Set(["too_fast", "slow", "busy", "unavailable", "signed_out"]);

export function added(outbox: Outbox, item: Unsent): Outbox {
  return [...outbox, item];
}

export function confirmed(outbox: Outbox, ref: string): Outbox {
  return outbox.some((item) => item.ref === ref) ? outbox.filter((i) => i.ref !== ref) : outbox;
}

export function sent(outbox: Outbox, ref: string): Outbox {
  return outbox.map((item) => (item.ref === ref ? { ...item, sent: true as const } : item));
}

export function refused(
  outbox: Outbox,
  ref: string,
  answer: { code: string; text: string; retry_after?: number | null },
  now: number,
): Outbox {
  const passing = PASSING.has(answer.code);
  const wait = (answer.retry_after ?? 5) * 1000;
  return outbox.map((item) => {
    if (item.ref !== ref) return item;
    return passing
      ? { ...item, notBefore: now + wait, waiting: answer.text }
      : { ...item, refused: answer.text };
  });
}

/** The first item that may go out; those behind it wait, so that order is kept. */
export function next(outbox: Outbox, now: number): Unsent | undefined {
  const first = outbox.find(waits);
  return first && (first.notBefore ?? 0) <= now ? first : undefined;
}

/** Milliseconds until `next` gives something, or undefined when nothing waits. */
export function wait(outbox: Outbox, now: number): number | undefined {
  const first = outbox.find(waits);
  return first && Math.max(0, (first.notBefore ?? 0) - now);
}

function waits(item: Unsent): boolean {
  return !item.refused && !item.sent;
}

/** What was kept from an earlier page; anything that is not ours is left out. */
export function restored(text: string | null): Outbox {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found)
      ? found.filter(isUnsent).map(({ notBefore: _n, ...item }) => item)
      : [];
  } catch {
    return [];
  }
}

function isUnsent(value: unknown): value is Unsent {
  const item = value as Partial<Unsent> | null;
  return (
    typeof item?.ref === "string" && typeof item.body === "string" && !!item.thread && !item.sent
  );
}
