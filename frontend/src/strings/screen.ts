/** What the screen in the hall says. */

import { gettext, ngettext } from "./gettext";
import { people } from "./people";

export const words = {
  scan: () => gettext("Scan the code with the camera of your phone. You need no account."),
  orGoTo: () => gettext("Or go to"),
  withCode: () => gettext("and fill in"),
  qr: () => gettext("Code to scan, which leads to this meeting"),
  join: (host: string) => gettext("Take part: %(host)s/m · code", { host }),
  holding: () => gettext("One moment please"),
  holdingWhy: () => gettext("There is no line to the server. We come back by ourselves."),
  age: (seconds: number) =>
    ngettext(
      "Brought up to date %(n)s second ago",
      "Brought up to date %(n)s seconds ago",
      seconds,
    ),
  blank: () => gettext("The screen is blank"),
  frozen: () => gettext("Stopped"),
  silence: () => gettext("A moment of quiet"),
  empty: () => gettext("What you write comes here."),
  cloud: () => gettext("What people talk about"),
  agenda: () => gettext("What the neighbourhood needs"),
  people: (n: number) => ngettext("%(n)s person", "%(n)s people", n),
  noNeeds: () => gettext("Nothing is on the agenda yet."),
  someone: people.someone,
  origin: people.hall,
  badge: people.badge,
};
