/** What the scribe's page says. */

import { gettext, ngettext } from "./gettext";
import { people } from "./people";

export const words = {
  conversation: () => gettext("We now talk about"),
  how: () => gettext("How did it come?"),
  origin: {
    room: people.spoken,
    paper: people.onPaper,
  },
  name: () => gettext("Name or table (may be empty)"),
  said: () => gettext("What was said"),
  save: () => gettext("Save"),
  enter: () => gettext("Enter saves. Shift and Enter: a new line."),
  waiting: (n: number) =>
    ngettext(
      "%(n)s entry is kept on this device and goes out by itself.",
      "%(n)s entries are kept on this device and go out by themselves.",
      n,
    ),
  noLine: () => gettext("There is no line to the server. What you save is kept on this device."),
  failed: () => gettext("That did not arrive. Try again."),
  onItsWay: () => gettext("On its way"),
  again: () => gettext("Change and try again"),
  correct: () => gettext("Correct"),
  withdraw: () => gettext("Take back"),
  cancel: () => gettext("Cancel"),
  gone: () => gettext("Taken back"),
};
