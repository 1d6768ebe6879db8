import { describe, expect, it } from "vitest";
import type { MessageView } from "../protocol/generated";
import { rows, trimmed } from "./rows";

const day = (at: string) => at.slice(0, 10);
let seq = 0;

function message(at: string, name = "Fatima", fields: Partial<MessageView> = {}): MessageView {
  seq += 1;
  const author = { id: name.length, name };
  return { id: seq, ref: `r${seq}`, thread: 1, seq, at, author, body: "hoi", ...fields };
}

describe("rows", () => {
  it("draws a line where a day begins", () => {
    const found = rows([message("2026-05-01T10:00Z"), message("2026-05-02T10:00Z")], day, null);
    expect(found.map((row) => row.kind)).toEqual(["day", "message", "day", "message"]);
  });

  it("names someone who goes on at once only the first time", () => {
    const list = [message("2026-05-01T10:00Z"), message("2026-05-01T10:03Z")];
    const found = rows([...list, message("2026-05-01T10:04Z", "Bo")], day, null);
    expect(found.map((row) => row.kind === "message" && row.follows)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it("puts tombstones that follow each other together", () => {
    const gone = { state: "hidden" as const };
    const at = "2026-05-01T10:00Z";
    const found = rows([message(at, "A", gone), message(at, "B", gone), message(at)], day, null);
    expect(found.map((row) => row.kind)).toEqual(["day", "tombstones", "message"]);
  });

  it("marks where the unread begins, once", () => {
    const list = [1, 2, 3].map((n) => message(`2026-05-01T10:0${n}Z`));
    const found = rows(list, day, list[0]?.seq ?? 0);
    expect(found.map((row) => row.kind)).toEqual([
      "day",
      "message",
      "unread",
      "message",
      "message",
    ]);
  });

  it("keeps the newest when the page is full", () => {
    const list = [1, 2, 3].map((n) => message(`2026-05-01T10:0${n}Z`));
    expect(trimmed(list, 2)).toEqual(list.slice(1));
  });
});
