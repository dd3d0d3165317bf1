import type { Schemas } from "../../api/client";
import { line } from "../../api/line";
import { t } from "../../i18n";
import { useStore } from "../../store";
import { Notice, type Tone } from "../../ui/Notice";

type Status = Schemas["Status"];
interface Alarm {
  tone: Tone;
  title: string;
  /** In the service's own words. */
  words: readonly string[];
}

function alarmsOf(status: Status): Alarm[] {
  const alarms: Alarm[] = [];
  const add = (tone: Tone, title: string, words: readonly string[] = []) => alarms.push({ tone, title, words });
  if (status.state === "down") add("critical", t("alarm.down"));
  if (status.state === "draining") add("high", t("alarm.draining"));
  if (status.database && status.database.state !== "up") add("critical", t(`alarm.database.${status.database.state}`));
  for (const one of status.gateways) {
    if (one.state === "down" || one.state === "refused") add("critical", t("alarm.gateway", { name: one.name }), one.reason ? [one.reason] : []);
    else if (one.paused) add("high", t("alarm.paused", { name: one.name }));
  }
  if (status.watch?.objections.length) add("critical", t("alarm.objections"), status.watch.objections);
  if (status.watch?.silent_lines.length) add("high", t("alarm.silent"), status.watch.silent_lines);
  const uncovered = status.coverage?.units_without_duty ?? [];
  if (uncovered.length) add("high", t("alarm.coverage", { n: uncovered.length }), [uncovered.join(", ")]);
  if (!alarms.length && status.state === "degraded") add("high", t("alarm.degraded"));
  return alarms;
}

/** What needs a human; one calm line if nothing does. */
export function Alarms({ status }: { status: Status }) {
  const alarms = alarmsOf(status);
  const isPresent = useStore(line) === "up";
  return (
    <section class="stack tight" aria-label={t("today.alarms")} aria-live="polite">
      {alarms.length === 0 && isPresent && <Notice tone="good">{t("today.alarms.none")}</Notice>}
      {alarms.map((alarm) => (
        <Notice key={alarm.title} tone={alarm.tone} title={alarm.title}>
          {alarm.words.map((words) => (
            <p key={words} class="small">
              {words}
            </p>
          ))}
        </Notice>
      ))}
    </section>
  );
}
