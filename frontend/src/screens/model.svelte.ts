/** The room as the screen sees it: the fold of events, and who I am. */

import { Link, type Position, type Status } from "../connection/link";
import { decodeOpening } from "../protocol/decode";
import type {
  FromServer,
  MessageView,
  Opening,
  Snapshot,
  ThreadView,
  You,
} from "../protocol/generated";
import { browserShelf, storage, type Shelf } from "../state/kept";
import { pieces } from "../state/mentions";
import { Reading } from "../state/reading";
import { phaseOf } from "../state/phase";
import { newRef } from "../state/ref";
import { trimmed } from "../state/rows";
import { apply } from "../state/snapshot";
import { restanced, type Stance } from "../state/tally";
import { words } from "../strings/room";
import { until } from "../ui/time";
import { AgendaSide } from "./agenda.svelte";
import { Sender } from "./sender.svelte";

const WINDOW = 400; // messages in the page
const TYPING_EVERY = 3000;
const SEEN_EVERY = 25_000;

export class RoomModel {
  snapshot = $state.raw<Snapshot>() as Snapshot;
  stances = $state.raw<Record<string, Stance>>({});
  /** What I chose in polls that go on, by poll. */
  votes = $state.raw<Record<string, number[]>>({});
  you = $state.raw<You | null>(null);
  older = $state(false);
  newer = $state(false);
  status = $state<Status>("connecting");
  statusText = $state<string | undefined>();
  present = $state(0);
  writers = $state.raw<Record<number, number>>({});
  notice = $state<string | undefined>();
  /** Who wrote what is on the screen, without me, the latest first: whom one can mention. */
  readonly names = $derived.by(() => {
    const names = new Set(this.messages.map((m) => m.author?.name ?? "").reverse());
    return [...names].filter((name) => name && name !== this.you?.name);
  });
  /** What is on the agenda from this conversation; what most people say comes first. */
  readonly needs = $derived.by(() => {
    const here = (this.snapshot.needs ?? []).filter((n) => n.threads?.includes(this.thread ?? 0));
    return here.sort((a, b) => (b.people ?? 0) - (a.people ?? 0));
  });
  /** The conversations of the room, the liveliest first. */
  readonly threads = $derived.by(() => {
    const here = this.snapshot.threads.filter((t) =>
      ["open", "closed"].includes(t.state ?? "open"),
    );
    return here.sort((a, b) => (b.last_seq ?? 0) - (a.last_seq ?? 0));
  });
  readonly phase = $derived.by(() => {
    const thread = this.threadView;
    return thread && phaseOf(thread, this.snapshot.needs ?? []);
  });
  /** What a stance means is told to who never took one, until they take part on this page. */
  explains = $state(false);
  readonly thread: number | null;
  readonly limits: Opening["limits"];
  readonly unreadAfter: number | null;
  readonly reading: Reading;
  readonly sender: Sender;
  /** New messages wait until they are asked for: a choice of the reader. */
  readonly waits = document.documentElement.dataset.live === "ask";
  /** Called after a message of this thread arrived. */
  arrived: (message: MessageView) => void = () => {};

  /** Called when something needs a name that is not chosen yet. */
  nameNeeded: () => void = () => {};

  private readonly link: Link;
  private readonly shelf: Shelf;
  private since: number;
  private typedAt = 0;
  private joined: string | null = null;
  private wished: (() => void) | null = null;

