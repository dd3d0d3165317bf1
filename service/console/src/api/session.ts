import { createStore } from "../store";
import { operations, roles } from "./roles.gen";
import type { components } from "./schema";

export type Session = components["schemas"]["Session"];
export type Role = components["schemas"]["Role"];
export type Operation = keyof typeof operations;

/**
 * Who is signed in. "lost": the session of `name` has ended, and what they see waits behind the sign-in for them to come
 * back.
 */
export type Presence =
  | { state: "unknown" }
  | { state: "out" }
  | { state: "in"; session: Session }
  | { state: "lost"; session: Session };

export const presence = createStore<Presence>({ state: "unknown" });

/** The zone by which the service's days go; each answer names it. */
export const serviceZone = createStore("Asia/Ho_Chi_Minh");

export function currentSession(): Session | null {
  const now = presence.get();
  return now.state === "in" || now.state === "lost" ? now.session : null;
}

/** Whether a role may make a call, as docs/openapi.yaml says. */
export function roleMay(role: Role, operation: Operation): boolean {
  return (operations[operation] & (1 << roles.indexOf(role))) !== 0;
}

/** Whether who is signed in may make a call. The service decides; this is for what to show. */
export function may(operation: Operation): boolean {
  const session = currentSession();
  return session !== null && roleMay(session.role, operation);
}

/** Called when an answer says that nobody is signed in. */
export function sessionWasLost(): void {
  const now = presence.get();
  if (now.state === "in") presence.set({ state: "lost", session: now.session });
  else if (now.state === "unknown") presence.set({ state: "out" });
}

/** Waits until somebody is signed in (again). Rejects if `signal` is aborted meanwhile. */
export function signedIn(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (presence.get().state === "in") return resolve();
    const end = presence.watch((now) => {
      if (now.state !== "in") return;
      end();
      resolve();
    });
    signal?.addEventListener("abort", () => {
      end();
      reject(new DOMException("", "AbortError"));
    });
  });
}
