import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decode } from "../protocol/decode";
import type { AnyEvent, Snapshot, PollNow, TallyNow } from "../protocol/generated";
import { apply } from "./snapshot";

interface Fixture {
  name: string;
  before: Snapshot;
  events: (AnyEvent | TallyNow | PollNow)[];
  after: Snapshot;
}

const folder = join(process.cwd(), "../tests/fixtures/fold");
const fixtures = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Fixture,
);

describe("the same fold as the server's", () => {
  it("has fixtures to replay", () => expect(fixtures.length).toBeGreaterThan(20));

  it.each(fixtures)(
    "$name: old snapshot + events = fresh snapshot",
    ({ before, events, after }) => {
      const frames = events.map(
        (event) => decode(JSON.stringify(event)) as AnyEvent | TallyNow | PollNow,
      );
      expect(frames.reduce(apply, before)).toEqual(after);
    },
  );
});
