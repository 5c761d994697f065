// The reader's language: the cookie, else the browser's preference, else English. No server round trip, no flash of
// untranslated text once the page is alive; <html lang dir> follows.
import { useEffect, useSyncExternalStore } from "react";

const SPOKEN = ["en", "fr"];
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];
const COOKIE = "talento_locale";

const listeners = new Set();
let current = typeof document === "undefined" ? "en" : chosen() ?? preferred();

function chosen() {
  const found = document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([a-z-]+)`));
  return found && SPOKEN.includes(found[1]) ? found[1] : undefined;
}

function preferred() {
  const tags = (navigator.languages ?? []).map((tag) => tag.split("-")[0].toLowerCase());
  return tags.find((tag) => SPOKEN.includes(tag)) ?? "en";
}

function mark() {
  document.documentElement.lang = current;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(current) ? "rtl" : "ltr";
}

export function speak(language) {
  if (!SPOKEN.includes(language) || language === current) return;
  current = language;
  mark();
  listeners.forEach((listener) => listener());
}

function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLanguage() {
  return useSyncExternalStore(subscribe, () => current, () => "en");
}

// Mounted once per page: what the server knows of the reader's choice wins over the browser's guess.
export function LocaleSync({ language }) {
  useEffect(mark, []);
  useEffect(() => {
    if (language) speak(language);
  }, [language]);
  return null;
}

export function isOne(language, n) {
  return language === "fr" ? Math.abs(n) < 2 : n === 1;
}

const NUMBERS = {};

export function asNumber(language, n) {
  NUMBERS[language] ??= new Intl.NumberFormat(language); // making one is what takes the time
  return n == null ? "" : NUMBERS[language].format(Number(n));
}

const DATES = {
  date: { dateStyle: "medium" },
  time: { timeStyle: "short" },
  moment: { dateStyle: "medium", timeStyle: "short" },
};

// A plain date (2027-03-12) is the same day everywhere; an instant is shown in the reader's zone, or in the given one.
export function asDate(language, iso, style, zone) {
  if (!iso) return "";
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const date = new Date(plain ? `${iso}T00:00:00Z` : iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(language, { ...DATES[style], timeZone: plain ? "UTC" : zone || undefined });
}

const SPANS = [
  ["year", 31557600],
  ["month", 2629800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

const DAYS = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
const SPAN_STYLES = {};

// Two ISO days as a span: Dec 4 – 7, 2026; one day when they are the same.
export function asSpan(language, first, last) {
  SPAN_STYLES[language] ??= new Intl.DateTimeFormat(language, DAYS);
  const style = SPAN_STYLES[language];
  const days = [first, last].map((iso) => new Date(`${String(iso ?? "").slice(0, 10)}T00:00:00Z`));
  if (days.some((day) => Number.isNaN(day.getTime()))) return "";
  return first === last || days[0] > days[1] ? style.format(days[0]) : style.formatRange(days[0], days[1]);
}

export function asAgo(language, iso) {
  if (!iso) return "";
  const seconds = (new Date(iso) - Date.now()) / 1000;
  const [unit, size] = SPANS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
