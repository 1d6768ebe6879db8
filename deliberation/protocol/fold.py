"""Old snapshot + events = new snapshot. Pure; the TypeScript client has the same fold."""

from msgspec.structs import replace

from . import events as e
from .events import AnyEvent
from .replies import PollNow, TallyNow
from .shapes import Author, MeetingView, MessageView, NeedView, Snapshot, ThreadView

# The states in which a need is on the agenda that a room shows.
LISTED = ("on_agenda", "asked", "answered", "under_way")


def apply(snapshot: Snapshot, event: AnyEvent | TallyNow | PollNow) -> Snapshot:
    """The snapshot after one more event of its public stream (or a count)."""
    match event:
        case TallyNow(message=id, counts=counts):
            return replace(
                snapshot,
                messages=[replace(m, tally=counts) if m.id == id else m for m in snapshot.messages],
            )
        case PollNow():
            return replace(snapshot, meetings=[_voted(m, event) for m in snapshot.meetings])
        case e.MessagePosted(message=message):
            changed = _with_message(_counted(snapshot, event), message)
        case e.MessageMoved(message=message, thread=thread, into=into):
            threads = _with_thread(_with_thread(snapshot, thread), into)
            changed = _changed_message(threads, message)
        case e.MessageEvent(message=message):
            changed = _changed_message(snapshot, message)
        case e.MessageGone(message=id):
            changed = replace(snapshot, messages=[m for m in snapshot.messages if m.id != id])
        case e.ThreadMerged(thread=thread, into=into):
            changed = _merged(
                _with_thread(_with_thread(snapshot, thread), into), thread.id, into.id
            )
        case e.ThreadMoved(thread=thread):
            left = [m for m in snapshot.messages if m.thread != thread.id]
            changed = _with_thread(replace(snapshot, messages=left), thread)
        case e.ThreadEvent(thread=thread):
            changed = _with_thread(snapshot, thread)
        case e.AuthorChanged(author=id, becomes=becomes):
            changed = _authored(snapshot, id, becomes)
        case e.RoomEvent(room=room):
            changed = replace(snapshot, room=room)
        case e.NeedEvent(need=need):
            changed = _with_need(snapshot, need)
        case e.MeetingEvent(meeting=meeting):
            changed = _with_meeting(snapshot, meeting)
        case _:
            return snapshot
    return replace(changed, head=event.seq)


def _counted(snapshot: Snapshot, event: e.MessagePosted) -> Snapshot:
    return replace(
        snapshot,
        threads=[
            replace(
                t,
                messages=event.thread_messages,
                last_seq=max(t.last_seq, event.message.seq),
            )
            if t.id == event.message.thread
            else t
            for t in snapshot.threads
        ],
    )


def _with_message(snapshot: Snapshot, message: MessageView) -> Snapshot:
    others = [m for m in snapshot.messages if m.id != message.id]
    return replace(snapshot, messages=sorted([*others, message], key=lambda m: m.seq))


def _changed_message(snapshot: Snapshot, message: MessageView) -> Snapshot:
    return replace(
        snapshot,
        messages=[message if m.id == message.id else m for m in snapshot.messages],
    )


def _with_thread(snapshot: Snapshot, thread: ThreadView) -> Snapshot:
    others = [t for t in snapshot.threads if t.id != thread.id]
    return replace(snapshot, threads=sorted([*others, thread], key=lambda t: t.id))


def _with_need(snapshot: Snapshot, need: NeedView) -> Snapshot:
    """On the list until it is done, closed or taken off the agenda again."""
    others = [n for n in snapshot.needs if n.id != need.id]
    listed = [need] if need.state in LISTED else []
    return replace(snapshot, needs=sorted([*others, *listed], key=lambda n: n.id))


def _renamed(meeting: MeetingView, id: int, becomes: Author | None) -> MeetingView:
    """Whoever asked for the floor is called so too."""
    turns = [
        replace(t, author=becomes) if t.author and t.author.id == id else t
        for t in meeting.floor.turns
    ]
    return replace(meeting, floor=replace(meeting.floor, turns=turns))


def _voted(meeting: MeetingView, now: PollNow) -> MeetingView:
    """A count that comes after the end says nothing any more."""
    polls = [
        replace(p, voters=now.voters, counts=now.counts)
        if p.id == now.poll and p.state == "open"
        else p
        for p in meeting.polls
    ]
    return replace(meeting, polls=polls)


def _with_meeting(snapshot: Snapshot, meeting: MeetingView) -> Snapshot:
    """There until it is over, the first one first."""
    others = [m for m in snapshot.meetings if m.id != meeting.id]
    listed = [meeting] if meeting.phase != "closed" else []
    ordered = sorted([*others, *listed], key=lambda m: (m.starts_at, m.id))
    return replace(snapshot, meetings=ordered)


def _merged(snapshot: Snapshot, thread: int, into: int) -> Snapshot:
    return replace(
        snapshot,
        messages=[replace(m, thread=into) if m.thread == thread else m for m in snapshot.messages],
    )


def _authored(snapshot: Snapshot, id: int, becomes: Author | None) -> Snapshot:
    return replace(
        snapshot,
        messages=[
            replace(m, author=becomes) if m.author and m.author.id == id else m
            for m in snapshot.messages
        ],
        threads=[
            replace(t, opened_by=becomes) if t.opened_by and t.opened_by.id == id else t
            for t in snapshot.threads
        ],
        meetings=[_renamed(m, id, becomes) for m in snapshot.meetings],
    )
