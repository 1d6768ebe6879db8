/** The facilitator's console: what the screens show, and what becomes of each message for them. */

import type { Answer, Request } from "../connection/link";
import type { MessageView, Opening, Scene } from "../protocol/generated";
import { fromHall } from "../state/hall";
import { coming, mayShow, state } from "../state/projected";
import { Console } from "./console.svelte";

export const COLUMNS = ["new", "kept", "on_screen", "answered", "refused"] as const;
export type Column = (typeof COLUMNS)[number];
const TICK = 500;

export class Run extends Console {
  column = $state<Column>("new");
  /** By column, the newest first. */
  readonly sorted = $derived.by(() => {
    const here = this.snapshot.messages.filter((one) => one.thread === this.thread && one.body);
    const found: Record<Column, MessageView[]> = {
      new: [],
      kept: [],
      on_screen: [],
      answered: [],
      refused: [],
    };
    const at = this.now + this.ahead;
    for (const one of here.reverse()) {
      const shows = mayShow(this.meeting, one, at) && state(this.meeting, one) === "new";
      found[shows ? "on_screen" : (state(this.meeting, one) as Column)].push(one);
    }
    return found;
  });
  /** When a message comes on the screen by itself, by its id (ms by our clock). */
  readonly comes = $derived.by(() => {
    const at = this.now + this.ahead;
    const soon = coming(this.snapshot, this.meeting, this.thread ?? 0, at);
    return new Map(soon.map((one) => [one.message.id, one.at - this.ahead]));
  });

  /** Messages of residents during the meeting: from the hall, and online. */
  parity = $state.raw({ hall: 0, online: 0 });

  constructor(opening: Opening, meeting: number, parity: { hall: number; online: number }) {
    super(opening, meeting, TICK);
    this.parity = parity;
    this.thread = opening.thread ?? null;
  }

  protected override posted(message: MessageView): void {
    if (this.meeting.phase !== "open" || message.author?.badge || message.origin === "import")
      return;
    const hall = fromHall(message) ? 1 : 0;
    this.parity = { hall: this.parity.hall + hall, online: this.parity.online + 1 - hall };
  }

  async choose(thread: number): Promise<void> {
    this.thread = thread;
    await this.load(thread);
  }

  show(scene: Scene): Promise<boolean> {
    return this.steer("meeting.show", { scene });
  }

  blank(blank: boolean): Promise<boolean> {
    return this.steer("meeting.blank", { blank });
  }

  sort(message: MessageView, column: Column): Promise<boolean> {
    const to = column === "new" ? {} : { state: column };
    return this.steer("meeting.sort", { message: message.id, ...to });
  }

  screening(fields: { screening: string; delay: number; names: boolean }): Promise<boolean> {
    return this.steer("meeting.screening", fields);
  }

  /** Something about who has the floor. */
  floor(what: "set" | "add" | "next" | "end" | "drop", fields: object): Promise<boolean> {
    return this.steer(`floor.${what}`, fields);
  }

  /** Something about a poll. */
  poll(what: "new" | "open" | "close" | "hands" | "drop", fields: object): Promise<boolean> {
    return this.steer(`poll.${what}`, fields);
  }

  /** Asked twice, if need be: whoever presses "blank" looks at the hall, not at the phone. */
  protected override ask(command: Request): Promise<Answer> {
    return this.link.ask(command).catch(() => this.link.ask(command));
  }

  private steer(type: string, fields: object): Promise<boolean> {
    return this.tell(type, { meeting: this.id, ...fields });
  }
}
