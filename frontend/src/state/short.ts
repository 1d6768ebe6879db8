/** Short answers that say what a stance says better: "+1", "mee eens", "agree". Pure. */

const AGREE = new Set(
  [
    ["+1", "++", "👍", "👏", "💯", "ja", "eens", "mee eens", "helemaal mee eens", "helemaal eens"],
    [
      "ik ben het eens",
      "ik ben het ermee eens",
      "ik ben het er mee eens",
      "daar ben ik het mee eens",
    ],
    ["zeker", "precies", "klopt", "inderdaad", "ik ook", "vind ik ook", "dat vind ik ook"],
    ["goed idee", "top", "yes", "agree", "i agree", "agreed", "same", "me too", "good idea"],
    ["exactly", "so true", "true", "this"],
  ].flat(),
);
const DISAGREE = new Set(
  [
    ["-1", "👎", "nee", "oneens", "niet mee eens", "helemaal niet mee eens", "mee oneens"],
    ["daar ben ik het niet mee eens", "ik ben het er niet mee eens", "slecht idee"],
    ["no", "disagree", "i disagree", "bad idea"],
  ].flat(),
);

/** The stance that such an answer means; null for a message that says more. */
export function meant(body: string): "agree" | "disagree" | null {
  const said = body
    .replace(/[\u{1f3fb}-\u{1f3ff}\ufe0f]/gu, "")
    .replace(/[.!,…\s]+/g, " ")
    .trim()
    .toLowerCase();
  if (AGREE.has(said) || /^(\+1|👍)( ?(\+1|👍))*$/u.test(said)) return "agree";
  return DISAGREE.has(said) ? "disagree" : null;
}
