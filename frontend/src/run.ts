/** The console of who runs a meeting. */

import "./styles/run.css";
import { mount } from "svelte";
import { decodeOpening } from "./protocol/decode";
import Console from "./screens/Run.svelte";
import { Run } from "./screens/run.svelte";
import { load } from "./strings/gettext";

const target = document.getElementById("run");
const opening = document.getElementById("start")?.textContent;

if (target && opening) {
  load(document.getElementById("words")?.textContent);
  const { meeting, hall, online } = target.dataset;
  const run = new Run(decodeOpening(opening), Number(meeting), {
    hall: Number(hall),
    online: Number(online),
  });
  target.replaceChildren();
  mount(Console, { target, props: { run } });
}
