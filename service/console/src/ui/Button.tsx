import type { ComponentChildren, JSX } from "preact";
import { t } from "../i18n";
import "./button.css";

export interface ButtonProps extends Omit<JSX.HTMLAttributes<HTMLButtonElement>, "size" | "icon" | "type" | "disabled"> {
  /** "primary": the one thing to do here; "danger": harms or cannot be undone; "quiet": beside the text. */
  kind?: "plain" | "primary" | "danger" | "quiet";
  type?: "button" | "submit";
  /** What it began is going on: it cannot be pressed again, and keeps the focus. */
  busy?: boolean;
  disabled?: boolean;
  children: ComponentChildren;
}

export function Button({ kind = "plain", type = "button", busy = false, disabled = false, onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      class={`button ${kind} ${String(rest.class ?? "")}`}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {children}
      {busy && <span class="only-read">{t("ui.busy")}</span>}
    </button>
  );
}

/** A link that looks like a button: for going somewhere, not for doing something. */
export function ButtonLink({ href, kind = "plain", children, ...rest }: { href: string; kind?: "plain" | "primary" | "quiet"; children: ComponentChildren; download?: string }) {
  return (
    <a {...rest} href={href} class={`button ${kind}`}>
      {children}
    </a>
  );
}
