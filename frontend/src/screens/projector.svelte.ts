/** The screen in the hall: one more reader of the room, which shows what a manager chose. */

import type { MessageView, Opening } from "../protocol/generated";
import { cloud } from "../state/cloud";
import { NOTHING, allowed, fitting, mayShow, paced, type Shown } from "../state/projected";
import { Follower } from "./follower.svelte";

export const OLD_AFTER = 20_000; // ms after which the age is told
const HOLD_AFTER = 15_000; // ms without a line: words can't be checked any more
const SILENT_AFTER = 32_000; // ms without a heartbeat, which come every 15 s
const TICK = 250;
const SHIFT_EVERY = 60_000; // ms: nothing stands in the same place for days
const SHIFTS = 4;

interface Local {
  blank: boolean;
  frozen: boolean;
}

export class Projector extends Follower {
  now = $state(Date.now());
  shown = $state.raw<Shown>(NOTHING);
  /** What was done at the screen itself. */
  local = $state.raw<Local>({ blank: false, frozen: false });

  readonly dark = $derived(this.local.blank || (this.meeting.blank ?? false));
  readonly messages = $derived.by(() => this.find(this.shown.ids));
  /** Milliseconds since the server was heard. */
  readonly age = $derived(this.now - this.heard);
  /** The words here were not checked with the server lately. */
  readonly unsure = $derived(this.age > SILENT_AFTER || (!this.live && this.age > HOLD_AFTER));
  /** What most people talk about in this conversation. */
  readonly said = $derived.by(() => {
    const { kind, thread } = this.meeting.scene;
    if (kind !== "words") return [];
    return cloud(
      allowed(this.snapshot, this.meeting, thread ?? 0, this.now + this.ahead),
      this.stop,
    );
  });
  readonly shift = $derived(Math.floor(this.now / SHIFT_EVERY) % SHIFTS);

  private before: Local[] = [];

  /** `stop`: words that say nothing about the subject. */
  constructor(
    opening: Opening,
    meeting: number,
    token: string,
    private readonly stop: ReadonlySet<string>,
  ) {
    super(opening, meeting, token);
    this.moved();
    setInterval(() => this.tick(), TICK);
  }

  /** B: blank; F: freeze; U: undo. Any other key does nothing. */
  press(key: string): void {
    const { blank, frozen } = this.local;
    if (key === "u") this.local = this.before.pop() ?? this.local;
    else if (key === "b") this.become({ blank: !blank, frozen });
    else if (key === "f") this.become({ blank, frozen: !frozen });
  }

  private become(local: Local): void {
    this.before.push(this.local);
    this.local = local;
  }

  protected override moved(): void {
    const { kind, thread, message } = this.meeting.scene;
    if ((kind === "thread" || kind === "words") && thread && thread !== this.asked)
      void this.load(thread);
    if (kind === "message" && message && !this.find([message]).length && this.missing !== message) {
      this.missing = message;
      void this.load(null, message);
    }
    this.step();
  }

  private missing: number | null = null; // asked for already

  private tick(): void {
    const slept = Date.now() - this.now > SILENT_AFTER;
    this.now = Date.now();
    if (slept && this.over === undefined) this.link.again();
    this.step();
  }

  /** What is wanted now, at the pace at which people can read. */
  private step(): void {
    const pool = this.pool(Date.now() + this.ahead);
    const may = new Set(pool.map((one) => one.id));
    const wanted = this.local.frozen ? this.shown.ids.filter((id) => may.has(id)) : ids(pool);
    this.shown = paced(this.shown, wanted, may, Date.now());
  }

  /** What may stand on the screen in this scene. */
  private pool(at: number): MessageView[] {
    const { kind, thread, message } = this.meeting.scene;
    if (kind === "thread") return allowed(this.snapshot, this.meeting, thread ?? 0, at);
    if (kind !== "message") return [];
    return this.find([message ?? 0]).filter((one) => mayShow(this.meeting, one, at));
  }
}

function ids(pool: MessageView[]): number[] {
  return fitting(pool).map((one) => one.id);
}
