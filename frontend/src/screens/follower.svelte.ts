/** Who follows a meeting: the room's fold of events, kept fresh whatever happens to the line. */

import { Link, type Position, type Status } from "../connection/link";
import { decodeOpening } from "../protocol/decode";
import type {
  FromServer,
  MeetingView,
  MessageView,
  Opening,
  Snapshot,
} from "../protocol/generated";
import { apply } from "../state/snapshot";

const KEPT = 400; // messages in memory: a screen runs for days
const AGAIN = 3000; // ms before a snapshot that failed is asked again

export class Follower {
  snapshot = $state.raw<Snapshot>() as Snapshot;
  /** Why there is no coming back. */
  over = $state<string | undefined>();
  live = $state(true);
  /** When the server was last heard, by our clock (ms). */
  heard = $state(Date.now());
  /** The server's clock minus ours, ms. */
  ahead = 0;
  readonly meeting = $derived.by(
    () => this.snapshot.meetings?.find((one) => one.id === this.id) ?? this.last,
  );

  protected readonly link: Link;
  /** The conversation whose messages are here; null: the newest of the whole room. */
  protected asked: number | null;
  private since = 0;
  private last: MeetingView; // as it was when it ended

  constructor(
    opening: Opening,
    readonly id: number,
    private readonly token?: string,
  ) {
    this.snapshot = opening.snapshot;
    this.asked = opening.thread ?? null;
    this.last = opening.snapshot.meetings?.find((one) => one.id === id) as MeetingView;
    this.told(opening.at);
    const listener = {
      frame: (frame: FromServer) => this.frame(frame),
      status: (status: Status, text?: string) => this.changed(status, text),
      resync: () => void this.load(this.asked),
      position: () => this.position(),
    };
    this.link = new Link(opening.snapshot.room.slug, listener, token);
    this.link.connect();
  }

  find(ids: number[]): MessageView[] {
    return ids.flatMap((id) => this.snapshot.messages.find((one) => one.id === id) ?? []);
  }

  /** Called after anything changed. */
  protected moved(): void {}

  /** Called for each new message. */
  protected posted(_message: MessageView): void {}

  /** Called when there is a line again. */
  protected lined(): void {}

  /** A fresh view of the room: of one conversation, or around one message. */
  protected async load(thread: number | null, around?: number): Promise<void> {
    const query = new URLSearchParams({
      ...(around ? { around: `${around}` } : thread ? { thread: `${thread}` } : {}),
      ...(this.token && { display: this.token }),
    });
    try {
      const response = await fetch(`/live/${this.snapshot.room.slug}/snapshot?${query}`);
      if (!response.ok) throw new Error(`${response.status}`);
      const opening = decodeOpening(await response.text());
      this.asked = thread;
      this.snapshot = opening.snapshot;
      this.heard = Date.now();
      this.moved();
      this.link.connect();
    } catch {
      setTimeout(() => void this.load(thread, around), AGAIN);
    }
  }

  /** What the server's clock says now. */
  private told(at: string): void {
    this.since = Math.floor(Date.parse(at) / 1000);
    this.ahead = Date.parse(at) - Date.now();
  }

  private frame(frame: FromServer): void {
    this.heard = Date.now();
    switch (frame.type) {
      case "welcome":
      case "heartbeat":
        this.told(frame.at);
        if (frame.type === "heartbeat" && frame.head > this.snapshot.head) this.link.connect();
        return;
      case "tally":
      case "poll":
        this.snapshot = apply(this.snapshot, frame);
        return;
      case "presence":
      case "typing":
      case "ack":
      case "nack":
      case "bye":
      case "missed":
        return;
      default:
        if (!("stream" in frame)) this.event(frame);
    }
  }

  private event(event: Extract<FromServer, { seq: number; at: string }>): void {
    if (event.seq <= this.snapshot.head) return;
    if (event.seq > this.snapshot.head + 1) return this.link.connect();
    const next = apply(this.snapshot, event as never);
    this.snapshot = { ...next, messages: next.messages.slice(-KEPT) };
    if ("meeting" in event && event.meeting.id === this.id) this.last = event.meeting;
    if (event.type === "message.posted") this.posted(event.message);
    this.moved();
  }

  private changed(status: Status, text?: string): void {
    const back = status === "live" && !this.live;
    this.live = status === "live";
    if (back) this.lined();
    if (status === "ended") this.over = text ?? "";
  }

  private position(): Position {
    const { head, epoch } = this.snapshot;
    return { after: head, epoch, since: this.since, staffAfter: null };
  }
}
