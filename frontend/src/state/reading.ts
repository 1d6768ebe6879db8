/** How far someone read in each conversation of a room, on this device. */

import type { ThreadView } from "../protocol/generated";
import { number, type Shelf } from "./kept";

export class Reading {
  constructor(private readonly shelf: Shelf) {}

  /** What is there when someone comes to a room for the first time is not new; what comes, is. */
  met(threads: readonly ThreadView[]): void {
    if (this.shelf.get("met")) return;
    this.shelf.set("met", "1");
    const unknown = threads.filter((one) => this.counted(one) === null);
    unknown.forEach((one) => this.shelf.set(`count/${one.id}`, `${one.messages ?? 0}`));
  }

  /** The number of the last message that was read; null where nothing was read yet. */
  upTo(thread: number | null): number | null {
    return number(this.shelf.get(`seen/${thread}`));
  }

  seen(thread: ThreadView, seq: number): void {
    this.shelf.set(`seen/${thread.id}`, `${seq}`);
    this.shelf.set(`count/${thread.id}`, `${thread.messages ?? 0}`);
  }

  /** Messages that came since it was read, or since the room was met. */
  unread(thread: ThreadView): number {
    const { messages = 0, last_seq: last = 0 } = thread;
    const since = messages - (this.counted(thread) ?? 0);
    const seen = this.upTo(thread.id);
    if (seen === null) return Math.max(0, since);
    // One may have come while another was taken away.
    return last > seen ? Math.max(1, since) : 0;
  }

  private counted(thread: ThreadView): number | null {
    return number(this.shelf.get(`count/${thread.id}`));
  }
}
