import { useEffect, useRef } from "preact/hooks";
import { get } from "../../api/client";
import { t } from "../../i18n";
import { announce } from "../../ui/announce";
import { chime } from "../../ui/chime";
import { useQuery } from "../../ui/useQuery";

const blinkMs = 1500;
const lookedAtMax = 200;

/**
 * A critical case that was not there before is heard, read out, and seen in the window's title, in words that tell a
 * stranger nothing, until the window is looked at.
 */
export function useCriticalAlert(): void {
  const open = useQuery(async (signal) => (await get("/api/v1/cases", { query: { state: "open", limit: lookedAtMax }, signal })).items, [], { topics: ["case"] });
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (!open.data) return;
    const now = new Set(open.data.filter((one) => one.urgency === "critical").map((one) => one.code));
    const before = known.current;
    known.current = now;
    if (!before || ![...now].some((code) => !before.has(code))) return;
    chime();
    announce(t("hotline.newCritical"));
    return blinkTitle();
  }, [open.data]);
}

function blinkTitle(): () => void {
  const title = document.title;
  let isMarked = false;
  const timer = setInterval(() => {
    isMarked = !isMarked;
    document.title = isMarked ? `(!) ${title}` : title;
  }, blinkMs);
  const end = () => {
    clearInterval(timer);
    if (document.title === `(!) ${title}`) document.title = title;
    window.removeEventListener("focus", end);
    document.removeEventListener("pointerdown", end);
    document.removeEventListener("keydown", end);
  };
  window.addEventListener("focus", end);
  document.addEventListener("pointerdown", end);
  document.addEventListener("keydown", end);
  return end;
}
