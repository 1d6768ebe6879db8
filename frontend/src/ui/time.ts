/** Times in the page's own language. */

type Options = Intl.DateTimeFormatOptions;

const made = new Map<string, Intl.DateTimeFormat>();

/**
 * Making a format costs a hundred times what using it does, and a page shows hundreds of times.
 * The clock is the neighbourhood's, not the device's: the server's page shows the same times.
 */
function format(kind: string, options: Options, language = document.documentElement.lang || "nl") {
  const timeZone = document.documentElement.dataset.timeZone;
  const key = `${kind} ${language} ${timeZone}`;
  let found = made.get(key);
  if (!found) made.set(key, (found = new Intl.DateTimeFormat(language, { ...options, timeZone })));
  return found;
}

const TIME: Options = { hour: "2-digit", minute: "2-digit" };
const DAY: Options = { weekday: "long", day: "numeric", month: "long" };

export function clock(at: string): string {
  return format("clock", TIME).format(new Date(at));
}

export function day(at: string): string {
  return format("day", DAY).format(new Date(at));
}

/** A key that is the same for times on the same local day. */
export function dayKey(at: string): string {
  return format("key", {}, "en").format(new Date(at));
}

/** The time, with the day where that is another one than today. */
export function until(at: string): string {
  return dayKey(at) === dayKey(new Date().toISOString()) ? clock(at) : moment(at);
}

/** Day and time, for an end that may be days away. */
export function moment(at: string): string {
  return format("moment", { day: "numeric", month: "long", ...TIME }).format(new Date(at));
}
