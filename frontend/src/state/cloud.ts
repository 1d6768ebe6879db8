/** The words that most people used. Pure. */

import type { MessageView } from "../protocol/generated";

export const MOST = 16; // words that fit on the screen
const LEAST = 3; // letters
const SIZES = 5;
const LETTERS = /[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;

/** A word as most people wrote it, by how many people, and how large it stands there (1 to 5). */
export interface Said {
  word: string;
  people: number;
  size: number;
}

/**
 * Each person counts once for a word, however often they wrote it. `stop`: words that say nothing
 * about the subject; nor do the names of who talks.
 */
export function cloud(messages: MessageView[], stop: ReadonlySet<string>): Said[] {
  const names = new Set(messages.flatMap((one) => parts(one.author?.name ?? "")));
  const found = new Map<string, { people: Set<string>; forms: Map<string, number> }>();
  for (const message of messages) {
    const who = `${message.author?.id ?? `m${message.id}`}`;
    for (const [word] of (message.body ?? "").matchAll(LETTERS)) {
      const key = word.toLowerCase();
      if (key.length < LEAST || stop.has(key) || names.has(key)) continue;
      const one = found.get(key) ?? { people: new Set(), forms: new Map() };
      one.people.add(who);
      one.forms.set(word, (one.forms.get(word) ?? 0) + 1);
      found.set(key, one);
    }
  }
  const all = [...found.values()].map((one) => ({
    word: form(one.forms),
    people: one.people.size,
  }));
  const order = (a: { word: string; people: number }, b: typeof a) =>
    b.people - a.people || a.word.localeCompare(b.word);
  const chosen = all.sort(order).slice(0, MOST);
  const top = chosen[0]?.people ?? 1;
  return chosen
    .map((one) => ({ ...one, size: Math.ceil((one.people / top) * SIZES) }))
    .sort((a, b) => a.word.localeCompare(b.word));
}

function parts(name: string): string[] {
  return [...name.toLowerCase().matchAll(LETTERS)].map(([part]) => part);
}

/** As it was written most often. */
function form(forms: Map<string, number>): string {
  const sorted = [...forms].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return sorted[0]?.[0] ?? "";
}
