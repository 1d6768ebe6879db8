/** What I wrote and the server has not confirmed: kept on this device, sent in order, once each. */

import type { Answer } from "../connection/link";
import type { Shelf } from "../state/kept";
import * as outbox from "../state/outbox";

const SHOWN_WITHOUT_EVENT = 5000; // milliseconds

/** What sending needs to know of the room. */
export interface Room {
  /** A name is chosen, so that it makes sense to send. */
  ready(): boolean;
  /** The message with this ref is on the screen, or its event will not come by a live line. */
  arrived(ref: string, seq: number): boolean;
  ask(command: { type: string; ref: string; [field: string]: unknown }): Promise<Answer>;
  signedOut(): void;
}

/** What the server is asked to do with it. */
function command({ ref, thread, body, reply_to, hall }: outbox.Unsent) {
  const common = { ref, thread, body };
  if (hall) return { type: "hall.note", ...common, ...hall };
  return { type: "message.post", ...common, ...(reply_to ? { reply_to } : {}) };
}

export class Sender {
  unsent = $state.raw<outbox.Outbox>([]);
  private sending: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly room: Room,
  ) {
    this.unsent = outbox.restored(shelf.get("outbox"));
  }

  add(item: outbox.Unsent): void {
    this.keep(outbox.added(this.unsent, item));
    void this.flush();
  }

  /** Take a message out and get its text back. */
  takeBack(ref: string): string {
    const item = this.unsent.find((one) => one.ref === ref);
    this.keep(outbox.confirmed(this.unsent, ref));
    void this.flush();
    return item?.body ?? "";
  }

  /** Whether this was written here and its own event has not come yet. */
  has(ref: string): boolean {
    return this.unsent.some((item) => item.ref === ref);
  }

  confirmed(ref: string): void {
    this.keep(outbox.confirmed(this.unsent, ref));
  }

  /** What waited for something that is over now goes out at once. */
  hurry(): void {
    this.keep(this.unsent.map(({ notBefore: _n, waiting: _w, ...item }) => item));
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    const item = outbox.next(this.unsent, Date.now());
    if (!item || this.sending) return this.later();
    if (!this.room.ready()) return;
    this.sending = item.ref;
    try {
      this.settle(item.ref, await this.room.ask(command(item)));
    } catch {
      const again = { code: "unavailable", text: "", retry_after: 3 };
      this.keep(outbox.refused(this.unsent, item.ref, again, Date.now()));
    }
    this.sending = null;
    void this.flush();
  }

  private settle(ref: string, answer: Answer): void {
    if (answer.type === "nack") {
      this.keep(outbox.refused(this.unsent, ref, answer, Date.now()));
      if (answer.code === "signed_out") this.room.signedOut();
      return;
    }
    // Shown until its own event brings it back; without a live line, not even that long.
    if (this.room.arrived(ref, answer.seq)) return this.confirmed(ref);
    this.keep(outbox.sent(this.unsent, ref));
    setTimeout(() => this.confirmed(ref), SHOWN_WITHOUT_EVENT);
  }

  private later(): void {
    const wait = outbox.wait(this.unsent, Date.now());
    if (wait !== undefined) this.timer = setTimeout(() => void this.flush(), Math.max(wait, 250));
  }

  private keep(next: outbox.Outbox): void {
    this.unsent = next;
    this.shelf.set("outbox", next.length ? JSON.stringify(next) : null);
  }
}