  constructor(
    opening: Opening,
    readonly agenda = new AgendaSide(),
  ) {
    this.take(opening);
    this.thread = opening.thread ?? null;
    this.limits = opening.limits;
    this.since = seconds(opening.at);
    this.shelf = browserShelf(opening.snapshot.room.slug, storage());
    this.reading = new Reading(this.shelf);
    this.tell(opening.rules);
    this.reading.met(opening.snapshot.threads);
    this.unreadAfter = this.reading.upTo(this.thread);
    this.link = new Link(opening.snapshot.room.slug, {
      frame: (frame) => this.frame(frame),
      status: (status, text) => this.changed(status, text),
      resync: () => void this.resync(),
      position: () => this.position(),
    });
    this.sender = new Sender(this.shelf, {
      ready: () => this.you !== null || this.joined !== null,
      arrived: (ref, seq) => this.arrivedAs(ref, seq),
      ask: (command) => this.link.ask(command),
      signedOut: () => (this.you = this.joined = null),
    });
    this.link.connect();
    setInterval(() => this.link.hint({ type: "seen", seq: this.snapshot.head }), SEEN_EVERY);
  }

  get messages(): MessageView[] {
    return this.snapshot.messages.filter((m) => this.thread === null || m.thread === this.thread);
  }

  get threadView() {
    return this.snapshot.threads.find((t) => t.id === this.thread);
  }

  get writingHere(): number {
    const all = this.thread === null ? 0 : (this.writers[this.thread] ?? 0);
    return Math.max(0, all - (Date.now() - this.typedAt < 6000 ? 1 : 0));
  }

  /** Nobody but staff writes here now; the server has the last word. */
  get muted(): boolean {
    const { mode = "open", mode_until: until } = this.snapshot.room;
    const over = !until || Date.parse(until) <= Date.now();
    if (Date.parse(this.you?.banned_until ?? "") > Date.now()) return true;
    return !over && (mode === "frozen" || (mode === "read_only" && !this.you?.staff));
  }

  /** The one question that is answered here now; who asks questions may say anything. */
  get question(): number | null {
    const limits = this.threadView?.limits;
    const over = !limits || Date.parse(limits.until) <= Date.now();
    return over || this.you?.badge ? null : (limits.answers_to ?? null);
  }

  may(command: string): boolean {
    return this.you?.may.includes(command) ?? false;
  }

  byRef(ref: number | null | undefined): MessageView | undefined {
    return ref ? this.snapshot.messages.find((m) => m.id === ref) : undefined;
  }

  /** Whether a message answers or mentions me. */
  concernsMe(message: MessageView): boolean {
    const { you } = this;
    if (!you || message.author?.id === you.id) return false;
    const answered = this.byRef(message.reply_to)?.author?.id === you.id;
    return answered || pieces(message.body ?? "", [you.name]).some((piece) => piece.name);
  }

  /** Keep a message and send it as soon as that is possible. */
  post(body: string, replyTo: number | null): void {
    if (this.thread === null) return;
    const answers = replyTo ?? this.question;
    this.explains = false;
    this.typedAt = 0;
    this.sender.add({
      ref: newRef(),
      thread: this.thread,
      body,
      at: new Date().toISOString(),
      ...(answers ? { reply_to: answers } : {}),
    });
  }

