import { useId } from "preact/hooks";
import { formatShare } from "../i18n/format";
import { t } from "../i18n";
import "./progress.css";

/** How far something is, of `max`. Without `value`: it goes on, nobody knows how long. */
export function Progress({ label, value, max = 1, showLabel = true }: { label: string; value?: number; max?: number; showLabel?: boolean }) {
  const id = useId();
  const share = value === undefined ? undefined : max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div class="progress">
      <label for={id} class={showLabel ? "" : "only-read"}>
        {label}
      </label>
      <progress id={id} max={1} {...(share === undefined ? {} : { value: share })} />
      <span class="numeric small" aria-hidden="true">
        {share === undefined ? t("ui.busy") : formatShare(share)}
      </span>
    </div>
  );
}
