/** What is said of a poll, on a phone, on a screen and at the console. */

import type { PollView } from "../protocol/generated";
import { gettext, ngettext } from "./gettext";

const STEPS = [
  () => gettext("Agree completely"),
  () => gettext("Agree"),
  () => gettext("Between the two"),
  () => gettext("Don't agree"),
  () => gettext("Don't agree at all"),
];

/** The answers of a poll, in words. */
export function answers(poll: PollView): string[] {
  return poll.kind === "scale" ? STEPS.map((step) => step()) : (poll.options ?? []);
}

export const words = {
  poll: () => gettext("Poll"),
  vote: () => gettext("Vote"),
  mine: () => gettext("Your vote"),
  see: () => gettext("See the result"),
  close: () => gettext("Close"),
  over: () => gettext("This poll is over."),
  counted: () => gettext("Your vote is counted. You can change it until the poll ends."),
  more: () => gettext("You can choose more than one."),
  order: () => gettext("Put in order what matters most to you: the most important on top."),
  up: (name: string) => gettext("Move up “%(name)s”", { name }),

  voteSo: () => gettext("I vote like this"),
  later: () => gettext("You see the result when the poll is over."),
  voters: (n: number) => ngettext("%(n)s person voted by phone", "%(n)s people voted by phone", n),
  share: (share: number) => `${Math.round(share * 100)}%`,
  points: (n: number) => ngettext("%(n)s point", "%(n)s points", n),
  hands: (n: number) => ngettext("%(n)s hand in the hall", "%(n)s hands in the hall", n),
  byPhone: () => gettext("Vote on your phone."),
};
