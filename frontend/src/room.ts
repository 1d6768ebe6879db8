/** The live room: takes over the conversation that the server rendered. */

import { mount } from "svelte";
import { decodeOpening } from "./protocol/decode";
import Room from "./screens/Room.svelte";
import { load } from "./strings/gettext";

const target = document.getElementById("conversation");
const opening = document.getElementById("opening")?.textContent;

if (target && opening) {
  load(document.getElementById("words")?.textContent);
  const typed = target.querySelector<HTMLTextAreaElement>("textarea")?.value ?? "";
  const ready = document.createElement("div");
  mount(Room, {
    target: ready,
    props: { opening: decodeOpening(opening) },
  });
  target.replaceChildren(...ready.childNodes);
  const field = target.querySelector<HTMLTextAreaElement>("#composer-body");
  if (field && typed) field.value = typed;
}
