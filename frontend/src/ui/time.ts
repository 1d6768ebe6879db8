/** Times in the page's own language. */

const page = () => document.documentElement;
const language = () => page().lang || "nl";
// The neighbourhood's clock, not the device's: the server's page shows the same times.
const zone = () => page().dataset.timeZone;

export function clock(at: string): string {
  return new Date(at).toLocaleTimeString(language(), {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone(),
  });
}

export function day(at: string): string {
  return new Date(at).toLocaleDateString(language(), {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: zone(),
  });
}

/** A key that is the same for times on the same local day. */
export function dayKey(at: string): string {
  return new Date(at).toLocaleDateString("en", { timeZone: zone() });
}

/** Day and time, for an end that may be days away. */
export function moment(at: string): string {
  return new Date(at).toLocaleString(language(), {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone(),
  });
}
