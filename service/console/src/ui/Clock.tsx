import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n";
import { formatDuration, formatWhen } from "../i18n/format";
import { createStore } from "../store";
import "./clock.css";

const second = createStore(Date.now());
let watchers = 0;
let ticker: ReturnType<typeof setInterval> | undefined;

/** The time, moving once a second for all who watch together. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (watchers++ === 0) ticker = setInterval(() => second.set(Date.now()), 1000);
    const end = second.watch(setNow);
    return () => {
      end();
      if (--watchers === 0) clearInterval(ticker);
    };
  }, []);
  return now;
}

/** How long until `until`; after it, for how long it is over. Not read out each second. */
export function Clock({ until, soonMs = 60_000 }: { until: string; soonMs?: number }) {
  const left = new Date(until).getTime() - useNow();
  const tone = left < 0 ? "over" : left < soonMs ? "soon" : "";
  const text = formatDuration(left);
  return (
    <time class={`clock ${tone}`} dateTime={until} title={formatWhen(until)} role="timer" aria-live="off">
      {left < 0 ? t("clock.over", { time: text }) : t("clock.left", { time: text })}
    </time>
  );
}

/** How long ago, or at what time, drawn anew as it passes. */
export function Ago({ at }: { at: string }) {
  const passed = useNow() - new Date(at).getTime();
  return (
    <time dateTime={at} title={formatWhen(at)} class="numeric">
      {passed < 60_000 ? t("clock.now") : t("clock.ago", { time: formatDuration(passed - (passed % 60_000)).replace(/ 0\D.*$/, "") })}
    </time>
  );
}
