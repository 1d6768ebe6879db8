import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, it, vi } from "vitest";
import type { Opening } from "../protocol/generated";
import { RoomModel } from "../screens/model.svelte";
import Room from "../screens/Room.svelte";

const at = "2026-05-01T19:30:00Z";
let socket: { onmessage?: (event: { data: string }) => void; onopen?: () => void };

class FakeSocket {
  static readonly OPEN = 1;
  readyState = 1;
  constructor() {
    socket = this as typeof socket;
  }
  send() {}
  close() {}
}

const limits = { message: 2000, title: 120, name: 40, edit_minutes: 15, frame_bytes: 32768 };
const thread = { id: 1, title: "Plein", kind: "need" as const, opened_at: at };
const you = { id: 7, name: "Bo", may: ["message.post", "stance.take"] };

function opening(): Opening {
  const room = { slug: "plein", title: "Plein", neighbourhood: "Kade" };
  const snapshot = { room, epoch: "e", head: 0, threads: [thread], messages: [] };
  return { snapshot, at, limits, stances: {}, you, thread: 1 };
}

function posted(seq: number): string {
  const message = { id: seq, ref: `r${seq}`, thread: 1, seq, at, author: { id: 1, name: "A" } };
  const whole = { ...message, body: `bericht ${seq}` };
  return JSON.stringify({ type: "message.posted", seq, at, message: whole, thread_messages: seq });
}

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal("WebSocket", FakeSocket);
});

it("no event ever re-renders the composer", async () => {
  const { container } = render(Room, { model: new RoomModel(opening()) });
  const field = container.querySelector<HTMLTextAreaElement>("#composer-body")!;
  field.focus();
  field.value = "half geschreven";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.setSelectionRange(2, 5);
  for (let seq = 1; seq <= 50; seq += 1) socket.onmessage?.({ data: posted(seq) });
  await tick();
  expect(container.querySelectorAll("article.message")).toHaveLength(50);
  expect(container.querySelector("#composer-body")).toBe(field);
  expect(field.value).toBe("half geschreven");
  expect([field.selectionStart, field.selectionEnd]).toEqual([2, 5]);
  expect(document.activeElement).toBe(field);
});

it("shows words as text, never as HTML", async () => {
  const { container } = render(Room, { model: new RoomModel(opening()) });
  const hostile = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
  const frame = JSON.parse(posted(1)) as { message: { body: string } };
  frame.message.body = hostile;
  socket.onmessage?.({ data: JSON.stringify(frame) });
  await tick();
  expect(container.querySelector(".message-text")?.textContent).toBe(hostile);
  expect(container.querySelector(".message-text img")).toBeNull();
});

it("asks for what is missing when a number is skipped", async () => {
  const { container } = render(Room, { model: new RoomModel(opening()) });
  socket.onmessage?.({ data: posted(1) });
  const before = socket;
  socket.onmessage?.({ data: posted(3) });
  await tick();
  expect(socket).not.toBe(before); // connected anew, from number 1
  expect(container.querySelectorAll("article.message")).toHaveLength(1);
});

it("sends what stood there, once, while a name is being chosen and more is typed", async () => {
  const model = new RoomModel({ ...opening(), you: null });
  let chosen: (value: null) => void = () => {};
  const join = vi.fn(() => new Promise<null>((resolve) => (chosen = resolve)));
  model.join = join;
  const posted = vi.spyOn(model, "post");
  const { container } = render(Room, { model });
  const field = container.querySelector<HTMLTextAreaElement>("#composer-body")!;
  const form = container.querySelector<HTMLFormElement>(".composer")!;
  container.querySelector<HTMLInputElement>("#composer-name")!.value = "Nieuwe buur";
  const write = (text: string) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    form.requestSubmit();
  };
  write("Het eerste.");
  form.requestSubmit();
  await vi.waitFor(() => expect(join).toHaveBeenCalled());
  field.value = "Het tweede, nog niet af";
  chosen(null);
  await vi.waitFor(() => expect(posted).toHaveBeenCalled());
  expect(posted.mock.calls).toEqual([["Het eerste.", null]]);
  expect(field.value).toBe("Het tweede, nog niet af");
});
