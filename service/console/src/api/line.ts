import { createStore } from "../store";

/** Whether the service answers. "lost": calls and the event stream are being tried again. */
export const line = createStore<"up" | "lost">("up");
