import { useRef, useState } from "preact/hooks";
import { asApiError, isAborted, type ApiError } from "../api/error";
import { announce } from "./announce";

export interface Action<Args extends unknown[]> {
  /** Does it once, however often it is pressed. True: done; false: see `error`, or it was going on. */
  run: (...args: Args) => Promise<boolean>;
  busy: boolean;
  error: ApiError | null;
  /** What is wrong at a place of the body, such as "title". */
  fault: (place: string) => string | undefined;
  reset: () => void;
}

/** Something that a person does: whether it goes on, and what went wrong. `done` is read out at its end. */
export function useAction<Args extends unknown[]>(action: (...args: Args) => Promise<unknown>, { done }: { done?: string } = {}): Action<Args> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isGoing = useRef(false);
  const run = async (...args: Args) => {
    if (isGoing.current) return false;
    isGoing.current = true;
    setBusy(true);
    setError(null);
    try {
      await action(...args);
      if (done) announce(done);
      return true;
    } catch (thrown) {
      if (!isAborted(thrown)) setError(asApiError(thrown));
      return false;
    } finally {
      isGoing.current = false;
      setBusy(false);
    }
  };
  return { run, busy, error, fault: (place) => error?.faults.get(place)?.join("; "), reset: () => setError(null) };
}