  /** Choose a name. Returns why not, or null once it is yours. */
  async join(name: string): Promise<string | null> {
    const response = await fetch(`/r/${this.snapshot.room.slug}/join`, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ name }),
    });
    const answer = (await response.json()) as { text?: string; you?: You };
    if (!response.ok) return answer.text ?? "";
    this.you = answer.you ?? this.you;
    this.joined = name;
    this.notice = undefined; // it asked for the name
    this.takeWished();
    this.sender.hurry();
    this.link.again();
    return null;
  }

  /** The opinion or the vote that was pressed before there was a name. */
  private takeWished(): void {
    const { wished } = this;
    this.wished = null;
    if (this.you) wished?.();
  }

  private nameFirst(wished: () => unknown): void {
    this.wished = () => void wished();
    this.nameNeeded();
  }

  async stance(message: MessageView, value: Stance): Promise<void> {
    if (!this.you) return this.nameFirst(() => this.stance(message, value));
    const before = this.stances[message.id] ?? "none";
    const wanted = before === value ? "none" : value;
    this.setStance(message.id, wanted);
    this.explains = false;
    const failed = await this.ask({ type: "stance.take", message: message.id, value: wanted });
    if (failed) this.setStance(message.id, before);
  }

  /** Vote, vote otherwise, or (nothing chosen) take it back. Whether that was counted. */
  async vote(poll: number, choice: number[]): Promise<boolean> {
    if (!this.you) {
      this.nameFirst(() => this.vote(poll, choice));
      return false;
    }
    const before = this.votes[poll] ?? [];
    this.votes = { ...this.votes, [poll]: choice };
    const failed = await this.ask({ type: "poll.vote", poll, choice });
    if (failed) this.votes = { ...this.votes, [poll]: before };
    return !failed;
  }

  /** Carry out any command. Returns why not, or null. */
  async ask(fields: { type: string; [field: string]: unknown }): Promise<string | null> {
    const command = { ref: newRef(), ...fields };
    try {
      const answer = await this.link.ask(command);
      if (answer.type === "ack") return null;
      this.notice = answer.text;
      return answer.text;
    } catch {
      const again = await this.link.ask(command).catch(() => null);
      if (again?.type === "ack") return null;
      this.notice = again?.text ?? this.statusText ?? "";
      return this.notice || "…";
    }
  }

  typing(): void {
    if (this.thread === null || Date.now() - this.typedAt < TYPING_EVERY) return;
    this.typedAt = Date.now();
    this.link.hint({ type: "typing", thread: this.thread });
  }

  /** The reader saw everything up to the end. */
  seen(): void {
    const last = this.messages.at(-1);
    if (last && this.threadView) this.reading.seen(this.threadView, last.seq);
  }

  /** How much is new in a conversation; nothing is in the one that is open. */
  unread(thread: ThreadView): number {
    return thread.id === this.thread ? 0 : this.reading.unread(thread);
  }

  draft(): string {
    return this.shelf.get(`draft/${this.thread}`) ?? "";
  }

  keepDraft(text: string): void {
    this.shelf.set(`draft/${this.thread}`, text || null);
  }

  /** Earlier messages; where the page gets too long, the newest leave it. */
  async loadOlder(): Promise<void> {
    const first = this.messages[0];
    const opening = await this.fetchOpening(first ? { before: `${first.seq}` } : {});
    const whole = [...this.unknown(opening), ...this.snapshot.messages];
    this.newer ||= whole.length > WINDOW;
    this.show(trimmed(whole, WINDOW, true), opening);
    this.older = opening.older ?? false;
  }

  /** Later messages, in a window on the past; at its end the conversation is live again. */
  async loadNewer(): Promise<void> {
    const last = this.messages.at(-1);
    const opening = await this.fetchOpening(last ? { after: `${last.seq}` } : {});
    // What is newer than the last event here comes as an event.
    const later = this.unknown(opening).filter((m) => m.seq <= this.snapshot.head);
    const whole = [...this.snapshot.messages, ...later];
    const missed = opening.snapshot.head < this.snapshot.head;
    this.newer = (opening.newer ?? false) || missed;
    this.older ||= whole.length > WINDOW;
    this.show(trimmed(whole, WINDOW), opening);
    if (missed && !opening.newer) await this.loadNewer();
  }

  /** The newest messages instead of a window on the past. */
  async toNewest(): Promise<void> {
    this.take(await this.fetchOpening({}));
  }

  private unknown(opening: Opening): MessageView[] {
    const known = new Set(this.snapshot.messages.map((m) => m.id));
    return opening.snapshot.messages.filter((m) => !known.has(m.id));
  }

  private show(messages: MessageView[], opening: Opening): void {
    this.snapshot = { ...this.snapshot, messages };
    this.stances = { ...opening.stances, ...this.stances };
    this.agenda.changed(this.thread);
  }

  private frame(frame: FromServer): void {
    switch (frame.type) {
      case "welcome":
        this.you = frame.you ?? null;
        this.since = seconds(frame.at);
        if (frame.resume === "current" && frame.head > this.snapshot.head) void this.resync();
        else void this.sender.flush();
        return;
      case "heartbeat":
        this.since = seconds(frame.at);
        if (frame.head > this.snapshot.head) void this.catchUp();
        return;
      case "presence":
        this.present = frame.count;
        return;
      case "typing":
        this.writers = { ...this.writers, [frame.thread]: frame.count };
        return;
      case "tally":
      case "poll":
        this.snapshot = apply(this.snapshot, frame);
        return;
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
    if (event.seq > this.snapshot.head + 1) return void this.catchUp();
    const before = this.snapshot.messages;
    this.snapshot = apply(this.snapshot, event as never);
    if (event.type === "room.mode") this.notice = undefined;
    const shown = event.type === "message.restored" ? event.message.author?.id : undefined;
    if (shown !== undefined && shown === this.you?.id) this.notice = undefined; // it said "wait"
    if ("need" in event) this.agenda.changed(this.thread);
    if (event.type !== "message.posted") return;
    const { message } = event;
    const mine = message.author !== null && message.author?.id === this.you?.id;
    if (this.waits && !mine && message.thread === this.thread) this.newer = true;
    // A window on the past does not get today's messages glued behind it.
    if (this.newer) this.snapshot = { ...this.snapshot, messages: before };
    if (message.until && this.sender.has(message.ref)) {
      this.notice = words.waits(until(message.until));
    }
    this.sender.confirmed(message.ref);
    if (this.concernsMe(message)) document.dispatchEvent(new Event("bell")); // see ui/bell
    if (message.thread === this.thread) this.arrived(message);
  }

  /** At the end of the conversation only so much stays in the page. */
  trim(): void {
    if (this.snapshot.messages.length <= WINDOW) return;
    this.snapshot = { ...this.snapshot, messages: trimmed(this.snapshot.messages, WINDOW) };
    this.older = true;
  }

  private catchUp(): void {
    this.changed("catching_up");
    this.link.connect();
  }

  private arrivedAs(ref: string, seq: number): boolean {
    const here = this.snapshot.messages.some((m) => m.ref === ref);
    return here || seq <= this.snapshot.head || this.status !== "live";
  }

  private setStance(message: number, value: Stance): void {
    const before = this.stances[message] ?? "none";
    this.stances = { ...this.stances, [message]: value };
    this.snapshot = restanced(this.snapshot, message, before, value);
  }

  private changed(status: Status, text?: string): void {
    this.status = status;
    this.statusText = text ?? (status === "live" ? undefined : this.statusText);
  }

  private position(): Position {
    const { head, epoch } = this.snapshot;
    return { after: head, epoch, since: this.since, staffAfter: null };
  }

  private async resync(): Promise<void> {
    try {
      this.take(await this.fetchOpening({}));
      this.link.connect();
    } catch {
      setTimeout(() => void this.resync(), 3000);
    }
  }

  private async fetchOpening(query: Record<string, string>): Promise<Opening> {
    const scope: Record<string, string> = this.thread === null ? {} : { thread: `${this.thread}` };
    const search = new URLSearchParams({ ...scope, ...query });
    const response = await fetch(`/live/${this.snapshot.room.slug}/snapshot?${search}`);
    if (!response.ok) throw new Error(`${response.status}`);
    return decodeOpening(await response.text());
  }

  /** New house rules, once a device. */
  private tell(rules: Opening["rules"]): void {
    if (!rules || this.shelf.get("rules") === rules.version) return;
    this.notice = words.newRules(rules.change);
    this.shelf.set("rules", rules.version);
  }

  private take(opening: Opening): void {
    this.snapshot = opening.snapshot;
    this.stances = opening.stances;
    this.votes = opening.votes ?? {};
    this.you = opening.you ?? null;
    this.older = opening.older ?? false;
    this.newer = opening.newer ?? false;
  }
}

function seconds(at: string): number {
  return Math.floor(Date.parse(at) / 1000);
}
