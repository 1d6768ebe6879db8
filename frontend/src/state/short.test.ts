import { expect, it } from "vitest";
import { meant } from "./short";

it.each([
  "+1",
  "Mee eens!",
  "👍🏽",
  "👍👍",
  "  Ja. ",
  "Vind ik ook!!",
  "I agree",
  "Helemaal mee eens…",
])("%s says what “agree” says", (body) => expect(meant(body)).toBe("agree"));

it.each(["-1", "Niet mee eens.", "👎", "Nee", "I disagree!"])(
  "%s says what “disagree” says",
  (body) => expect(meant(body)).toBe("disagree"),
);

it.each(["Ja, maar dan wel met een leuning.", "Eens was hier een park.", "Nee?", "", "1", "?"])(
  "%s is an answer of its own",
  (body) => expect(meant(body)).toBeNull(),
);
