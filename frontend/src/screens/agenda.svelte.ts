/** What of the agenda stands at the messages of a conversation, and what was discussed before. */

/** A need of before, as the server tells it. `answer` and `reason` may be empty. */
export interface Earlier {
  kenmerk: string;
  address: string;
  title: string;
  state: string;
  answer: string;
  reason: string;
  last: string | null;
}

const CALM = 1000; // milliseconds without a key, before what is typed is looked up
const SPREAD = 4000; // milliseconds over which readers ask again, when a need changed
const FEWEST = 12; // characters that may be about something

export class AgendaSide {
  /** By the id of a message: the kenmerk of the need that it is part of. */
  kenmerken = $state.raw<Record<string, string>>({});
  /** What was discussed before about what is being written. */
  earlier = $state.raw<Earlier[]>([]);
  private asked = "";
  private typing: ReturnType<typeof setTimeout> | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  /**
   * `place`: the neighbourhood's name in addresses; without it there is no agenda to ask.
   * `kenmerken`: JSON of those that stand in the page.
   */
  constructor(
    private readonly place?: string,
    kenmerken?: string | null,
  ) {
    if (kenmerken) this.kenmerken = JSON.parse(kenmerken) as Record<string, string>;
  }

  /** Something changed: ask which messages are on the agenda now; not all readers at once. */
  changed(thread: number | null): void {
    if (!this.place || thread === null || this.waiting !== undefined) return;
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      this.refresh(thread).catch(() => {}); // the next change asks again
    }, Math.random() * SPREAD);
  }

  /** Which messages of the conversation are on the agenda. */
  async refresh(thread: number): Promise<void> {
    const response = await fetch(`/n/${this.place}/agenda/gesprek/${thread}.json`);
    if (!response.ok) return;
    const found = (await response.json()) as Record<string, number[]>;
    const pairs = Object.entries(found).flatMap(([name, ids]) => ids.map((id) => [id, name]));
    this.kenmerken = Object.fromEntries(pairs) as Record<string, string>;
  }

  /** Look up what is being written, once the writer pauses. */
  typed(text: string, thread: number | null): void {
    clearTimeout(this.typing);
    const said = text.trim();
    if (said.length < FEWEST) this.earlier = [];
    if (!this.place || said.length < FEWEST || said === this.asked) return;
    this.typing = setTimeout(() => {
      this.asked = said;
      this.look(said, thread).catch(() => {}); // writing goes on without it
    }, CALM);
  }

  private async look(text: string, thread: number | null): Promise<void> {
    const body = new URLSearchParams({ text, thread: `${thread ?? ""}` });
    const response = await fetch(`/n/${this.place}/agenda/eerder`, { method: "POST", body });
    if (!response.ok || text !== this.asked) return;
    this.earlier = ((await response.json()) as { earlier: Earlier[] }).earlier;
  }
}
