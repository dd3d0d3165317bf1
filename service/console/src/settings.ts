import { createStore } from "./store";
import { setLanguage, type Language } from "./i18n";

/** What a browser keeps, for whoever uses it. Nothing about people is in it. */
export interface Settings {
  language: Language;
  theme: "auto" | "light" | "dark";
  contrast: "auto" | "high";
  sound: boolean;
}

/** A cookie, for the answer to the sign-out has the browser forget all other storage of this site. */
const cookie = "tongdai-settings";
const cookieAgeS = 400 * 24 * 3600; // as long as browsers keep one
const first: Settings = { language: "vi", theme: "auto", contrast: "auto", sound: true };

function read(): Settings {
  try {
    const found = document.cookie.split("; ").find((one) => one.startsWith(`${cookie}=`));
    const kept = JSON.parse(decodeURIComponent(found?.slice(cookie.length + 1) ?? "{}")) as Partial<Settings>;
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
  document.cookie = `${cookie}=${encodeURIComponent(JSON.stringify(next))}; path=/; max-age=${cookieAgeS}; samesite=strict`;
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
