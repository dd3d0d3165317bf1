import { createStore } from "../store";

/** What the shell shows for some seconds and reads out. */
export const announcement = createStore<{ text: string; number: number }>({ text: "", number: 0 });

/** Tells that something was done, politely: "The campaign was submitted." */
export function announce(text: string): void {
  announcement.set({ text, number: announcement.get().number + 1 });
}
