/** Every sentence about needs. The same sentences stand in the server's templates. */

import { gettext, ngettext } from "./gettext";

export const needs = {
  state: {
    suggested: () => gettext("Suggested"),
    on_agenda: () => gettext("On the agenda"),
    asked: () => gettext("The municipality must answer"),
    answered: () => gettext("Answered"),
    under_way: () => gettext("Under way"),
    done: () => gettext("Done"),
    closed: () => gettext("Closed"),
  },
  outcome: {
    taken_over: () => gettext("Taken over"),
    partly: () => gettext("Partly taken over"),
    not: () => gettext("Not taken over"),
    elsewhere: () => gettext("To be decided elsewhere"),
  },
  people: (n: number) => ngettext("%(n)s person", "%(n)s people", n),
  support: (n: number) =>
    ngettext("%(n)s person wants an answer", "%(n)s people want an answer", n),
  due: (day: string) => gettext("Answer before or on %(day)s", { day }),
  here: (n: number) =>
    ngettext(
      "%(n)s need on the agenda from this conversation",
      "%(n)s needs on the agenda from this conversation",
      n,
    ),
  more: (n: number) => gettext("and %(n)s more", { n }),
  at: (kenmerk: string) => gettext("On the agenda: %(kenmerk)s", { kenmerk }),
  before: (n: number) =>
    ngettext(
      "This was discussed before: see what came of it",
      "This was discussed %(n)s times before: see what came of it",
      n,
    ),
  gone: () => gettext("The words of this need are not shown any more"),
  news: (n: number) => ngettext("%(n)s need changed just now.", "%(n)s needs changed just now.", n),
  inOrder: () => gettext("Show the newest order"),
};
