import { createStore, useStore } from "../store";
import type vi from "./vi.json";

export type Language = "vi" | "en";
/** A key of the dictionaries. A template of a prefix and a union of names is one as well. */
export type Key = keyof typeof vi;
type Dictionary = Readonly<Record<Key, string>>;

const load: Record<Language, () => Promise<{ default: Dictionary }>> = {
  vi: () => import("./vi.json"),
  en: () => import("./en.json"),
};

export const language = createStore<Language>("vi");
let dictionary = {} as Dictionary;

/** Loads the texts, then tells whoever shows some. */
export async function setLanguage(wanted: Language): Promise<void> {
  dictionary = (await load[wanted]()).default;
  document.documentElement.lang = wanted;
  language.set(wanted);
}

/**
 * The text of a key, with {name} filled in. Where a text differs by number its forms stand as "one form|other form", and
 * {n} chooses. A component that shows texts is drawn anew when the language changes, as the whole application is.
 */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  let text: string = dictionary[key] ?? key;
  const [one, other] = text.split("|");
  if (other !== undefined) text = (Number(values["n"]) === 1 ? one : other) ?? text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? value.toLocaleString(language.get()) : value;
  });
}

/** The text of a key that may not exist, such as one made of a name that the service chose. */
export function tMaybe(key: string): string | null {
  return (dictionary as Readonly<Record<string, string>>)[key] ?? null;
}

export const useLanguage = () => useStore(language);
