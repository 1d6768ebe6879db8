/** Old snapshot + event = new snapshot: the same fold as deliberation/protocol/fold.py. Pure. */

import type {
  AnyEvent,
  Author,
  MeetingView,
  MessagePosted,
  MessageView,
  NeedView,
  Snapshot,
  PollNow,
  TallyNow,
  ThreadView,
} from "../protocol/generated";

export function apply(snapshot: Snapshot, event: AnyEvent | TallyNow | PollNow): Snapshot {
  if (event.type === "tally") {
    return changeMessage(snapshot, event.message, (m) => ({ ...m, tally: event.counts }));
  }
  if (event.type === "poll") return voted(snapshot, event);
  const changed = applyLogged(snapshot, event);
  return changed === snapshot ? snapshot : { ...changed, head: event.seq };
}

function applyLogged(snapshot: Snapshot, event: AnyEvent): Snapshot {
  switch (event.type) {
    case "message.posted":
      return withMessage(counted(snapshot, event), event.message);
    case "message.edited":
    case "message.retracted":
    case "message.hidden":
    case "message.restored":
    case "message.erased":
      return changeMessage(snapshot, event.message.id, () => event.message);
    case "message.moved":
      return changeMessage(
        withThread(withThread(snapshot, event.thread), event.into),
        event.message.id,
        () => event.message,
      );
    case "message.gone":
      return { ...snapshot, messages: snapshot.messages.filter((m) => m.id !== event.message) };
    case "thread.merged":
      return merged(
        withThread(withThread(snapshot, event.thread), event.into),
        event.thread.id,
        event.into.id,
      );
    case "thread.moved":
      return withThread(
        {
          ...snapshot,
          messages: snapshot.messages.filter((m) => m.thread !== event.thread.id),
        },
        event.thread,
      );
    case "thread.opened":
    case "thread.renamed":
    case "thread.limited":
    case "thread.pinned":
    case "thread.closed":
    case "thread.reopened":
      return withThread(snapshot, event.thread);
    case "author.changed":
      return authored(snapshot, event.author, event.becomes);
    case "room.mode":
    case "room.charter":
      return { ...snapshot, room: event.room };
    case "need.listed":
    case "need.changed":
    case "need.asked":
    case "need.answered":
    case "need.progressed":
    case "need.closed":
      return withNeed(snapshot, event.need);
    case "meeting.planned":
    case "meeting.opened":
    case "meeting.shown":
    case "meeting.floor":
    case "meeting.polled":
    case "meeting.closed":
      return withMeeting(snapshot, event.meeting);
    default:
      return snapshot; // the staff stream has numbers of its own
  }
}

function counted(snapshot: Snapshot, event: MessagePosted): Snapshot {
  const threads = snapshot.threads.map((t) =>
    t.id === event.message.thread
      ? {
          ...t,
          messages: event.thread_messages,
          last_seq: Math.max(t.last_seq ?? 0, event.message.seq),
        }
      : t,
  );
  return { ...snapshot, threads };
}

function withMessage(snapshot: Snapshot, message: MessageView): Snapshot {
  const last = snapshot.messages.at(-1);
  if (!last || last.seq < message.seq) {
    return { ...snapshot, messages: [...snapshot.messages, message] };
  }
  const others = snapshot.messages.filter((m) => m.id !== message.id);
  return { ...snapshot, messages: [...others, message].sort((a, b) => a.seq - b.seq) };
}

function changeMessage(
  snapshot: Snapshot,
  id: number,
  change: (message: MessageView) => MessageView,
): Snapshot {
  return { ...snapshot, messages: snapshot.messages.map((m) => (m.id === id ? change(m) : m)) };
}

function withThread(snapshot: Snapshot, thread: ThreadView): Snapshot {
  const others = snapshot.threads.filter((t) => t.id !== thread.id);
  return { ...snapshot, threads: [...others, thread].sort((a, b) => a.id - b.id) };
}

/** The states in which a need is on the agenda that a room shows. */
const LISTED = ["on_agenda", "asked", "answered", "under_way"];

function withNeed(snapshot: Snapshot, need: NeedView): Snapshot {
  const others = (snapshot.needs ?? []).filter((n) => n.id !== need.id);
  const needs = LISTED.includes(need.state) ? [...others, need] : others;
  const { needs: _before, ...rest } = snapshot;
  return needs.length ? { ...rest, needs: needs.sort((a, b) => a.id - b.id) } : rest;
}

function withMeeting(snapshot: Snapshot, meeting: MeetingView): Snapshot {
  const others = (snapshot.meetings ?? []).filter((one) => one.id !== meeting.id);
  const meetings = meeting.phase === "closed" ? others : [...others, meeting];
  const { meetings: _before, ...rest } = snapshot;
  if (!meetings.length) return rest;
  const order = (one: MeetingView) => Date.parse(one.starts_at);
  return { ...rest, meetings: meetings.sort((a, b) => order(a) - order(b) || a.id - b.id) };
}

/** A count that comes after the end says nothing any more. */
function voted(snapshot: Snapshot, now: PollNow): Snapshot {
  if (!snapshot.meetings) return snapshot;
  const meetings = snapshot.meetings.map((meeting) => {
    if (!meeting.polls) return meeting;
    const polls = meeting.polls.map((poll) => {
      if (poll.id !== now.poll || poll.state !== "open") return poll;
      const { voters: _voters, counts: _counts, ...rest } = poll;
      return {
        ...rest,
        ...(now.voters && { voters: now.voters }),
        ...(now.counts && { counts: now.counts }),
      };
    });
    return { ...meeting, polls };
  });
  return { ...snapshot, meetings };
}

function merged(snapshot: Snapshot, thread: number, into: number): Snapshot {
  return {
    ...snapshot,
    messages: snapshot.messages.map((m) => (m.thread === thread ? { ...m, thread: into } : m)),
  };
}

function authored(snapshot: Snapshot, id: number, becomes?: Author | null): Snapshot {
  return {
    ...snapshot,
    messages: snapshot.messages.map((m) => {
      const { author, ...rest } = m;
      return author?.id === id ? { ...rest, ...(becomes && { author: becomes }) } : m;
    }),
    threads: snapshot.threads.map((t) => {
      const { opened_by, ...rest } = t;
      return opened_by?.id === id ? { ...rest, ...(becomes && { opened_by: becomes }) } : t;
    }),
    ...(snapshot.meetings && {
      meetings: snapshot.meetings.map((m) => renamed(m, id, becomes)),
    }),
  };
}

/** Whoever asked for the floor is called so too. */
function renamed(meeting: MeetingView, id: number, becomes?: Author | null): MeetingView {
  const { floor } = meeting;
  if (!floor?.turns) return meeting;
  const turns = floor.turns.map((t) => {
    const { author, ...rest } = t;
    return author?.id === id ? { ...rest, ...(becomes && { author: becomes }) } : t;
  });
  return { ...meeting, floor: { ...floor, turns } };
}
