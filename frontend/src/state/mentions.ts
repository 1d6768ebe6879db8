/** Names after an @: which are meant in a text, and which fit what is being typed. Pure. */

export interface Piece {
  text: string;
  name?: string;
}

const MOST = 6; // names offered at once
const BEFORE = /[\s([{"'“‘«]/;

/** The text in pieces; a piece with a `name` mentions one of `names` (the longest that fits). */
export function pieces(text: string, names: readonly string[]): Piece[] {
  const longest = [...names].sort((a, b) => b.length - a.length);
  const found: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const name = at < from ? undefined : named(text, at, longest);
    if (!name) continue;
    if (at > from) found.push({ text: text.slice(from, at) });
    from = at + 1 + name.length;
    found.push({ text: text.slice(at, from), name });
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

function named(text: string, at: number, names: readonly string[]): string | undefined {
  if (at > 0 && !BEFORE.test(text[at - 1] ?? "")) return undefined;
  return names.find((name) => {
    const end = at + 1 + name.length;
    const same = text.slice(at + 1, end).toLowerCase() === name.toLowerCase();
    return same && !/[\p{L}\p{N}]/u.test(text.charAt(end));
  });
}

export interface Started {
  /** Where the @ stands, and where the typed part of the name ends. */
  from: number;
  to: number;
  offers: string[];
}

/** The names that fit the @… before the cursor; null where nobody is being named. */
export function started(text: string, cursor: number, names: readonly string[]): Started | null {
  const from = text.lastIndexOf("@", cursor - 1);
  if (from < 0 || (from > 0 && !BEFORE.test(text[from - 1] ?? ""))) return null;
  const typed = text.slice(from + 1, cursor);
  if (/[\n@]/.test(typed)) return null;
  const wanted = plain(typed);
  const offers = names.filter((name) => fits(plain(name), wanted)).slice(0, MOST);
  return offers.length > 0 ? { from, to: cursor, offers } : null;
}

/** From the beginning of the name, or of a later part of it. */
function fits(name: string, wanted: string): boolean {
  return name !== wanted && (name.startsWith(wanted) || name.includes(` ${wanted}`));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
