import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./Button";

/**
 * Words that somebody sent: plain, each direction of writing kept within, long ones clipped with a way to read on.
 */
export function Citizen({ text, clipAt = 600 }: { text: string; clipAt?: number }) {
  const [whole, setWhole] = useState(false);
  const letters = [...text.slice(0, clipAt * 2 + 2)];
  const isLong = letters.length > clipAt;
  return (
    <div class="stack tight">
      <bdi class="citizen" dir="auto">
        {isLong && !whole ? `${letters.slice(0, clipAt).join("")}…` : text}
      </bdi>
      {isLong && (
        <div>
          <Button kind="quiet" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? t("ui.less") : t("ui.readOn")}
          </Button>
        </div>
      )}
    </div>
  );
}
