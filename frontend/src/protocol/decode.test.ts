import { describe, expect, it } from "vitest";
import { decode, ProtocolError } from "./decode";

describe("decode", () => {
  it("takes a frame of the protocol", () => {
    expect(decode('{"type":"presence","count":3}')).toEqual({ type: "presence", count: 3 });
  });

  it.each([
    ["an unknown frame", '{"type":"surprise"}'],
    ["an inherited name", '{"type":"constructor"}'],
    ["an unknown field", '{"type":"presence","count":3,"who":"x"}'],
    ["a missing field", '{"type":"presence"}'],
    ["an unknown field inside", '{"type":"tally","message":1,"counts":{"agree":1,"by":[1]}}'],
    ["no object", "[]"],
  ])("refuses %s", (_, text) => expect(() => decode(text)).toThrow(ProtocolError));

  it("checks the events inside a long poll's answer", () => {
    const missed = {
      type: "missed",
      epoch: "e",
      head: 1,
      resume: "replay",
      events: [{ type: "x" }],
    };
    expect(() => decode(JSON.stringify(missed))).toThrow(ProtocolError);
  });
});
