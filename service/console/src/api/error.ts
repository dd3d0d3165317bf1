/** What a call that failed says: a problem document (RFC 9457), or that the service was out of reach. */
export class ApiError extends Error {
  constructor(
    /** The problem's stable name, such as "not_allowed"; "unreachable" if no answer came. */
    readonly type: string,
    /** HTTP status; 0 if no answer came. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** By place, such as "texts[0].body", what is wrong there. */
    readonly faults: ReadonlyMap<string, readonly string[]> = new Map(),
    /** Seconds to wait before the next try; 0 where the service does not say. */
    readonly retryAfterS = 0,
    /** Why no text may go out, of a `refused` problem. */
    readonly refusal: string | null = null,
  ) {
    super(title);
  }
}

interface Problem {
  type?: string;
  title?: string;
  detail?: string;
  errors?: string[];
  refusal?: string;
}

/** "place: what" of each fault, by its place. A fault without a place stands under "". */
function byPlace(errors: readonly string[]): Map<string, string[]> {
  const faults = new Map<string, string[]>();
  for (const error of errors) {
    const found = /^([\w.[\]-]+): (.*)$/s.exec(error);
    const place = found?.[1] ?? "";
    const what = found?.[2] ?? error;
    faults.set(place, [...(faults.get(place) ?? []), what]);
  }
  return faults;
}

export async function errorOf(response: Response): Promise<ApiError> {
  let problem: Problem = {};
  try {
    problem = (await response.json()) as Problem;
  } catch {
    // a proxy's page, or an answer that broke off
  }
  const type = (problem.type ?? "").replace(/^\/problems\//, "") || "unknown";
  const detail = problem.detail ?? "";
  const errors = problem.errors ?? (type === "invalid" && detail ? [detail] : []);
  return new ApiError(
    type,
    response.status,
    problem.title ?? response.statusText,
    detail,
    byPlace(errors),
    Number(response.headers.get("Retry-After")) || 0,
    problem.refusal ?? null,
  );
}

export const unreachable = () => new ApiError("unreachable", 0, "", "");

/** What was thrown, as an ApiError; anything else is a fault of the console and goes on. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  throw thrown;
}

export const isAborted = (thrown: unknown) => thrown instanceof DOMException && thrown.name === "AbortError";
