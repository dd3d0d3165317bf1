import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/error";
import { t, tMaybe } from "../i18n";
import { formatDuration } from "../i18n/format";
import { Button } from "./Button";
import "./notice.css";

export type Tone = "plain" | "good" | "high" | "critical";
const signs: Record<Tone, string> = { plain: "i", good: "✓", high: "!", critical: "!!" };

/** Something to know. `alert` is read out at once; other notices are read where they stand. */
export function Notice({ tone = "plain", title, alert = false, children }: { tone?: Tone; title?: string; alert?: boolean; children?: ComponentChildren }) {
  return (
    <div class={`notice ${tone}`} role={alert ? "alert" : undefined}>
      <span class="sign" aria-hidden="true">
        {signs[tone]}
      </span>
      <div class="stack tight">
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}

/** Of these the service's own words say nothing more to a person. */
const wordless = new Set(["unauthorized", "form_token", "not_your_role", "change_password", "wrong_password", "wrong_code", "too_many_tries"]);

/** What happened, and what to do, in the user's language; the service's own words and places stand under it. */
export function ErrorNotice({ error, retry }: { error: ApiError; retry?: (() => void) | undefined }) {
  const faults = [...error.faults];
  return (
    <Notice tone="critical" alert title={tMaybe(`problem.${error.type}`) ?? t("problem.unknown")}>
      <p>{tMaybe(`todo.${error.type}`) ?? t("todo.unknown")}</p>
      {error.refusal && <p>{tMaybe(`refusal.${error.refusal}`) ?? error.refusal}</p>}
      {error.retryAfterS > 0 && <p>{t("problem.wait", { time: formatDuration(error.retryAfterS * 1000) })}</p>}
      {faults.length > 0 ? (
        <ul lang="en">
          {faults.map(([place, what]) => (
            <li key={place}>
              {place && <code>{place}</code>} {what.join("; ")}
            </li>
          ))}
        </ul>
      ) : (
        error.detail &&
        !wordless.has(error.type) && (
          <p class="small" lang="en">
            {error.detail}
          </p>
        )
      )}
      {retry && (
        <p>
          <Button onClick={retry}>{t("ui.retry")}</Button>
        </p>
      )}
    </Notice>
  );
}
