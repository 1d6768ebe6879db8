/** A screen in the hall. It runs for days, by itself, and never asks anything. */

import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./styles/tokens.css";
import "./styles/screen.css";
import { mount } from "svelte";
import { decodeOpening } from "./protocol/decode";
import Screen from "./screens/Projector.svelte";
import { Projector } from "./screens/projector.svelte";
import { load } from "./strings/gettext";

const target = document.getElementById("screen");
const opening = document.getElementById("start")?.textContent;

if (target && opening) {
  load(document.getElementById("words")?.textContent);
  const { meeting = "0", token = "", stop = "" } = target.dataset;
  const projector = new Projector(
    decodeOpening(opening),
    Number(meeting),
    token,
    new Set(stop.split(" ")),
  );
  target.replaceChildren();
  mount(Screen, { target, props: { projector } });
}
