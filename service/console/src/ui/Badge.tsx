import type { Tone } from "./Notice";
import "./badge.css";

/** A state in a word. The word says it; the tone only helps. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: string }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}
