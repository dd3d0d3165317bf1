import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n";
import { Button } from "./Button";
import "./dialog.css";

/**
 * A window over the page, there as long as it is drawn. The browser keeps the focus in it, closes it with Esc and gives the
 * focus back to where it came from.
 */
export function Dialog({ title, onClose, children, actions }: { title: string; onClose: () => void; children: ComponentChildren; actions?: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    return () => {
      dialog.current?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div class="stack">
        <div class="row apart head">
          <h2 id={id}>{title}</h2>
          <Button kind="quiet" onClick={onClose}>
            {t("ui.close")}
          </Button>
        </div>
        {children}
        {actions && <div class="row actions">{actions}</div>}
      </div>
    </dialog>
  );
}
