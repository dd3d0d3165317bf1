import { currentSession, presence } from "./session";

/** Ends the session without waiting for the answer; what was typed and not sent is forgotten. */
export function endSession(): Promise<unknown> {
  const token = currentSession()?.form_token;
  sessionStorage.clear();
  presence.set({ state: "out" });
  if (!token) return Promise.resolve();
  return fetch("/api/v1/session/end", {
    method: "POST",
    headers: { "X-Form-Token": token },
    credentials: "same-origin",
    keepalive: true,
  }).catch(() => undefined);
}
