import { useState } from "preact/hooks";
import { get, post } from "../../api/client";
import { t } from "../../i18n";
import { formatWhen } from "../../i18n/format";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { Checkbox, Field, Radios } from "../../ui/Field";
import { Loaded } from "../../ui/Loaded";
import { useQuery } from "../../ui/useQuery";
import { Panel } from "./CasePage";

const channels = ["text", "call", "none"] as const;
const first = { channel: "text" as (typeof channels)[number], isExplicit: false, hours: "", word: "", duress: "" };

/** How and when the person may be reached without harm. Without it nothing is begun from here. */
export function SafeContact({ code }: { code: string }) {
  const contact = useQuery((signal) => get("/api/v1/cases/{code}/safe-contact", { path: { code }, signal }), [code]);
  const [form, setForm] = useState(first);
  const set = (change: Partial<typeof first>) => setForm({ ...form, ...change });
  return (
    <Panel id="safe" title={t("hotline.safe")}>
      <Loaded of={contact}>
        {(now) =>
          now.recorded ? (
            <dl class="facts">
              <div>
                <dt>{t("hotline.safe.channel")}</dt>
                <dd>{t(`hotline.safe.channel.${now.channel ?? "none"}`)}</dd>
              </div>
              <div>
                <dt>{t("hotline.safe.hours")}</dt>
                <dd class="numeric">{now.hours?.join(", ") || t("hotline.safe.anyTime")}</dd>
              </div>
              <div>
                <dt>{t("hotline.safe.words")}</dt>
                <dd>{[now.has_word && t("hotline.safe.word"), now.has_duress_word && t("hotline.safe.duress")].filter(Boolean).join(", ") || "–"}</dd>
              </div>
              {now.expires_at && (
                <div>
                  <dt>{t("hotline.safe.until")}</dt>
                  <dd>{formatWhen(now.expires_at)}</dd>
                </div>
              )}
            </dl>
          ) : (
            <p>{t("hotline.safe.none")}</p>
          )
        }
      </Loaded>
      <div>
        <ConfirmButton
          kind="plain"
          label={t("hotline.safe.record")}
          title={t("hotline.safe.record")}
          confirm={t("hotline.safe.do")}
          action={async () => {
            const hours = form.hours.split(/[,;]/).map((one) => one.trim()).filter(Boolean);
            await post("/api/v1/cases/{code}/safe-contact", {
              path: { code },
              body: {
                channel: form.channel,
                content: form.isExplicit ? "explicit" : "neutral",
                ...(form.isExplicit && { consent: true }),
                ...(hours.length > 0 && { hours }),
                ...(form.word.trim() && { word: form.word.trim() }),
                ...(form.duress.trim() && { duress_word: form.duress.trim() }),
              },
            });
            setForm(first);
            contact.reload();
          }}
          done={t("hotline.safe.done")}
        >
          <Radios label={t("hotline.safe.channel")} value={form.channel} onValue={(channel) => set({ channel })} choices={channels.map((value) => ({ value, label: t(`hotline.safe.channel.${value}`) }))} />
          <Field label={t("hotline.safe.hours")} hint={t("hotline.safe.hours.hint")} optional value={form.hours} onValue={(hours) => set({ hours })} />
          <Field label={t("hotline.safe.word")} hint={t("hotline.safe.word.hint")} optional autocomplete="off" value={form.word} onValue={(word) => set({ word })} />
          <Field label={t("hotline.safe.duress")} hint={t("hotline.safe.duress.hint")} optional autocomplete="off" value={form.duress} onValue={(duress) => set({ duress })} />
          <Checkbox label={t("hotline.safe.explicit")} hint={t("hotline.safe.explicit.hint")} checked={form.isExplicit} onValue={(isExplicit) => set({ isExplicit })} />
        </ConfirmButton>
      </div>
    </Panel>
  );
}
