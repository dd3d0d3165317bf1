import { useEffect, useRef, useState } from "preact/hooks";
import { currentSession } from "../api/session";

export interface Draft<T> {
  value: T;
  set: (value: T) => void;
  /** Was something typed that is not yet saved? */
  isChanged: boolean;
  /** Forgets it, after it was saved or thrown away. */
  clear: () => void;
}

/**
 * What is being typed, kept in this tab through a reload, a dropped line and another sign-in of the same person; sign-out and
 * the quick exit forget it. `name` tells drafts apart: "case.123456.reply".
 */
export function useDraft<T>(name: string, initial: T): Draft<T> {
  const key = `draft.${currentSession()?.name ?? ""}.${name}`;
  const read = (): T | undefined => {
    try {
      const kept = sessionStorage.getItem(key);
      return kept === null ? undefined : (JSON.parse(kept) as T);
    } catch {
      return undefined;
    }
  };
  const [held, setHeld] = useState(() => ({ key, value: read() }));
  const first = useRef(initial);
  first.current = initial;
  useEffect(() => {
    if (held.key !== key) setHeld({ key, value: read() });
  }, [key]);
  const kept = held.key === key ? held.value : read();
  return {
    value: kept === undefined ? first.current : kept,
    isChanged: kept !== undefined,
    set(value) {
      try {
        sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // full or forbidden: it holds for as long as the page does
      }
      setHeld({ key, value });
    },
    clear() {
      sessionStorage.removeItem(key);
      setHeld({ key, value: undefined });
    },
  };
}
