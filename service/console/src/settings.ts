import { createStore } from "./store";
import { setLanguage, type Language } from "./i18n";

/** What a browser keeps, for whoever uses it. Nothing about people is in it. */
export interface Settings {
  language: Language;
  theme: "auto" | "light" | "dark";
  contrast: "auto" | "high";
  sound: boolean;
}

const place = "tongdai.settings";
const first: Settings = { language: "vi", theme: "auto", contrast: "auto", sound: true };

function read(): Settings {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "{}") as Partial<Settings>;
    return { ...first, ...kept, language: kept.language === "en" ? "en" : "vi" };
  } catch {
    return first;
  }
}

export const settings = createStore<Settings>(read());

const dark = matchMedia("(prefers-color-scheme: dark)");
const high = matchMedia("(prefers-contrast: more)");

/** Themes are chosen here and not by media queries in the style, so that each colour is written once. */
function paint() {
  const { theme, contrast } = settings.get();
  const root = document.documentElement.dataset;
  root["theme"] = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
  root["contrast"] = contrast === "high" || high.matches ? "high" : "normal";
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const next = { ...settings.get(), ...change };
  if (change.language) await setLanguage(change.language);
  try {
    localStorage.setItem(place, JSON.stringify(next));
  } catch {
    // a browser that keeps nothing: the choice holds for this page
  }
  settings.set(next);
  paint();
}

/** Called once, before anything is drawn. */
export async function applySettings(): Promise<void> {
  paint();
  dark.addEventListener("change", paint);
  high.addEventListener("change", paint);
  await setLanguage(settings.get().language);
}
