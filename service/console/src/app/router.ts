import { createStore, useStore } from "../store";

/** Where one is: "#/hotline/123456?tab=talk" is the view "hotline", path ["123456"], query tab=talk. */
export interface Route {
  view: string;
  path: readonly string[];
  query: URLSearchParams;
}

function read(): Route {
  const [path = "", query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map(decode);
  return { view: parts[0] ?? "", path: parts.slice(1), query: new URLSearchParams(query) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const route = createStore<Route>(read());
window.addEventListener("hashchange", () => route.set(read()));

/** The address of a view, for links: href("hotline", code). */
export const href = (view: string, ...path: readonly string[]) => `#/${[view, ...path].map(encodeURIComponent).join("/")}`;

/** Goes somewhere; "replace" leaves no way back. */
export function go(address: string, how: "push" | "replace" = "push"): void {
  if (how === "push") location.hash = address;
  else {
    history.replaceState(null, "", address);
    route.set(read());
  }
}

export const useRoute = () => useStore(route);
