/** Putting down what people say in the hall. */

import "./styles/run.css";
import { mount } from "svelte";
import { decodeOpening } from "./protocol/decode";
import Page from "./screens/Scribe.svelte";
import { Scribe } from "./screens/scribe.svelte";
import { load } from "./strings/gettext";

const target = document.getElementById("scribe");
const opening = document.getElementById("start")?.textContent;

if (target && opening) {
  load(document.getElementById("words")?.textContent);
  const scribe = new Scribe(decodeOpening(opening), Number(target.dataset.meeting));
  target.replaceChildren();
  mount(Page, { target, props: { scribe } });
}
