import { endSession } from "../api/leave";

const pressesToLeave = 3;
const withinMs = 1500;
/** The window's name lasts as long as the tab; the sign-out has the browser forget all storage of this site. */
const left = "left";

/** Leaves at once: nothing of the page stays to be seen, the session ends, and "back" does not lead here. */
export function quickExit(): void {
  document.title = "Lịch";
  document.documentElement.replaceChildren(document.createElement("body"));
  void endSession();
  window.name = left;
  location.replace("/calendar.html");
}

/** Whether this page was come back to, with "back", after a quick exit: then it shows nothing. */
export function cameBackAfterExit(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const hasLeft = window.name === left;
  if (hasLeft && entry && entry.type !== "navigate") return true;
  if (hasLeft) window.name = "";
  return false;
}

/** Esc three times in a row leaves, wherever the focus is. */
export function listenForExit(): void {
  let presses: number[] = [];
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape") {
        presses = [];
        return;
      }
      if (event.repeat) return;
      const now = performance.now();
      presses = [...presses.filter((at) => now - at < withinMs), now];
      if (presses.length >= pressesToLeave) quickExit();
    },
    { capture: true },
  );
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
