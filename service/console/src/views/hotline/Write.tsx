import { useEffect, useState } from "preact/hooks";
import { post, type Schemas } from "../../api/client";
import { isAborted } from "../../api/error";
import { t, tMaybe } from "../../i18n";
import { ConfirmButton } from "../../ui/ConfirmButton";
import { TextArea } from "../../ui/Field";
import { Notice } from "../../ui/Notice";
import { useDraft } from "../../ui/useDraft";
import { Panel } from "./CasePage";

type Check = Schemas["ReporterCheck"];
const pauseMs = 400;

/** A text to the reporter, held against the rules of discretion as it is typed: by the same door that would let it out. */
export function Write({ code, done }: { code: string; done: () => void }) {
  const draft = useDraft(`hotline.${code}.write`, "");
  const check = useCheck(code, draft.value);
  return (
    <Panel id="write" title={t("hotline.write")}>
      <TextArea label={t("hotline.write.text")} hint={t("hotline.write.hint")} value={draft.value} onValue={draft.set} />
      <div class="stack tight" aria-live="polite">
        {check && <Checked check={check} />}
      </div>
      <div>
        <ConfirmButton
          kind="primary"
          label={t("hotline.write.send")}
          disabled={!check?.sendable}
          title={t("hotline.write.ask")}
          confirm={t("hotline.write.do")}
          action={async () => {
            await post("/api/v1/cases/{code}/messages", { path: { code }, body: { text: draft.value } });
            draft.clear();
            done();
          }}
          done={t("hotline.write.done")}
        >
          <bdi class="citizen words" dir="auto">
            {check?.text ?? draft.value}
          </bdi>
        </ConfirmButton>
      </div>
    </Panel>
  );
}

function Checked({ check }: { check: Check }) {
  if (check.bar) return <Notice tone="critical" title={t(`hotline.bar.${check.bar}`)} />;
  return (
    <>
      {check.objections.map((one) => (
        <Notice key={`${one.at}.${one.offence}`} tone="critical" title={t(`hotline.offence.${one.offence}`)}>
          {one.found ? t("hotline.offence.at", { found: one.found, at: one.at }) : t("hotline.offence.where", { at: one.at })}
        </Notice>
      ))}
      {check.refusal && check.objections.length === 0 && <Notice tone="critical" title={tMaybe(`refusal.${check.refusal}`) ?? check.refusal} />}
      <p class="soft small">{t("hotline.write.parts", { n: check.parts, left: check.left })}</p>
    </>
  );
}

/** What the door would say; of an empty text nothing. */
function useCheck(code: string, text: string): Check | null {
  const [held, setHeld] = useState<{ text: string; check: Check } | null>(null);
  useEffect(() => {
    if (text.trim() === "") return undefined;
    const end = new AbortController();
    const timer = setTimeout(() => {
      post("/api/v1/cases/{code}/messages/check", { path: { code }, body: { text }, signal: end.signal }).then(
        (check) => setHeld({ text, check }),
        (thrown: unknown) => {
          if (!isAborted(thrown)) setHeld(null);
        },
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [code, text]);
  return held?.text === text ? held.check : null;
}
