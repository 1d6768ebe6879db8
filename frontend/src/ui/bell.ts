/**
 * What is new at the bell, kept right while a page is open. Who has no bell asks nothing.
 *
 * The room says `bell` on the document when something came that may concern its reader. It does
 * not import this: what two scripts share is a file more, and a round trip on a slow line.
 */

const EVERY = 60_000; // milliseconds between looks, while someone looks at the page
const CALM = 1500; // milliseconds in which what was said is written down as a notice
const SPREAD = 4000; // milliseconds over which those who heard the same thing ask

export function listen(): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const look = () => void count().catch(() => {}); // the next look asks again
  const seen = () => document.hidden || look();
  document.addEventListener("bell", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, CALM + Math.random() * SPREAD);
  });
  document.addEventListener("visibilitychange", seen);
  setInterval(seen, EVERY);
}

async function count(): Promise<void> {
  const number = document.querySelector<HTMLElement>(".site-bell__count");
  if (!number) return;
  const response = await fetch("/meldingen/tel");
  if (!response.ok) return;
  const { unread } = (await response.json()) as { unread: number };
  number.textContent = `${unread}`;
  number.parentElement?.toggleAttribute("hidden", unread === 0);
}
