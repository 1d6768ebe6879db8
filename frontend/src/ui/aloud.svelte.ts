/** Reading aloud with the voice of the browser: one message at a time, stopped by asking again. */

import type { MessageView } from "../protocol/generated";
import { words } from "../strings/room";

class Aloud {
  readonly possible = "speechSynthesis" in globalThis;
  speaking = $state<number | null>(null);

  label(message: MessageView): string {
    return this.speaking === message.id ? words.stopReading() : words.readAloud();
  }

  /** Says who wrote a message and what, or stops when it was saying that. */
  toggle(message: MessageView): void {
    const { id } = message;
    const again = this.speaking === id;
    speechSynthesis.cancel();
    this.speaking = null;
    if (again) return;
    const who = message.author?.name ?? words.someone();
    const said = new SpeechSynthesisUtterance(words.said(who, message.body ?? ""));
    said.lang = document.documentElement.lang;
    said.onend = said.onerror = () => {
      if (this.speaking === id) this.speaking = null;
    };
    this.speaking = id;
    speechSynthesis.speak(said);
  }
}

export const aloud = new Aloud();
