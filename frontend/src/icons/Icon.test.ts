import { render } from "@testing-library/svelte";
import { expect, it } from "vitest";
import Icon from "./Icon.svelte";
import * as used from "./used";

it.each(["send", "reply"] as const)("draws %s, and says nothing", (name) => {
  const drawing = used[name];
  const { container } = render(Icon, { drawing });
  const icon = container.querySelector("svg")!;
  expect(icon.getAttribute("aria-hidden")).toBe("true");
  expect(drawing.every(([tag]) => tag === "path")).toBe(true);
  const d = icon.querySelector("path")!.getAttribute("d")!;
  expect(d.split("M0 0")).toEqual(drawing.map(([, attributes]) => attributes.d));
});
