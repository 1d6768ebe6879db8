/** What the facilitator's console says. */

import { gettext, ngettext } from "./gettext";
import { people } from "./people";

export const words = {
  blank: () => gettext("Make the screens blank"),
  unblank: () => gettext("Show the screens again"),
  isBlank: () => gettext("The screens are blank now."),
  shows: () => gettext("The screens show:"),
  noLine: () => gettext("There is no line to the server. We try again."),
  failed: () => gettext("That did not arrive. Try again."),
  onTheScreens: () => gettext("On the screens"),
  scene: {
    welcome: () => gettext("Welcome"),
    thread: () => gettext("This conversation"),
    words: () => gettext("Words from it"),
    message: () => gettext("One message"),
    agenda: () => gettext("The agenda"),
    poll: () => gettext("A poll"),
    speakers: () => gettext("Speakers"),
    silence: () => gettext("A moment of quiet"),
  },
  conversation: () => gettext("We now talk about"),
  messages: () => gettext("Messages"),
  column: {
    new: () => gettext("New"),
    kept: () => gettext("Kept"),
    on_screen: () => gettext("On the screen"),
    answered: () => gettext("Answered"),
    refused: () => gettext("Not shown"),
  },
  to: {
    new: () => gettext("Back to new"),
    kept: () => gettext("Keep for later"),
    on_screen: () => gettext("On the screen"),
    answered: () => gettext("Is answered"),
    refused: () => gettext("Don't show"),
  },
  alone: () => gettext("Show large"),
  stop: () => gettext("Stop it"),
  comes: (seconds: number) =>
    ngettext("On the screen in %(n)s second", "On the screen in %(n)s seconds", seconds),
  nothing: () => gettext("Nothing here."),
  someone: people.someone,
  origin: people.hall,
  parity: (hall: number, online: number) =>
    gettext("From the hall: %(hall)s. Online: %(online)s.", { hall, online }),
  how: () => gettext("How messages get on the screens"),
  delay: () => gettext("By themselves, after some seconds in which you can stop them"),
  approve: () => gettext("Only those that you put there"),
  seconds: () => gettext("Seconds"),
  names: () => gettext("Names on the screens"),
};
