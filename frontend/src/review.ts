/**
 * Keys for who looks at many suggestions. Everything they do stands on the page as a link, a button
 * or a fold; a key only presses it. They can be switched off on this device (WCAG 2.1.4).
 */

const OFF = "review:keys-off";
const page = document.getElementById("review");
const help = document.querySelector<HTMLDialogElement>("#keys");
const off = document.querySelector<HTMLInputElement>("#keys-off");

if (page && help && off) {
  off.checked = kept() === "1";
  off.addEventListener("change", () => {
    keep(off.checked ? "1" : "");
    hints(page, !off.checked);
  });
  hints(page, !off.checked);
  page.addEventListener("renewed", () => hints(page, !off.checked));
  const button = page.querySelector<HTMLButtonElement>('button[data-key="?"]');
  button?.addEventListener("click", () => help.showModal());
  if (button) button.hidden = false;
  document.addEventListener("keydown", (event) => {
    if (off.checked || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || event.repeat) return;
    if (event.key === "Escape") return fold(page);
    if (isTyping(event.target)) return;
    const found = page.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    press(found);
  });
}

/** Each key stands beside what it presses, unless they are off. */
function hints(page: HTMLElement, on: boolean): void {
  for (const hint of page.querySelectorAll<HTMLElement>("kbd[data-keys]")) hint.hidden = !on;
}

function press(found: HTMLElement): void {
  if (found instanceof HTMLDetailsElement) {
    found.open = true;
    found
      .querySelector<HTMLElement>(
        "textarea, select, input:checked, input[data-seen], input:not([type=hidden], [type=radio]), form button",
      )
      ?.focus();
    return;
  }
  const goal = found instanceof HTMLAnchorElement && found.hash === "#evidence";
  if (!goal) return found.click();
  const first = document.querySelector<HTMLElement>('#evidence input[type="checkbox"]');
  (first ?? document.getElementById("evidence"))?.focus();
}

/** What was opened closes, and the focus goes back to what opened it. */
function fold(page: HTMLElement): void {
  for (const one of page.querySelectorAll<HTMLDetailsElement>("details[data-key][open]")) {
    const inside = one.contains(document.activeElement);
    one.open = false;
    if (inside) one.querySelector("summary")?.focus();
  }
}

/** A letter in a field is a letter; on a tick box or a choice it writes nothing. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** A browser that keeps nothing has its keys on. */
function kept(): string | null {
  try {
    return localStorage.getItem(OFF);
  } catch {
    return null;
  }
}

function keep(value: string): void {
  try {
    localStorage.setItem(OFF, value);
  } catch {
    // It lasts as long as the page, then.
  }
}
