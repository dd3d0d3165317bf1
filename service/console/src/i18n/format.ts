import { serviceZone } from "../api/session";
import { language, t } from "./index";

const made = new Map<string, Intl.DateTimeFormat>();

/** By the service's zone, whatever the machine's is. */
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language.get() + serviceZone.get() + JSON.stringify(options);
  let found = made.get(key);
  if (!found) {
    const locale = language.get() === "vi" ? "vi-VN" : "en-GB";
    found = new Intl.DateTimeFormat(locale, { timeZone: serviceZone.get(), hourCycle: "h23", ...options });
    made.set(key, found);
  }
  return found;
}

/** "14:05" */
export const formatTime = (time: string | number) => formatter({ hour: "2-digit", minute: "2-digit" }).format(new Date(time));
/** "25/11/2021" */
export const formatDay = (time: string | number) =>
  formatter({ day: "2-digit", month: "2-digit", year: "numeric" }).format(new Date(time));
/** "14:05 25/11/2021" */
export const formatDateTime = (time: string | number) => `${formatTime(time)} ${formatDay(time)}`;
/** "14:05" of today, else with the day. */
export const formatWhen = (time: string | number) =>
  formatDay(time) === formatDay(Date.now()) ? formatTime(time) : formatDateTime(time);
/** The day in the service's zone as "2021-11-25", for <input type="date"> and queries. */
export function isoDay(time: string | number): string {
  const parts = formatter({ day: "2-digit", month: "2-digit", year: "numeric" }).formatToParts(new Date(time));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** A time as <input type="datetime-local"> gives it, taken for the service's zone: RFC 3339 with its offset of that day. */
export function zonedTime(local: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: serviceZone.get(), timeZoneName: "longOffset" }).formatToParts(new Date(`${local}Z`));
  const offset = parts.find((part) => part.type === "timeZoneName")?.value.replace("GMT", "") ?? "";
  return `${local.length === 16 ? `${local}:00` : local}${offset || "Z"}`;
}

export const formatNumber = (value: number, digits = 0) =>
  value.toLocaleString(language.get(), { maximumFractionDigits: digits });
/** "12,5 %" of a share from 0 to 1. */
export const formatShare = (share: number, digits = 0) =>
  share.toLocaleString(language.get(), { style: "percent", maximumFractionDigits: digits });

/** "2 days 3 hours", "4 min 12 s": the two largest units. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const join = (first: string, count: number, second: string) => (count ? `${first} ${second}` : first);
  if (days) return join(t("duration.days", { n: days }), hours % 24, t("duration.hours", { n: hours % 24 }));
  if (hours) return join(t("duration.hours", { n: hours }), minutes % 60, t("duration.minutes", { n: minutes % 60 }));
  if (minutes) return join(t("duration.minutes", { n: minutes }), seconds % 60, t("duration.seconds", { n: seconds % 60 }));
  return t("duration.seconds", { n: seconds });
}

/** "+84912345678" as people write it: "0912 345 678". A masked or short number stays as it is. */
export function formatPhone(phone: string): string {
  const found = /^\+84(\d{2,3})(\d{3})(\d{3,4})$/.exec(phone);
  return found ? `0${found[1]} ${found[2]} ${found[3]}` : phone;
}
