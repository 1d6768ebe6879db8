import { describe, expect, it } from "vitest";
import * as outbox from "./outbox";

const item = (ref: string): outbox.Unsent => ({ ref, thread: 1, body: ref, at: "2026-05-01" });
const two = [item("a"), item("b")];

describe("outbox", () => {
  it("sends one at a time, in order", () => {
    expect(outbox.next(two, 0)?.ref).toBe("a");
    expect(outbox.next(outbox.confirmed(two, "a"), 0)?.ref).toBe("b");
  });

  it("keeps order while the first has to wait", () => {
    const slow = { code: "too_fast", text: "Even wachten", retry_after: 2 };
    const waiting = outbox.refused(two, "a", slow, 1000);
    expect(outbox.next(waiting, 2000)).toBeUndefined();
    expect(outbox.wait(waiting, 2000)).toBe(1000);
    expect(outbox.next(waiting, 3000)?.ref).toBe("a");
    expect(waiting[0]?.waiting).toBe("Even wachten");
  });

  it("goes on with the next when one is refused for good, and keeps the text", () => {
    const refused = outbox.refused(two, "a", { code: "thread_closed", text: "Dicht" }, 0);
    expect(refused[0]).toMatchObject({ body: "a", refused: "Dicht" });
    expect(outbox.next(refused, 0)?.ref).toBe("b");
  });

  it("shows what is sent until its event arrives, and sends it no second time", () => {
    const sent = outbox.sent(two, "a");
    expect(sent).toHaveLength(2);
    expect(outbox.next(sent, 0)?.ref).toBe("b");
  });

  it("survives a reload with the same references", () => {
    const kept = JSON.stringify(outbox.refused(two, "a", { code: "busy", text: "" }, 0));
    const back = outbox.restored(kept);
    expect(back.map((i) => i.ref)).toEqual(["a", "b"]);
    expect(outbox.next(back, 0)?.ref).toBe("a");
  });

  it("ignores what is not an outbox", () => {
    expect(outbox.restored("{broken")).toEqual([]);
    expect(outbox.restored('[{"x":1}, null]')).toEqual([]);
    expect(outbox.restored(null)).toEqual([]);
  });
});
