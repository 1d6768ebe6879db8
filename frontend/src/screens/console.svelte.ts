/** Who runs a meeting or writes for it: its conversations, a clock, and commands that are answered. */

import type { Answer, Request } from "../connection/link";
import type { Opening } from "../protocol/generated";
import { newRef } from "../state/ref";
import { Follower } from "./follower.svelte";

export class Console extends Follower {
  now = $state(Date.now());
  notice = $state<string | undefined>();
  /** The conversation that one is busy with. */
  thread = $state<number | null>(null);
  readonly threads = $derived(
    this.snapshot.threads.filter((one) => (one.state ?? "open") === "open"),
  );

  constructor(opening: Opening, meeting: number, tick: number) {
    super(opening, meeting);
    setInterval(() => (this.now = Date.now()), tick);
  }

  /** Carry out a command. Whether it was done; what was refused, or did not arrive, is said. */
  protected async tell(type: string, fields: object): Promise<boolean> {
    this.notice = undefined;
    const answer = await this.ask({ ref: newRef(), type, ...fields }).catch(() => null);
    if (answer?.type !== "ack") this.notice = answer?.text ?? "";
    return answer?.type === "ack";
  }

  protected ask(command: Request): Promise<Answer> {
    return this.link.ask(command);
  }
}
