/** A tablet in the hall: it forgets who wrote, and says so where there is no line. */

import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./styles/index.css";

const IDLE = 60_000; // ms without a touch, after which it starts anew
const THANKED = 8_000; // ms

const next = document.querySelector<HTMLAnchorElement>("a[data-next]");
let timer: ReturnType<typeof setTimeout> | undefined;

function touched(): void {
  clearTimeout(timer);
  const anew = next?.pathname ?? location.pathname;
  timer = setTimeout(() => location.replace(anew), next ? THANKED : IDLE);
}

for (const sign of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(sign, touched);
touched();

document.getElementById("say")?.addEventListener("submit", (event) => {
  const line = document.getElementById("no-line");
  if (line) line.hidden = navigator.onLine;
  if (!navigator.onLine) event.preventDefault();
});
