import { useEffect, useRef, useState } from "preact/hooks";
import { asApiError, isAborted, type ApiError } from "../api/error";
import { onChange, type Change, type Topic } from "../api/events";

export interface QueryOptions {
  /** Loads again when something of these changes. */
  topics?: readonly Topic[];
  /** Which of these changes matter; all, if absent. Those about several ("0") always do. */
  isAbout?: (change: Change) => boolean;
  /** At most one load in so many milliseconds; the first change is followed at once. */
  pause_ms?: number;
  /** Loads again by itself, for what no event tells of. */
  every_ms?: number;
}

export interface Query<T> {
  /** What was loaded last; stays while it is loaded again, also if that fails. */
  data: T | undefined;
  error: ApiError | null;
  loading: boolean;
  reload: () => void;
}

/**
 * Loads when drawn, when `deps` change, and when events say so. What is out of date is aborted; data of other `deps` is never
 * shown.
 */
export function useQuery<T>(load: (signal: AbortSignal) => Promise<T>, deps: readonly unknown[], options: QueryOptions = {}): Query<T> {
  const [held, setHeld] = useState<{ data: T | undefined; error: ApiError | null; loading: boolean; deps: readonly unknown[] }>({ data: undefined, error: null, loading: true, deps });
  const latest = useRef({ load, options });
  latest.current = { load, options };
  const again = useRef<() => void>(() => undefined);

  useEffect(() => {
    const end = new AbortController();
    const pauseMs = options.pause_ms ?? 1000;
    let isLoading = false;
    let isWanted = false;
    let started = -Infinity;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const run = async () => {
      isLoading = true;
      isWanted = false;
      started = performance.now();
      setHeld((now) => ({ data: now.deps === deps ? now.data : undefined, error: now.error, loading: true, deps }));
      try {
        const data = await latest.current.load(end.signal);
        if (!end.signal.aborted) setHeld({ data, error: null, loading: false, deps });
      } catch (thrown) {
        if (isAborted(thrown) || end.signal.aborted) return;
        const error = asApiError(thrown);
        setHeld((now) => ({ ...now, error, loading: false }));
      } finally {
        isLoading = false;
      }
      if (isWanted) plan();
    };
    const plan = () => {
      isWanted = true;
      if (isLoading || end.signal.aborted) return;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), Math.max(0, started + pauseMs - performance.now()));
    };
    again.current = plan;
    void run();

    const forget = onChange(options.topics ?? [], (change) => {
      const { isAbout } = latest.current.options;
      if (change.topic === "reload" || change.id === "0" || !isAbout || isAbout(change)) plan();
    });
    const every = options.every_ms ? setInterval(() => document.hidden || plan(), options.every_ms) : undefined;
    const seen = () => document.hidden || !options.every_ms || plan();
    document.addEventListener("visibilitychange", seen);
    return () => {
      end.abort();
      forget();
      clearTimeout(timer);
      clearInterval(every);
      document.removeEventListener("visibilitychange", seen);
    };
  }, deps);

  const isCurrent = held.deps.length === deps.length && held.deps.every((one, at) => Object.is(one, deps[at]));
  return {
    data: isCurrent ? held.data : undefined,
    error: isCurrent ? held.error : null,
    loading: held.loading || !isCurrent,
    reload: () => again.current(),
  };
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Pages<T> extends Query<T[]> {
  hasMore: boolean;
  /** Loads the next page. */
  more: () => void;
}

/** A list by pages: all pages that were asked for so far, loaded again together. */
export function usePages<T>(load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>, deps: readonly unknown[], options: QueryOptions = {}): Pages<T> {
  const wanted = useRef(1);
  const at = useRef(deps);
  if (at.current.some((one, index) => !Object.is(one, deps[index]))) {
    at.current = deps;
    wanted.current = 1;
  }
  const query = useQuery(
    async (signal) => {
      const items: T[] = [];
      let next: string | null = null;
      for (let page = 0; page < wanted.current; ++page) {
        const loaded: Page<T> = await load(next ?? undefined, signal);
        items.push(...loaded.items);
        next = loaded.next;
        if (next === null) break;
      }
      return { items, next };
    },
    deps,
    options,
  );
  return {
    ...query,
    data: query.data?.items,
    hasMore: query.data?.next != null,
    more: () => {
      if (query.loading || query.data?.next == null) return;
      wanted.current += 1;
      query.reload();
    },
  };
}
