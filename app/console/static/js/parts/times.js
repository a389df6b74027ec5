/** Days, spans and numbers in words, beside the shell's times. */

import { dateOf } from "../shell/times.js";

const LANGUAGE = "en-GB";
const DAY = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric" });
const SHORT_DAY = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short" });
const MOMENT = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "medium", timeStyle: "short" });
const NUMBER = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const SHORT_NUMBER = new Intl.NumberFormat(LANGUAGE, { notation: "compact", maximumFractionDigits: 1 });
const AGO = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });
const UNITS = [
  ["year", 31536000],
  ["month", 2592000],
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

export const calendarDay = (day) => DAY.format(new Date(`${day.slice(0, 10)}T12:00:00`));
export const shortDay = (day) => SHORT_DAY.format(new Date(`${day.slice(0, 10)}T12:00:00`));
export const momentOf = (at) => MOMENT.format(dateOf(at));
export const number = (value) => NUMBER.format(value);
export const shortNumber = (value) => (value < 10000 ? number(value) : SHORT_NUMBER.format(value));
export const percent = (value, whole) => (whole ? `${Math.round((100 * value) / whole)}%` : "0%");
export const many = (count, one, more = `${one}s`) => `${number(count)} ${count === 1 ? one : more}`;

/** The own day as the service writes days. */
export function today(now = new Date()) {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

export function ago(at) {
  const seconds = (dateOf(at) - Date.now()) / 1000;
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? AGO.format(Math.round(seconds / unit[1]), unit[0]) : "just now";
}

/** A span as one would say it: 45 s, 3 min, 2 h 10 min, 3 days. */
export function span(seconds) {
  if (seconds === null || seconds === undefined) return "\u2013";
  if (seconds < 1) return "under 1 s";
  if (seconds < 10) return `${number(seconds)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds >= 172800) return `${number(seconds / 86400)} days`;
  const minutes = Math.round((seconds % 3600) / 60);
  return minutes ? `${Math.floor(seconds / 3600)} h ${minutes} min` : `${Math.round(seconds / 3600)} h`;
}
