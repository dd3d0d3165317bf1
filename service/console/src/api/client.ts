import { ApiError, errorOf, isAborted, unreachable } from "./error";
import { line } from "./line";
import { currentSession, presence, serviceZone, sessionWasLost, signedIn, type Session } from "./session";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

type PathsWith<Method extends "get" | "post"> = {
  [P in keyof paths]: paths[P] extends Record<Method, { responses: unknown }> ? P : never;
}[keyof paths];
export type GetPath = PathsWith<"get">;
export type PostPath = PathsWith<"post">;

type Operation<P extends keyof paths, M extends "get" | "post"> = Extract<paths[P][M], { responses: unknown }>;
type Content<R> = R extends { content: infer C } ? (C extends { "application/json": infer J } ? J : string) : never;
/** What the call answers when all is well. */
export type Answer<P extends keyof paths, M extends "get" | "post"> =
  Operation<P, M> extends { responses: infer R }
    ? R extends { 200: infer A }
      ? Content<A>
      : R extends { 201: infer A }
        ? Content<A>
        : R extends { 202: infer A }
          ? Content<A>
          : unknown
    : never;
type Params<O, Where extends string> = O extends { parameters: { [W in Where]: infer P } } ? P : never;
type Json<B> = B extends { content: { "application/json": infer J } } ? J : never;
type Body<O> = O extends { requestBody: infer B } ? Json<B> : O extends { requestBody?: infer B } ? Json<NonNullable<B>> : never;

type PathOption<O> = [Params<O, "path">] extends [never] ? { path?: undefined } : { path: Params<O, "path"> };
type QueryOption<O> = { query?: O extends { parameters: { query?: infer Q } } ? Q : never };

export interface GetMore {
  signal?: AbortSignal;
}
export interface PostMore extends GetMore {
  /** A body that is not JSON, such as a table: its media type and bytes. */
  raw?: { type: string; data: string | Blob };
  /** False for the calls that take no Idempotency-Key: they are asked once. */
  repeatable?: boolean;
}
export type GetOptions<P extends GetPath> = PathOption<Operation<P, "get">> & QueryOption<Operation<P, "get">> & GetMore;
export type PostOptions<P extends PostPath> = PathOption<Operation<P, "post">> &
  QueryOption<Operation<P, "post">> & { body?: Body<Operation<P, "post">> } & PostMore;

const waitsMs = [500, 1500, 4000, 8000];

/** The address of a call, for a link or a download. */
export function addressOf(path: string, options: { path?: object | undefined; query?: object | undefined }): string {
  const parts = (options.path ?? {}) as Record<string, string>;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name] ?? "")));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== "") query.append(name, String(value));
  }
  const text = query.toString();
  return text ? `${filled}?${text}` : filled;
}

function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("", "AbortError"));
    });
  });
}

/** An answer of the proxy or the service that says nothing about the request itself. */
const isPassing = (status: number) => status === 502 || status === 503 || status === 504;

/** Asks; repeats after a dropped line, which is safe: a GET changes nothing, a POST carries its key. */
async function ask(address: string, init: RequestInit, repeatable: boolean): Promise<Response> {
  for (let tried = 0; ; ++tried) {
    const wait = repeatable ? waitsMs[tried] : undefined;
    try {
      const response = await fetch(address, init);
      if (!isPassing(response.status) || wait === undefined) {
        line.set("up");
        serviceZone.set(response.headers.get("Service-Timezone") ?? serviceZone.get());
        return response;
      }
    } catch (thrown) {
      if (isAborted(thrown)) throw thrown;
      line.set("lost");
      if (wait === undefined) throw unreachable();
    }
    await pause(wait, init.signal);
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  try {
    if (response.headers.get("Content-Type")?.includes("json")) return (await response.json()) as T;
    return (await response.text()) as T;
  } catch (thrown) {
    if (isAborted(thrown)) throw thrown;
    throw unreachable();
  }
}

/**
 * Reads. If the session has ended it waits for the sign-in and asks again. Throws ApiError; a DOMException "AbortError" if
 * `signal` was aborted.
 */
export async function get<P extends GetPath>(path: P, ...[options]: object extends GetOptions<P> ? [GetOptions<P>?] : [GetOptions<P>]): Promise<Answer<P, "get">> {
  return answerOf(await getResponse(addressOf(path, options ?? {}), options?.signal));
}

/** The whole answer of a GET, for downloads. */
export async function getResponse(address: string, signal?: AbortSignal): Promise<Response> {
  for (;;) {
    const asked = currentSession()?.form_token;
    const response = await ask(address, { signal: signal ?? null, credentials: "same-origin" }, true);
    if (response.ok) return response;
    const error = await errorOf(response);
    if (error.status !== 401) throw error;
    if (asked === currentSession()?.form_token) sessionWasLost();
    await signedIn(signal);
  }
}

/**
 * Does. A dropped line repeats it with the same Idempotency-Key, so that it is done once. If the session has ended, sign-in is
 * shown and this throws ApiError "unauthorized": nothing was done, and who asked for it decides anew.
 */
export async function post<P extends PostPath>(path: P, ...[options]: object extends PostOptions<P> ? [PostOptions<P>?] : [PostOptions<P>]): Promise<Answer<P, "post">> {
  const more: PostMore & { body?: unknown } = options ?? {};
  const { repeatable = true } = more;
  const headers: Record<string, string> = {};
  if (repeatable) headers["Idempotency-Key"] = crypto.randomUUID();
  let body: BodyInit | null = null;
  if (more.raw) {
    headers["Content-Type"] = more.raw.type;
    body = more.raw.data;
  } else if (more.body !== undefined) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(more.body);
  }
  const send = () => {
    const token = currentSession()?.form_token;
    if (token) headers["X-Form-Token"] = token;
    return ask(addressOf(path, options ?? {}), { method: "POST", headers, body, signal: more.signal ?? null, credentials: "same-origin" }, repeatable);
  };
  let response = await send();
  if (response.status === 403) {
    const error = await errorOf(response);
    if (error.type !== "form_token" || !(await renewSession())) throw error;
    response = await send();
  }
  if (response.ok) return answerOf(response);
  const error = await errorOf(response);
  if (error.type === "unauthorized") sessionWasLost();
  throw error;
}

/** Another tab has signed in anew: takes over its session. False if it is another person's, or none. */
async function renewSession(): Promise<boolean> {
  const before = currentSession();
  const response = await ask("/api/v1/session", { credentials: "same-origin" }, true);
  if (!response.ok) {
    if (response.status === 401) sessionWasLost();
    return false;
  }
  const session = await answerOf<Session>(response);
  if (before && before.name !== session.name) {
    location.reload();
    return false;
  }
  presence.set({ state: "in", session });
  return true;
}

/** Who is signed in by this browser's cookie, or null. Throws ApiError if the service is out of reach. */
export async function fetchSession(): Promise<Session | null> {
  const response = await ask("/api/v1/session", { credentials: "same-origin" }, true);
  if (response.ok) return answerOf<Session>(response);
  if (response.status === 401) return null;
  throw await errorOf(response);
}

export { ApiError };
