/** What a writer may want to think about before sending. The server looks; the writer decides. */

/** Pieces of the text: what may come across hard, and what is private. */
export interface Found {
  heated: string[];
  private: string[];
}

export type Outcome = "asked" | "changed" | "sent" | "dropped";

const ADDRESS = "/toon";
const CALM = 700; // milliseconds without a key, before what is typed is looked at
const PATIENCE = 400; // milliseconds that sending waits for it

export class Tone {
  private about = "";
  private found: Promise<Found | null> = Promise.resolve(null);
  private typing: ReturnType<typeof setTimeout> | undefined;

  /** `on`: the writer did not switch it off. */
  constructor(private readonly on: boolean) {}

  /** Look at what is being written, once the writer pauses. */
  typed(text: string): void {
    clearTimeout(this.typing);
    if (this.on && text.trim()) this.typing = setTimeout(() => void this.look(text), CALM);
  }

  /** What there is to think about in this; nothing where the server takes too long to say so. */
  async of(text: string): Promise<Found | null> {
    if (!this.on) return null;
    clearTimeout(this.typing);
    const late = new Promise<null>((done) => setTimeout(() => done(null), PATIENCE));
    const found = await Promise.race([this.look(text), late]);
    return found && found.heated.length + found.private.length > 0 ? found : null;
  }

  /** Counted without the words, and without who it was. */
  count(how: Outcome): void {
    post({ how }).catch(() => {}); // a count that is missed is no harm
  }

  private look(text: string): Promise<Found | null> {
    if (text !== this.about) {
      this.about = text;
      this.found = ask(text).catch(() => null);
    }
    return this.found;
  }
}

async function ask(text: string): Promise<Found | null> {
  const response = await post({ text });
  return response.ok ? ((await response.json()) as Found) : null;
}

function post(fields: Record<string, string>): Promise<Response> {
  return fetch(ADDRESS, { method: "POST", body: new URLSearchParams(fields), keepalive: true });
}
