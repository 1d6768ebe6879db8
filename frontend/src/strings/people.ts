/** How people are called, and where their words came from, wherever they are shown. */

import { gettext } from "./gettext";

const onPaper = () => gettext("on paper");

export const people = {
  someone: () => gettext("Someone"),
  badge: {
    manager: () => gettext("Community manager"),
    official: () => gettext("Municipality"),
    council: () => gettext("Council member"),
    administrator: () => gettext("Administrator"),
  },
  spoken: () => gettext("spoken in the room"),
  onPaper,
  /** In the hall itself, during a meeting. */
  hall: {
    room: () => gettext("in the hall"),
    paper: onPaper,
  },
};
