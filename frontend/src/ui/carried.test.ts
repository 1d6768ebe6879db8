import { expect, it } from "vitest";
import { carried } from "./carried";

function form(name: string, body: string): HTMLFormElement {
  const found = document.createElement("form");
  const field = Object.assign(document.createElement("input"), { id: "name", value: name });
  found.append(
    field,
    Object.assign(document.createElement("textarea"), { id: "body", value: body }),
  );
  return found;
}

it("keeps what was typed, and the cursor where it stood", () => {
  const [old, now] = [form("Truus", "Een bankje"), form("", "")];
  document.body.replaceChildren(old);
  const typed = old.querySelector("textarea");
  typed?.focus();
  typed?.setSelectionRange(3, 5);
  const refocus = carried(old, now);
  document.body.replaceChildren(now);
  refocus();
  const [name, body] = [now.querySelector("input"), now.querySelector("textarea")];
  expect(name?.value).toBe("Truus");
  expect(body?.value).toBe("Een bankje");
  expect(document.activeElement).toBe(body);
  expect([body?.selectionStart, body?.selectionEnd]).toEqual([3, 5]);
});

it("leaves what the new page has already, and takes no focus nobody had", () => {
  const [old, now] = [form("", "oud"), form("Anna", "nieuw")];
  document.body.replaceChildren(old);
  const refocus = carried(old, now);
  document.body.replaceChildren(now);
  refocus();
  expect(now.querySelector("textarea")?.value).toBe("nieuw");
  expect(document.activeElement).toBe(document.body);
});
