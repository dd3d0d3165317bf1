import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n";
import { Button, type ButtonProps } from "./Button";
import { Dialog } from "./Dialog";
import { ErrorNotice } from "./Notice";
import { useAction } from "./useAction";

export interface ConfirmProps {
  /** On the button that opens the question. */
  label: string;
  kind?: ButtonProps["kind"];
  disabled?: boolean;
  /** The question, naming what happens to whom: "Send to 1,204 people?" */
  title: string;
  /** What follows from it. May hold fields, such as a reason. */
  children?: ComponentChildren;
  /** On the button that does it: the deed, never "OK". */
  confirm: string;
  /** Does it. The question stays, with what went wrong, if this throws an ApiError. */
  action: () => Promise<unknown>;
  /** Read out when it is done. */
  done?: string;
}

/** A button for what cannot be taken back or leaves the house: asks once. */
export function ConfirmButton({ label, kind = "plain", disabled = false, title, children, confirm, action, done }: ConfirmProps) {
  const [isOpen, setIsOpen] = useState(false);
  const deed = useAction(action, done ? { done } : {});
  const close = () => {
    setIsOpen(false);
    deed.reset();
  };
  return (
    <>
      <Button kind={kind} disabled={disabled} aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {label}
      </Button>
      {isOpen && (
        <Dialog
          title={title}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t("ui.cancel")}</Button>
              <Button kind={kind === "danger" ? "danger" : "primary"} busy={deed.busy} onClick={async () => (await deed.run()) && setIsOpen(false)}>
                {confirm}
              </Button>
            </>
          }
        >
          {children}
          {deed.error && <ErrorNotice error={deed.error} />}
        </Dialog>
      )}
    </>
  );
}
