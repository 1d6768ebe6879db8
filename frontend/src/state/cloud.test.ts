import { expect, it } from "vitest";
import type { MessageView } from "../protocol/generated";
import { cloud, MOST } from "./cloud";

let ids = 0;
const said = (author: number, body: string) =>
  ({ id: ++ids, author: { id: author, name: "" }, body }) as MessageView;
const stop = new Set(["het", "een", "voor"]);

it("counts people, not how often someone says it", () => {
  const found = cloud(
    [said(1, "Licht licht licht!"), said(2, "Meer bankjes"), said(3, "bankjes")],
    stop,
  );
  expect(found.map((one) => [one.word, one.people, one.size])).toEqual([
    ["bankjes", 2, 5],
    ["licht", 1, 3],
    ["Meer", 1, 3],
  ]);
});

it("leaves out what says nothing, and bits of words", () => {
  expect(
    cloud([said(1, "Het is een bankje voor op 't plein")], stop).map((one) => one.word),
  ).toEqual(["bankje", "plein"]);
});

it("leaves out the names of who talks", () => {
  const henk = { ...said(1, "Een lamp"), author: { id: 1, name: "Henk van de hoek" } };
  const found = cloud([henk, said(2, "Dag Henk, een lamp op de hoek")], stop);
  expect(found.map((one) => one.word)).toEqual(["Dag", "lamp"]);
});

it("keeps letters with marks, and words of parts", () => {
  expect(cloud([said(1, "café zebra-pad")], stop).map((one) => one.word)).toEqual([
    "café",
    "zebra-pad",
  ]);
});

it("never has more than fit", () => {
  const many = Array.from({ length: 60 }, (_, n) =>
    said(n, `woord${"abcdefghij"[n % 10]}${"klmnop"[n % 6]}`),
  );
  expect(cloud(many, stop)).toHaveLength(MOST);
});
