/** A menu closes when someone goes on elsewhere, or presses Escape: then its button has the focus. */

const OPEN = "details.menu[open]";

export function closeMenus(page: Document = document): void {
  const elsewhere = ({ target }: Event) => {
    for (const menu of opened(page)) if (!menu.contains(target as Node)) menu.open = false;
  };
  page.addEventListener("pointerdown", elsewhere);
  page.addEventListener("focusin", elsewhere);
  page.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") opened(page).forEach(leave);
  });
}

function opened(page: Document): HTMLDetailsElement[] {
  return [...page.querySelectorAll<HTMLDetailsElement>(OPEN)];
}

function leave(menu: HTMLDetailsElement): void {
  menu.open = false;
  menu.querySelector("summary")?.focus();
}
