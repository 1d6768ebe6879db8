import { expect, it } from "vitest";
import type { MessageView } from "../protocol/generated";
import { fromHall, spaced } from "./hall";

it("tells how words came from the hall", () => {
  const of = (origin?: string) => fromHall({ ...(origin && { origin }) } as MessageView);
  expect([of(), of("web"), of("import"), of("room"), of("paper")]).toEqual([
    undefined,
    undefined,
    undefined,
    "room",
    "paper",
  ]);
});

it("writes a code in two groups", () => {
  expect(spaced("K7MC4Q")).toBe("K7M C4Q");
});
