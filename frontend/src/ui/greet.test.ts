import { beforeEach, expect, it } from "vitest";
import { greet } from "./greet";

const HEADER = `<nav><template id="joined"
  ><a href="/meldingen/">Meldingen</a><a href="/jij/"><span class="site-you__name"></span></a
></template><button>English</button></nav>`;

beforeEach(() => {
  const { body } = new DOMParser().parseFromString(HEADER, "text/html");
  document.body.replaceChildren(...body.childNodes);
});

it("gives who joined the links that were kept, with their name, once", () => {
  greet("<b>Fatima</b>");
  greet("Iemand anders");
  const nav = document.querySelector("nav")!;
  expect([...nav.children].map((one) => one.tagName)).toEqual(["A", "A", "BUTTON"]);
  expect(nav.querySelector(".site-you__name")!.textContent).toBe("<b>Fatima</b>");
});

it("leaves a header that has them alone", () => {
  document.querySelector("#joined")!.remove();
  greet("Fatima");
  expect(document.querySelector("nav")!.children).toHaveLength(1);
});
