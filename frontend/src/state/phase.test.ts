import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { NeedView, ThreadView } from "../protocol/generated";
import { words } from "../strings/room";
import { type Phase, phaseOf } from "./phase";

interface Case {
  name: string;
  thread: ThreadView["state"];
  needs: NeedView["state"][];
  phase: Phase;
}

const told = JSON.parse(
  readFileSync(join(process.cwd(), "../tests/fixtures/phases.json"), "utf8"),
) as { says: Record<Phase, string>; cases: Case[] };

const thread = (state: ThreadView["state"]): ThreadView => ({
  id: 7,
  title: "Bankje",
  kind: "need",
  opened_at: "2026-03-02T19:00:00Z",
  state,
});

const need = (state: NeedView["state"], ...threads: number[]): NeedView => ({
  id: 1,
  kenmerk: "KAD-1",
  title: "Een bankje",
  state,
  threads,
});

it.each(told.cases)("$name: $phase", ({ thread: state, needs, phase }) => {
  const here = needs.map((one) => need(one, 7));
  expect(phaseOf(thread(state), here)).toBe(phase);
});

it("takes no notice of needs of other conversations", () => {
  expect(phaseOf(thread("open"), [need("asked", 6, 8)])).toBe("open");
  expect(phaseOf(thread("open"), [need("asked", 6, 7)])).toBe("asked");
});

it("says each phase as the server does", () => {
  for (const [phase, said] of Object.entries(told.says)) {
    expect(words.phase[phase as Phase]()).toBe(said);
  }
});
