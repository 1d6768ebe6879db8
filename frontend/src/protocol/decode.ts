/** Frames from the server. A frame or field that is not in the protocol is an error. */

import { FRAMES, SHAPES, type FromServer, type Opening } from "./generated";

export class ProtocolError extends Error {}

type Fields = Record<string, readonly [boolean, string | null]>;

export function decode(text: string): FromServer {
  const frame: unknown = JSON.parse(text);
  checkFrame(frame);
  return frame as FromServer;
}

export function decodeOpening(text: string): Opening {
  const opening: unknown = JSON.parse(text);
  check(opening, "Opening");
  return opening as Opening;
}

function checkFrame(frame: unknown): void {
  const tag = isRecord(frame) ? frame.type : undefined;
  const name = typeof tag === "string" && Object.hasOwn(FRAMES, tag) ? FRAMES[tag] : undefined;
  if (!name) throw new ProtocolError(`unknown frame ${String(tag)}`);
  const { type: _type, ...fields } = frame as Record<string, unknown>;
  check(fields, name);
  if (tag === "missed") (fields.events as unknown[]).forEach(checkFrame);
}

function check(value: unknown, name: string): void {
  if (!isRecord(value)) throw new ProtocolError(`${name} is not an object`);
  const fields = (SHAPES as unknown as Record<string, Fields>)[name] ?? {};
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(fields, key)) throw new ProtocolError(`unknown field ${name}.${key}`);
  }
  for (const [key, [required, held]] of Object.entries(fields)) {
    const found = value[key];
    if (found === undefined && required) throw new ProtocolError(`missing field ${name}.${key}`);
    if (held && found !== undefined && found !== null) {
      (Array.isArray(found) ? found : [found]).forEach((item) => check(item, held));
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
