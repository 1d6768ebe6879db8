/** The live room: takes over the conversation that the server rendered. */

import { mount } from "svelte";
import { decodeOpening } from "./protocol/decode";
import { AgendaSide } from "./screens/agenda.svelte";
import { RoomModel } from "./screens/model.svelte";
import Room from "./screens/Room.svelte";
import { load } from "./strings/gettext";
import { carried } from "./ui/carried";
import Elsewhere from "./ui/Elsewhere.svelte";
import { closeMenus } from "./ui/menus";
import NeedList from "./ui/NeedList.svelte";
import Phase from "./ui/Phase.svelte";
import ThreadList from "./ui/ThreadList.svelte";

const target = document.getElementById("conversation");
const opening = document.getElementById("opening")?.textContent;

if (target && opening) {
  load(document.getElementById("words")?.textContent);
  const typed = target.querySelector<HTMLTextAreaElement>("textarea")?.value ?? "";
  const onAgenda = document.getElementById("on-agenda");
  const agenda = new AgendaSide(onAgenda?.dataset.place, onAgenda?.textContent);
  const model = new RoomModel(decodeOpening(opening), agenda);
  model.keepDraft(typed || model.draft());
  model.explains = target.querySelector(".stances-told") !== null;
  take(target, (place) => mount(Room, { target: place, props: { model } }));
  const threads = document.querySelector(".thread-list");
  closeMenus();
  if (threads) take(threads, (place) => mount(ThreadList, { target: place, props: { model } }));
  const elsewhere = document.querySelector(".room-elsewhere");
  if (elsewhere) take(elsewhere, (place) => mount(Elsewhere, { target: place, props: { model } }));
  const needs = document.querySelector("#needs .need-lines");
  if (needs) take(needs, (place) => mount(NeedList, { target: place, props: { model } }));
  const phase = document.querySelector(".phase");
  if (phase) take(phase, (place) => mount(Phase, { target: place, props: { model } }));
}

/** Build beside the page and swap in one go, so that nothing jumps. */
function take(target: Element, build: (place: Element) => void): void {
  const place = document.createElement("div");
  build(place);
  const refocus = carried(target, place);
  target.replaceChildren(...place.childNodes);
  refocus();
}
