/** The list is one stop for the Tab key; arrows walk through the messages. */

const ITEMS = ".message, .tombstone";
const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

export function walk(list: HTMLElement, event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const here = document.activeElement;
  if (!step || !(here === list || here?.matches(ITEMS))) return;
  const all = [...list.querySelectorAll<HTMLElement>(ITEMS)];
  const at = here === list ? all.length : all.indexOf(here as HTMLElement);
  event.preventDefault();
  all[step(at, all.length)]?.focus();
}
