/** Every sentence of the room. The same sentences stand in the server's template. */

import type { ThreadLimits } from "../protocol/generated";
import { gettext, ngettext } from "./gettext";
import { people } from "./people";

export const words = {
  connecting: () => gettext("Connecting…"),
  catchingUp: () => gettext("Catching up…"),
  live: () => gettext("Live"),
  offline: () => gettext("No connection. You can go on writing; it is sent later."),
  here: (n: number) => ngettext("%(n)s reader now", "%(n)s readers now", n),
  typing: (n: number) => ngettext("Someone is writing…", "%(n)s people are writing…", n),
  fresh: (n: number) => ngettext("%(n)s new message", "%(n)s new messages", n),
  toNewest: () => gettext("To the newest messages"),
  newFromHere: () => gettext("New"),
  older: () => gettext("Show older messages"),
  fromStart: () => gettext("Read from the beginning"),
  newer: () => gettext("Show newer messages"),
  unread: (n: number) => ngettext("%(n)s new", "%(n)s new", n),
  keys: () => gettext("↑ ↓ from message to message · Tab to its buttons"),
  loading: () => gettext("Loading…"),
  loadFailed: () => gettext("That did not work. Try again."),
  empty: () => gettext("Nobody has written here yet. You can be the first."),

  composerLabel: () => gettext("Your message"),
  composerHint: () => gettext("Write a message"),
  name: () => gettext("Your name"),
  nameHint: () =>
    gettext("Your first name is enough. Everyone sees your name, and it belongs to this browser."),
  hereBefore: () => gettext("I was here before"),
  newRules: (change: string) =>
    gettext("The house rules are new: %(change)s You find them in the menu of this room.", {
      change,
    }),
  readRules: () => gettext("Read the house rules"),
  atTheBell: () => gettext("You find answers to you at the bell, above."),
  send: () => gettext("Send"),
  left: (n: number) => ngettext("%(n)s character left", "%(n)s characters left", n),
  tooLong: (n: number) => ngettext("%(n)s character too many", "%(n)s characters too many", n),
  replyingTo: (name: string) => gettext("You reply to %(name)s", { name }),
  cancel: () => gettext("Cancel"),

  mention: () => gettext("Who do you mean?"),
  offered: (n: number) => ngettext("%(n)s name to choose from", "%(n)s names to choose from", n),
  invited: {
    agree: (name: string) =>
      gettext("Do you agree with %(name)s? Tap “Agree”: then it is counted.", { name }),
    disagree: (name: string) =>
      gettext("Do you disagree with %(name)s? Tap “Disagree”: then it is counted.", { name }),
  },
  sendAnyway: () => gettext("Send it as a message"),
  heated: (pieces: string) =>
    gettext("This can come across hard: “%(pieces)s”. Do you want to say it in another way?", {
      pieces,
    }),
  private: (pieces: string) =>
    gettext("This is private: “%(pieces)s”. Everyone can read it, for a long time.", { pieces }),
  changeIt: () => gettext("Change it"),
  sendAsItIs: () => gettext("Send it as it is"),
  dontAsk: () => gettext("Don't ask me this"),
  readAloud: () => gettext("Read aloud"),
  stopReading: () => gettext("Stop reading aloud"),

  sending: () => gettext("Sending…"),
  waiting: () => gettext("Not sent yet. It goes out by itself."),
  banned: (until: string) =>
    gettext("You can't write here until %(until)s. You can still read everything.", { until }),
  goesIn: (n: number) =>
    ngettext("It goes out by itself in %(n)s second", "It goes out by itself in %(n)s seconds", n),
  ban: () => gettext("Stop for a while"),
  notSent: () => gettext("Not sent"),
  editAgain: () => gettext("Change and send again"),
  discard: () => gettext("Throw away"),

  agree: () => gettext("Agree"),
  disagree: () => gettext("Disagree"),
  unsure: () => gettext("Not sure yet"),
  stances: () =>
    gettext("Agree, disagree or not sure yet? Each choice counts. You can always change it."),
  reply: () => gettext("Reply"),
  edited: () => gettext("changed"),
  edit: () => gettext("Change"),
  save: () => gettext("Save"),
  retract: () => gettext("Take back"),
  retractSure: () => gettext("Your text is removed for good. Everyone sees that you took it back."),
  copyLink: () => gettext("Copy link"),
  propose: () => gettext("Propose for the agenda"),
  copied: () => gettext("Link copied."),
  more: (name: string) => gettext("More about the message of %(name)s", { name }),
  hide: () => gettext("Hide"),
  pin: () => gettext("Pin above the conversation"),
  unpin: () => gettext("Unpin"),
  pinned: (name?: string) => (name ? gettext("Pinned · %(name)s:", { name }) : gettext("Pinned:")),
  pinnedEarlier: () => gettext("Read the message that is pinned"),
  move: () => gettext("Move to another conversation"),
  report: () => gettext("Report"),
  reason: () => gettext("Reason"),
  someone: people.someone,
  inReplyTo: (name: string) => gettext("Reply to %(name)s", { name }),

  retracted: () => gettext("Message taken back by the writer"),
  hidden: () => gettext("Message hidden by a community manager"),
  held: (until: string) =>
    gettext("A community manager looks at this first, until %(until)s at most", { until }),
  waits: (until: string) =>
    gettext(
      "A community manager looks at your message first. Others see it at %(until)s at the latest.",
      { until },
    ),
  erased: () => gettext("Message erased"),
  ground: {
    threat: () => gettext("threat or incitement"),
    hate: () => gettext("discrimination or hatred"),
    personal_data: () => gettext("private details of someone"),
    check: () => gettext("someone reads each message first"),
    illegal: () => gettext("against the law"),
    insult: () => gettext("insults someone"),
    spam: () => gettext("advertising or the same again and again"),
    off_topic: () => gettext("about another subject"),
    impersonation: () => gettext("pretends to be someone else"),
  },
  why: () => gettext("Why?"),
  tombstones: (n: number) =>
    ngettext("%(n)s message is not shown", "%(n)s messages are not shown", n),
  restore: () => gettext("Show again"),
  restoreWhy: () => gettext("Why do you show this message again?"),

  influence: {
    inform: () => gettext("You are informed"),
    consult: () => gettext("Your experience counts"),
    advise: () => gettext("You advise"),
    co_create: () => gettext("You make it together"),
    decide: () => gettext("You decide"),
  },
  whoDecides: () => gettext("Who decides?"),
  expect: () => gettext("What to expect here"),
  phase: {
    open: () => gettext("Being discussed"),
    on_agenda: () => gettext("On the agenda"),
    asked: () => gettext("The municipality must answer"),
    answered: () => gettext("Answered"),
    under_way: () => gettext("Under way"),
    closed: () => gettext("Closed"),
  },
  nameFirst: () => gettext("Choose a name first. Then you can take part."),

  kind: {
    need: () => gettext("Need"),
    question: () => gettext("Question"),
    idea: () => gettext("Idea"),
    concern: () => gettext("Concern"),
    activity: () => gettext("Activity"),
  },
  messages: (n: number) => ngettext("%(n)s message", "%(n)s messages", n),
  closed: () => gettext("closed"),
  threadClosed: () => gettext("This conversation is closed. You can still read it."),
  threadMerged: () => gettext("This conversation goes on together with another one."),
  threadMoved: () => gettext("This conversation goes on in another room."),
  goThere: () => gettext("Go there"),
  mode: {
    open: () => "",
    slow: (until: string, seconds: number) =>
      seconds
        ? gettext("Slow mode until %(until)s: one message every %(seconds)s seconds.", {
            until,
            seconds,
          })
        : gettext(
            "Slow mode until %(until)s: 15 to 60 seconds between two messages. The more people write, the longer.",
            { until },
          ),
    checked: (until: string) =>
      gettext("Until %(until)s someone reads each message before others see it.", { until }),
    read_only: (until: string) => gettext("Reading only until %(until)s.", { until }),
    frozen: (until: string) => gettext("Paused until %(until)s.", { until }),
  },
  limits: ({ daily, length, answers_to }: ThreadLimits, until: string) =>
    [
      answers_to && gettext("For now you only answer one question here."),
      daily && ngettext("At most %(n)s message a day.", "At most %(n)s messages a day.", daily),
      length && ngettext("At most %(n)s character.", "At most %(n)s characters.", length),
      gettext("Until %(until)s.", { until }),
    ]
      .filter(Boolean)
      .join(" "),
  meeting: () => gettext("Meeting now:"),
  basis: (basis: string) => gettext("Legal basis: %(basis)s", { basis }),

  origin: {
    room: people.spoken,
    paper: people.onPaper,
    import: () => gettext("imported"),
  },
  badge: people.badge,
  said: (name: string, text: string) => gettext("%(name)s: %(text)s", { name, text }),
};
