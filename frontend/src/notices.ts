/**
 * The switch on the page of notices: does this device show them, also while the site is closed?
 * Every sentence stands in the page already; here is only decided which of them is shown.
 */

type State = "unable" | "install" | "denied" | "unanswered" | "off" | "busy" | "failed" | "on";
const PATIENCE = 20_000; // milliseconds for the service worker, and for the browser's own service
const PRESSED: State[] = ["off", "unanswered", "failed", "busy"];

const part = document.getElementById("push");
const button = part?.querySelector<HTMLButtonElement>("button[type=button]");

if (part?.dataset.key && button) {
  const states = [...part.querySelectorAll<HTMLElement>("[data-state]")];
  const show = (state: State, words = "") => {
    for (const one of states) {
      one.hidden = one.dataset.state !== state;
      if (words && !one.hidden) one.textContent = words;
    }
    button.hidden = !PRESSED.includes(state);
    button.setAttribute("aria-disabled", String(state === "busy"));
  };
  button.addEventListener("click", () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    part.querySelector("[data-states]")?.setAttribute("aria-live", "polite");
    turnOn(part.dataset, show).catch(() => show("failed"));
  });
  void asItIs(part).then(show);
}

async function asItIs(part: HTMLElement): Promise<State> {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  // An iPhone can, but only from its home screen; no other browser has this property.
  if (!able) return "standalone" in navigator ? "install" : "unable";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  const rows = [...part.querySelectorAll<HTMLElement>("[data-endpoint]")];
  const row = rows.find((one) => one.dataset.endpoint === subscription?.endpoint);
  if (!row || !subscription) return "off";
  row.querySelector<HTMLElement>("[data-here]")?.removeAttribute("hidden");
  const form = row.querySelector("form");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void subscription.unsubscribe().finally(() => form.submit());
  });
  return "on";
}

async function turnOn(
  { key, address = "" }: DOMStringMap,
  show: (state: State, words?: string) => void,
): Promise<void> {
  const answer = await Notification.requestPermission();
  if (answer !== "granted") return show(answer === "denied" ? "denied" : "unanswered");
  show("busy");
  const { pushManager } = await inTime(navigator.serviceWorker.ready);
  // One that the server does not know, perhaps made with another key.
  await (await pushManager.getSubscription())?.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const made = await inTime(pushManager.subscribe(options));
  const { endpoint = "", keys = {} } = made.toJSON();
  const body = new URLSearchParams({ endpoint, ...keys });
  const said = await fetch(address, { method: "POST", body });
  if (!said.ok) {
    await made.unsubscribe();
    const { text } = (await said.json()) as { text?: string };
    return show("failed", text);
  }
  location.hash = "push";
  location.reload();
}

function inTime<T>(wanted: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, fail) => setTimeout(fail, PATIENCE));
  return Promise.race([wanted, late]);
}
