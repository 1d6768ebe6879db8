import { describe, expect, it } from "vitest";
import { delay, isFinal } from "./backoff";

describe("backoff", () => {
  it("grows, within bounds, with full jitter", () => {
    expect(delay(0, false, () => 0)).toBe(250);
    expect(delay(3, false, () => 1)).toBe(4250);
    expect(delay(30, false, () => 1)).toBe(20_250);
    expect(delay(30, true, () => 1)).toBe(60_250);
  });

  it("knows which goodbye is for good", () => {
    expect([1000, 1006, 4008, 4012, 4401].some(isFinal)).toBe(false);
    expect([4501, 4502, 4503].every(isFinal)).toBe(true);
  });
});
