/** Messages as the eye meets them: day lines, the unread line, tombstones together. Pure. */

import type { MessageView } from "../protocol/generated";

export type Row =
  | { kind: "day"; key: string; date: string }
  | { kind: "unread"; key: string }
  | { kind: "tombstones"; key: string; messages: MessageView[] }
  | { kind: "message"; key: string; message: MessageView; follows: boolean };

const CLOSE = 5 * 60 * 1000; // milliseconds within which a next message needs no new name

export function rows(
  messages: readonly MessageView[],
  day: (at: string) => string,
  unreadAfter: number | null,
): Row[] {
  const found: Row[] = [];
  let previous: MessageView | undefined;
  let marked = unreadAfter === null;
  for (const message of messages) {
    const newDay = !previous || day(previous.at) !== day(message.at);
    if (newDay) found.push({ kind: "day", key: `day-${message.id}`, date: message.at });
    if (!marked && message.seq > (unreadAfter ?? 0)) {
      marked = true;
      if (previous) found.push({ kind: "unread", key: "unread" });
    }
    push(found, message, previous);
    previous = message;
  }
  return found;
}

function push(found: Row[], message: MessageView, previous: MessageView | undefined): void {
  const last = found.at(-1);
  if ((message.state ?? "shown") !== "shown") {
    if (last?.kind === "tombstones") last.messages.push(message);
    else found.push({ kind: "tombstones", key: `gone-${message.id}`, messages: [message] });
    return;
  }
  const follows =
    last?.kind === "message" &&
    previous?.author?.id === message.author?.id &&
    !message.reply_to &&
    Date.parse(message.at) - Date.parse(previous?.at ?? "") < CLOSE;
  found.push({ kind: "message", key: `m${message.id}`, message, follows });
}

/** At most `most` messages: those at the end, or with `oldest` those at the beginning. */
export function trimmed(
  messages: readonly MessageView[],
  most: number,
  oldest = false,
): MessageView[] {
  return oldest ? messages.slice(0, most) : messages.slice(Math.max(0, messages.length - most));
}
