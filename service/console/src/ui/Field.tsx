import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../i18n";
import "./field.css";

interface Around {
  label: string;
  /** What to write, told before it is written. */
  hint?: ComponentChildren;
  /** What is wrong with it. */
  fault?: string | undefined;
  /** Marks it as one that may stay empty. */
  optional?: boolean;
}

interface Named {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: "true";
}

/** A label, a hint and a fault around any control; `control` gets the attributes that tie them together. */
export function Labelled({ label, hint, fault, optional, control }: Around & { control: (named: Named) => ComponentChildren }) {
  const id = useId();
  const told = [hint ? `${id}-hint` : "", fault ? `${id}-fault` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="soft"> {t("ui.optional")}</span>}
      </label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {control({ id, ...(told ? { "aria-describedby": told } : {}), ...(fault ? { "aria-invalid": "true" as const } : {}) })}
      {fault && (
        <div class="fault" id={`${id}-fault`}>
          {fault}
        </div>
      )}
    </div>
  );
}

type Text = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, "value" | "onInput" | "label" | "size">;
export type FieldProps = Around & Text & { value: string; onValue: (value: string) => void };

/** One line of text, a number, a day, a password: as `type` says. */
export function Field({ label, hint, fault, optional, value, onValue, ...rest }: FieldProps) {
  return (
    <Labelled
      {...{ label, hint, fault: fault ?? undefined, optional: optional ?? false }}
      control={(named) => <input {...rest} {...named} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    />
  );
}

type Long = Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "onInput" | "label">;

export function TextArea({ label, hint, fault, optional, value, onValue, ...rest }: Around & Long & { value: string; onValue: (value: string) => void }) {
  return (
    <Labelled
      {...{ label, hint, fault: fault ?? undefined, optional: optional ?? false }}
      control={(named) => <textarea rows={4} dir="auto" {...rest} {...named} value={value} onInput={(event) => onValue(event.currentTarget.value)} />}
    />
  );
}

export interface Choice<V extends string> {
  value: V;
  label: string;
}

export function Select<V extends string>({ label, hint, fault, optional, value, onValue, choices }: Around & { value: V; onValue: (value: V) => void; choices: readonly Choice<V>[] }) {
  return (
    <Labelled
      {...{ label, hint, fault: fault ?? undefined, optional: optional ?? false }}
      control={(named) => (
        <select {...named} value={value} onChange={(event) => onValue(event.currentTarget.value as V)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} selected={choice.value === value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

export function Checkbox({ label, hint, checked, onValue }: { label: ComponentChildren; hint?: string; checked: boolean; onValue: (checked: boolean) => void }) {
  const id = useId();
  return (
    <div class="check">
      <input id={id} type="checkbox" checked={checked} aria-describedby={hint ? `${id}-hint` : undefined} onChange={(event) => onValue(event.currentTarget.checked)} />
      <label for={id}>{label}</label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}

/** A few choices of which all are seen. */
export function Radios<V extends string>({ label, value, onValue, choices }: { label: string; value: V; onValue: (value: V) => void; choices: readonly Choice<V>[] }) {
  const name = useId();
  return (
    <fieldset class="radios">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} value={choice.value} checked={choice.value === value} onChange={() => onValue(choice.value)} />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
