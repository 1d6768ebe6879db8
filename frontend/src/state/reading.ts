/** How far someone read in each conversation of a room, on this device. */

import type { ThreadView } from "../protocol/generated";
import { number, type Shelf } from "./kept";

export class Reading {
  constructor(private readonly shelf: Shelf) {}

  /** The number of the last message that was read; null where nothing was read yet. */
  upTo(thread: number | null): number | null {
    return number(this.shelf.get(`seen/${thread}`));
  }

  seen(thread: ThreadView, seq: number): void {
    this.shelf.set(`seen/${thread.id}`, `${seq}`);
    this.shelf.set(`count/${thread.id}`, `${thread.messages ?? 0}`);
  }

  /** New messages since; 0 in a conversation that was never opened. */
  unread(thread: ThreadView): number {
    const seen = this.upTo(thread.id);
    if (seen === null || (thread.last_seq ?? 0) <= seen) return 0;
    const counted = number(this.shelf.get(`count/${thread.id}`)) ?? thread.messages ?? 0;
    return Math.max(1, (thread.messages ?? 0) - counted);
  }
}
