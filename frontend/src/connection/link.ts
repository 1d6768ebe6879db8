/**
 * The line to the server: a WebSocket, or long polling where a network blocks WebSockets.
 * Keeps trying; never gives up a place in the log. Knows nothing of screens.
 */

import { decode } from "../protocol/decode";
import type { Ack, AnyEvent, FromServer, Missed, Nack } from "../protocol/generated";
import { BANNED, delay, isFinal } from "./backoff";

export type Status = "connecting" | "catching_up" | "live" | "offline" | "ended";

export interface Position {
  after: number;
  epoch: string;
  since: number;
  staffAfter: number | null;
}

export interface Listener {
  frame(frame: FromServer): void;
  status(status: Status, text?: string): void;
  /** The place in the log is of no use any more: take a fresh snapshot, then call `connect`. */
  resync(): void;
  position(): Position;
}

export type Answer = Ack | Nack;
export type Request = { ref: string; type: string; [field: string]: unknown };

const ANSWER_WITHIN = 15_000;
const POLL_WAIT = 25;
const BLOCKED_AFTER = 2;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

export class Link {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private neverOpened = 0;
  private polling: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retryAfter: number | null = null;
  private answers = new Map<string, Waiting>();

  constructor(
    private readonly room: string,
    private readonly listener: Listener,
    /** The token of a screen, which reads as itself and as nobody else. */
    private readonly display?: string,
  ) {
    addEventListener("online", () => this.again());
    addEventListener("offline", () => listener.status("offline"));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.isOpen) this.again();
    });
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    clearTimeout(this.timer);
    this.drop();
    if (!this.polling) this.listener.status("connecting");
    const socket = new WebSocket(this.address());
    let opened = false;
    this.socket = socket;
    socket.onopen = () => {
      opened = true;
      this.neverOpened = 0;
      this.polling?.abort();
      this.listener.status("catching_up");
    };
    socket.onmessage = (message: MessageEvent<string>) => this.receive(message.data);
    socket.onclose = (event) => {
      if (this.socket === socket) this.closed(event.code, opened);
    };
  }

  /** A hint that needs no answer; dropped when there is no line. */
  hint(signal: { type: "typing"; thread: number } | { type: "seen"; seq: number }): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(signal));
  }

  /** Ask for a command. Rejects when no answer came: it may or may not have been carried out. */
  ask(command: Request): Promise<Answer> {
    return this.isOpen ? this.askSocket(command) : this.askHttp(command);
  }

  /** Connect anew, for example as someone else. */
  again(): void {
    this.attempt = 0;
    this.connect();
  }

  private askSocket(command: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { ref } = command;
      const late = setTimeout(
        () => this.settle(ref)?.reject(new Error("no answer")),
        ANSWER_WITHIN,
      );
      this.answers.set(ref, {
        resolve: (answer) => {
          clearTimeout(late);
          resolve(answer);
        },
        reject,
      });
      this.socket?.send(JSON.stringify(command));
    });
  }

  private async askHttp(command: Request): Promise<Answer> {
    const response = await fetch(`/live/${this.room}/commands`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(command),
    });
    return decode(await response.text()) as Answer;
  }

  private address(): string {
    const { after, epoch, since, staffAfter } = this.listener.position();
    const query = new URLSearchParams({ after: `${after}`, epoch, since: `${since}` });
    if (this.display) query.set("display", this.display);
    if (staffAfter !== null) {
      query.set("staff", "1");
      if (staffAfter > 0) query.set("staff_after", `${staffAfter}`);
    }
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    return `${scheme}//${location.host}/live/${this.room}?${query}`;
  }

  private receive(text: string): void {
    const frame = decode(text);
    if (frame.type === "welcome") {
      this.attempt = 0;
      if (frame.resume === "resync") return this.listener.resync();
      this.listener.status("live");
    }
    if (frame.type === "bye") {
      this.retryAfter = frame.retry_after ?? null;
      this.listener.status(isFinal(frame.code) ? "ended" : "connecting", frame.text);
    }
    if (frame.type === "ack" || frame.type === "nack") this.answered(frame);
    this.listener.frame(frame);
  }

  private answered(answer: Answer): void {
    if (answer.ref) this.settle(answer.ref)?.resolve(answer);
  }

  private settle(ref: string): Waiting | undefined {
    const found = this.answers.get(ref);
    this.answers.delete(ref);
    return found;
  }

  private closed(code: number, opened: boolean): void {
    this.socket = null;
    for (const ref of [...this.answers.keys()]) this.settle(ref)?.reject(new Error("line broken"));
    // Who may not write for a while still reads along, and is told until when.
    if (code === BANNED) return this.listener.resync();
    if (isFinal(code)) return;
    this.neverOpened = opened ? 0 : this.neverOpened + 1;
    if (!this.polling) this.listener.status(navigator.onLine ? "connecting" : "offline");
    if (this.neverOpened >= BLOCKED_AFTER && navigator.onLine) void this.poll();
    const given = this.retryAfter === null ? null : this.retryAfter * 1000;
    this.retryAfter = null;
    const wait = given ?? delay(this.attempt++, document.hidden, Math.random);
    this.timer = setTimeout(() => this.connect(), wait);
  }

  /** Long polling, until a WebSocket opens or the server can't be reached either. */
  private async poll(): Promise<void> {
    if (this.polling) return;
    const control = new AbortController();
    this.polling = control;
    try {
      let wait = 0;
      while (!control.signal.aborted) {
        const { after, epoch } = this.listener.position();
        const query = new URLSearchParams({ after: `${after}`, epoch, wait: `${wait}` });
        if (this.display) query.set("display", this.display);
        const response = await fetch(`/live/${this.room}/events?${query}`, control);
        if (!response.ok) break;
        const missed = decode(await response.text()) as Missed;
        if (missed.resume === "resync") return this.listener.resync();
        (missed.events as AnyEvent[]).forEach((event) => this.listener.frame(event));
        this.listener.status("live");
        wait = POLL_WAIT;
      }
    } catch {
      if (!control.signal.aborted) this.listener.status("offline");
    } finally {
      if (this.polling === control) this.polling = null;
    }
  }

  private drop(): void {
    const old = this.socket;
    this.socket = null;
    old?.close();
  }
}
