/** What is said of who has the floor. */

import { gettext, ngettext } from "./gettext";
import { people } from "./people";

export const words = {
  floor: () => gettext("Who wants to say something"),
  isOpen: () => gettext("People can ask for the floor"),
  openIt: () => gettext("Let people ask for the floor"),
  seconds: () => gettext("Seconds"),
  speaks: () => gettext("Now speaks:"),
  someone: people.someone,
  where: {
    hall: people.hall.room,
    online: () => gettext("online"),
  },
  next: () => gettext("Next speaker"),
  end: () => gettext("Has finished"),
  drop: () => gettext("Remove"),
  nobody: () => gettext("Nobody is in the queue."),
  inHall: () => gettext("Name of someone in the hall (may be empty)"),
  add: () => gettext("Add to the queue"),
  who: () => gettext("Who wants to say something?"),
  askByPhone: () => gettext("Raise your hand, or press “I want to speak” on your phone."),
  ask: () => gettext("I want to speak"),
  yourTurn: () => gettext("It is your turn to speak."),
  before: (n: number) =>
    n === 0
      ? gettext("You are next to speak.")
      : ngettext("%(n)s person speaks before you.", "%(n)s people speak before you.", n),
  leave: () => gettext("Leave the queue"),
};
