import { describe, expect, it } from "vitest";
import { pieces, started } from "./mentions";

const names = ["Fatima", "Henk", "Henk van de hoek", "Zoë"];

describe("mentions in a text", () => {
  it("are the longest name that fits", () => {
    expect(pieces("Dag @Henk van de hoek, en @fatima!", names)).toEqual([
      { text: "Dag " },
      { text: "@Henk van de hoek", name: "Henk van de hoek" },
      { text: ", en " },
      { text: "@fatima", name: "Fatima" },
      { text: "!" },
    ]);
  });

  it("are no addresses, no parts of words and no strangers", () => {
    for (const text of ["mail henk@Henk.nl", "@Henkie", "@Piet", "een @ los", "@"]) {
      expect(pieces(text, names)).toEqual([{ text }]);
    }
  });

  it("lose nothing of the text", () => {
    const text = "@Henk@Fatima @Zoë\n@Henk van";
    expect(
      pieces(text, names)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });
});

describe("names offered while typing", () => {
  it("fit what stands between the @ and the cursor, with or without accents", () => {
    expect(started("Dag @he", 7, names)?.offers).toEqual(["Henk", "Henk van de hoek"]);
    expect(started("@zoe", 4, names)).toBeNull();
    expect(started("@zo", 3, names)?.offers).toEqual(["Zoë"]);
    expect(started("@hoek", 5, names)?.offers).toEqual(["Henk van de hoek"]);
    expect(started("@", 1, names)?.offers).toHaveLength(4);
  });

  it("stop where nobody is being named", () => {
    for (const text of ["hallo", "a@he", "@he\n", "@xyz"]) {
      expect(started(text, text.length, names)).toBeNull();
    }
  });
});
