import { createStore } from "../store";
import { isAborted } from "./error";
import { line } from "./line";
import { currentSession, may, presence, sessionWasLost } from "./session";

/** What changes are about. "reload": something was missed, or the stream is not for this role: read again what is shown. */
export type Topic = "campaign" | "case" | "facility" | "inbound" | "message" | "unit";
export interface Change {
  topic: Topic | "reload";
  /** Of what changed; "0" for several. */
  id: string;
}

/** "none": this role has no stream, or nobody is signed in. */
export const stream = createStore<"none" | "connecting" | "live">("none");

/** A sign of life comes every 15 s; a line that is silent for longer is taken for dead. */
const silenceMaxMs = 40_000;
const waitMinMs = 1000;
const waitMaxMs = 30_000;

const listeners = new Set<(change: Change) => void>();
let lastId = "";

/** Hears each change of one of the topics, and each "reload". Returns what ends it. */
export function onChange(topics: readonly Topic[], listener: (change: Change) => void): () => void {
  const filtered = (change: Change) => {
    if (change.topic === "reload" || topics.includes(change.topic)) listener(change);
  };
  listeners.add(filtered);
  return () => listeners.delete(filtered);
}

function tell(change: Change) {
  for (const listener of [...listeners]) listener(change);
}

/** One event as it stands on the wire: lines of "name: value". */
function hear(block: string) {
  let event = "";
  let data = "";
  for (const row of block.split("\n")) {
    const value = row.slice(row.indexOf(":") + 1).trim();
    if (row.startsWith("id:")) lastId = value;
    else if (row.startsWith("event:")) event = value;
    else if (row.startsWith("data:")) data += value;
  }
  if (event === "reload") tell({ topic: "reload", id: "0" });
  else if (event && data) tell(JSON.parse(data) as Change);
}

/** Reads one connection to its end. Returns whether it was live at all. */
async function listen(end: AbortSignal): Promise<boolean> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  end.addEventListener("abort", abort);
  let silence = setTimeout(abort, silenceMaxMs);
  let lived = false;
  try {
    const headers: Record<string, string> = lastId ? { "Last-Event-ID": lastId } : {};
    const response = await fetch("/api/v1/events", { headers, signal: stop.signal, credentials: "same-origin", cache: "no-store" });
    if (response.status === 401) sessionWasLost();
    if (!response.ok || !response.body) return false;
    lived = true;
    stream.set("live");
    line.set("up");
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return lived;
      clearTimeout(silence);
      silence = setTimeout(abort, silenceMaxMs);
      text += decoder.decode(value, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      blocks.forEach(hear);
    }
  } catch (thrown) {
    if (!isAborted(thrown) && !(thrown instanceof TypeError)) throw thrown;
    return lived;
  } finally {
    clearTimeout(silence);
    end.removeEventListener("abort", abort);
    stop.abort();
  }
}

const pause = (ms: number, end: AbortSignal) =>
  new Promise<void>((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      end.removeEventListener("abort", wake);
      window.removeEventListener("online", wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    end.addEventListener("abort", wake);
    window.addEventListener("online", wake);
  });

async function keepListening(end: AbortSignal) {
  let wait = waitMinMs;
  let isFirst = true;
  while (!end.aborted) {
    stream.set("connecting");
    const lived = await listen(end);
    if (end.aborted) break;
    if (lived) wait = waitMinMs;
    else if (!isFirst || presence.get().state === "in") line.set("lost");
    isFirst = false;
    await pause(wait * (0.75 + Math.random() / 2), end);
    wait = Math.min(wait * 2, waitMaxMs);
    // Without a number to go on from, what was missed meanwhile is unknown.
    if (!lastId && !end.aborted) tell({ topic: "reload", id: "0" });
  }
}

let current: { token: string; end: AbortController } | null = null;

/** Keeps one stream for who is signed in. Called once, at the start. */
export function followEvents(): void {
  const follow = () => {
    const now = presence.get();
    const token = now.state === "in" && !now.session.must_change_password && may("streamEvents") ? now.session.form_token : "";
    if (token === (current?.token ?? "")) return;
    current?.end.abort();
    current = null;
    if (!currentSession()) lastId = "";
    if (!token) return stream.set("none");
    current = { token, end: new AbortController() };
    void keepListening(current.end.signal);
  };
  presence.watch(follow);
  follow();
}
