/** The scribe's page: entries one after the other, kept on the device until they are stored. */

import type { MessageView, Opening } from "../protocol/generated";
import { browserShelf, storage, type Shelf } from "../state/kept";
import { newRef } from "../state/ref";
import { Console } from "./console.svelte";
import { Sender } from "./sender.svelte";

const CORRECTED_WITHIN = 10 * 60_000; // ms
const KEPT = 50; // entries that this device remembers
const TICK = 5000;

export type Origin = "room" | "paper";

export class Scribe extends Console {
  origin = $state<Origin>("room");
  readonly sender: Sender;
  /** What was put down here and is stored, the newest first. */
  readonly stored = $derived.by(() => {
    const mine = new Set(this.refs);
    return this.snapshot.messages.filter((one) => mine.has(one.ref)).reverse();
  });

  private refs = $state.raw<string[]>([]);
  private readonly shelf: Shelf;

  constructor(opening: Opening, meeting: number) {
    super(opening, meeting, TICK);
    this.shelf = browserShelf(`hall/${opening.snapshot.room.slug}`, storage());
    this.refs = (this.shelf.get("refs") ?? "").split(" ").filter(Boolean);
    this.thread = this.meeting.scene.thread ?? this.threads[0]?.id ?? null;
    this.sender = new Sender(this.shelf, {
      ready: () => true,
      arrived: (ref) => this.snapshot.messages.some((one) => one.ref === ref),
      ask: (command) => this.link.ask(command),
      signedOut: () => {},
    });
    void this.sender.flush();
  }

  /** Put down what was said. It goes out as soon as there is a line. */
  note(body: string, name: string): void {
    if (this.thread === null || !body.trim()) return;
    const ref = newRef();
    this.refs = [...this.refs, ref].slice(-KEPT);
    this.shelf.set("refs", this.refs.join(" "));
    const hall = { meeting: this.id, name: name.trim(), origin: this.origin };
    this.sender.add({ ref, thread: this.thread, body, at: new Date().toISOString(), hall });
  }

  correctable(message: MessageView): boolean {
    const at = Date.parse(message.at);
    return (message.state ?? "shown") === "shown" && this.now + this.ahead - at < CORRECTED_WITHIN;
  }

  correct(message: MessageView, body: string): Promise<boolean> {
    return this.tell("hall.correct", { message: message.id, body });
  }

  withdraw(message: MessageView): Promise<boolean> {
    return this.tell("hall.withdraw", { message: message.id });
  }

  protected override moved(): void {
    for (const one of this.snapshot.messages) {
      if (this.sender?.has(one.ref)) this.sender.confirmed(one.ref);
    }
  }

  protected override lined(): void {
    this.sender?.hurry();
    void this.sender?.flush();
  }
}
