/** Times in the page's own language. */

const language = () => document.documentElement.lang || "nl";

export function clock(at: string): string {
  return new Date(at).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit" });
}

export function day(at: string): string {
  return new Date(at).toLocaleDateString(language(), {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
}

/** A key that is the same for times on the same local day. */
export function dayKey(at: string): string {
  return new Date(at).toDateString();
}
