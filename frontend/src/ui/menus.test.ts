import { beforeEach, expect, it } from "vitest";
import { closeMenus } from "./menus";

const PAGE = ["one", "two"].map((id) => {
  const menu = Object.assign(document.createElement("details"), { id, className: "menu" });
  menu.append(document.createElement("summary"), document.createElement("button"));
  return menu;
});
const [one, two] = PAGE as [HTMLDetailsElement, HTMLDetailsElement];
closeMenus();

beforeEach(() => {
  document.body.replaceChildren(...PAGE);
  one.open = two.open = true;
});

it.each(["pointerdown", "focusin"])("closes the other menus on %s", (what) => {
  one.querySelector("button")?.dispatchEvent(new Event(what, { bubbles: true }));
  expect([one.open, two.open]).toEqual([true, false]);
});

it("closes on Escape and leaves the focus where it was opened", () => {
  two.open = false;
  one.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(one.open).toBe(false);
  expect(document.activeElement).toBe(one.querySelector("summary"));
});
