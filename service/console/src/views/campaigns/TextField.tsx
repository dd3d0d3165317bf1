import { useEffect, useState } from "preact/hooks";
import { post, type Schemas } from "../../api/client";
import { t } from "../../i18n";
import { Checkbox, Field, TextArea } from "../../ui/Field";

type Measured = Schemas["MeasuredText"];
interface Text {
  language: string;
  body: string;
  isStripped: boolean;
}
const pauseMs = 400;

/** One text of a campaign, measured as it is typed: how many parts each person would get, and which letters cost. */
export function TextField({ value, onValue, fault }: { value: Text; onValue: (change: Partial<Text>) => void; fault?: string | undefined }) {
  const measured = useMeasured(value.body);
  const sent = value.isStripped ? measured?.unaccented : measured;
  return (
    <div class="stack tight">
      <Field label={t("campaigns.language")} hint={t("campaigns.language.hint")} maxLength={12} value={value.language} onValue={(language) => onValue({ language })} />
      <TextArea label={t("campaigns.body")} hint={t("campaigns.body.hint")} value={value.body} onValue={(body) => onValue({ body })} fault={fault} />
      <Checkbox label={t("campaigns.strip")} hint={t("campaigns.strip.hint")} checked={value.isStripped} onValue={(isStripped) => onValue({ isStripped })} />
      <div aria-live="polite" class="stack tight">
        {measured && sent && (
          <>
            <p>
              {t("campaigns.parts", { n: sent.parts })} {t("campaigns.room", { left: sent.left })}
            </p>
            {!value.isStripped && measured.outside_gsm7.length > 0 && <p class="soft small">{t("campaigns.costly", { letters: [...new Set(measured.outside_gsm7.map((one) => one.character))].join(" ") })}</p>}
            <div class="words">
              <div class="small soft">{t("campaigns.asSent")}</div>
              <bdi class="citizen" dir="auto">
                {sent.text}
              </bdi>
            </div>
          </>
        )}
      </div>
    </div>
  );
}

function useMeasured(text: string): Measured | null {
  const [held, setHeld] = useState<{ text: string; measured: Measured } | null>(null);
  useEffect(() => {
    if (text.trim() === "") return undefined;
    const end = new AbortController();
    const timer = setTimeout(() => {
      post("/api/v1/texts/measure", { body: { text }, signal: end.signal }).then(
        (measured) => setHeld({ text, measured }),
        () => undefined, // the figures are missing; saving tells what is wrong
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [text]);
  return text.trim() === "" ? null : (held?.measured ?? null);
}
