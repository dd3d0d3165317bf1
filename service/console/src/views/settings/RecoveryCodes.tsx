import { useState } from "preact/hooks";
import { t } from "../../i18n";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Field";
import { Notice } from "../../ui/Notice";
import { announce } from "../../ui/announce";
import "./settings.css";

/** Shown once, until the person says that they are kept. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [isKept, setIsKept] = useState(false);
  return (
    <div class="stack">
      <Notice tone="high" title={t("factor.codes.title")} alert>
        {t("factor.codes.text")}
      </Notice>
      <ol class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="row">
        <Button onClick={() => void navigator.clipboard.writeText(codes.join("\n")).then(() => announce(t("ui.copied")))}>{t("ui.copy")}</Button>
        <Button onClick={() => window.print()}>{t("ui.print")}</Button>
      </div>
      <Checkbox label={t("factor.codes.kept")} checked={isKept} onValue={setIsKept} />
      <div>
        <Button kind="primary" disabled={!isKept} onClick={onDone}>
          {t("ui.done")}
        </Button>
      </div>
    </div>
  );
}
