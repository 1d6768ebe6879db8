/** Every page: styles and fonts. Pages work without any script. */

import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "./styles/index.css";
import { listen } from "./ui/bell";

const WORKER = "/sw.js";

interface Policies {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): { createScriptURL: (address: string) => string };
}

/** The one script that may be started by its address. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  if (!trustedTypes) return address;
  const only = (wanted: string) => (wanted === WORKER ? wanted : "");
  return trustedTypes.createPolicy("worker", { createScriptURL: only }).createScriptURL(address);
}

function register(): void {
  // Where it can't be had (no https, a private window), everything else works.
  navigator.serviceWorker.register(trusted(WORKER)).catch(() => {});
}

// Once the page is there and has nothing else to do: a slow line is for the conversation first.
if ("serviceWorker" in navigator) addEventListener("load", () => setTimeout(register, 3000));

listen();
