import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Tone } from "./tone";

const HARD = { heated: ["oen"], private: [] };
let said: string[];

function answers(found: unknown): void {
  vi.stubGlobal("fetch", (_address: string, { body }: { body: URLSearchParams }) => {
    said.push(body.toString());
    return Promise.resolve({ ok: true, json: () => Promise.resolve(found) });
  });
}

beforeEach(() => {
  said = [];
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

it("looks once at what is typed, after a pause", async () => {
  answers(HARD);
  const tone = new Tone(true);
  tone.typed("jij");
  tone.typed("jij oen");
  await vi.advanceTimersByTimeAsync(1000);
  expect(await tone.of("jij oen")).toEqual(HARD);
  expect(said).toEqual(["text=jij+oen"]);
});

it("says nothing where there is nothing to think about", async () => {
  answers({ heated: [], private: [] });
  expect(await new Tone(true).of("Fijn bankje.")).toBeNull();
});

it("never holds up sending", async () => {
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const found = new Tone(true).of("jij oen");
  await vi.advanceTimersByTimeAsync(500);
  expect(await found).toBeNull();
  vi.stubGlobal("fetch", () => Promise.reject(new Error("offline")));
  expect(await new Tone(true).of("jij oen")).toBeNull();
});

it("asks nothing of who switched it off", async () => {
  answers(HARD);
  const tone = new Tone(false);
  tone.typed("jij oen");
  await vi.advanceTimersByTimeAsync(1000);
  expect(await tone.of("jij oen")).toBeNull();
  expect(said).toEqual([]);
});
