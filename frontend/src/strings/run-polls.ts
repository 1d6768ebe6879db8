/** What the console says about polls. */

import { gettext, ngettext } from "./gettext";

export const words = {
  polls: () => gettext("Polls"),
  none: () => gettext("No poll is prepared yet."),
  state: {
    prepared: () => gettext("Prepared"),
    open: () => gettext("Going on now"),
    closed: () => gettext("Over"),
  },
  start: () => gettext("Start"),
  again: () => gettext("Start again"),
  end: () => gettext("End, and show the result"),
  show: () => gettext("Show on the screens"),
  remove: () => gettext("Remove"),
  voters: (n: number) => ngettext("%(n)s vote", "%(n)s votes", n),
  hands: () => gettext("Count hands in the hall"),
  onlyOnce: () => gettext("Ask only people who did not vote by phone to raise a hand."),
  countThem: () => gettext("Keep these numbers"),
  areCounted: () => gettext("Counted."),
  prepare: () => gettext("Prepare a poll"),
  question: () => gettext("Question"),
  kind: () => gettext("How people answer"),
  kinds: {
    single: () => gettext("One answer"),
    multiple: () => gettext("More than one answer"),
    ranking: () => gettext("Put in order"),
    scale: () => gettext("How much do you agree?"),
  },
  options: () => gettext("Answers, each on a line of its own (2 to 6)"),
  live: () => gettext("Show the result while people vote"),
  keep: () => gettext("Keep"),
};
