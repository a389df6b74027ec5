/** Times in words: how long ago, how long already, which day. */

import { h } from "./dom.js";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const whole = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** The service's times are UTC; one without a zone is meant so too. */
export function dateOf(value) {
  if (value instanceof Date) return value;
  return new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`);
}

/** "4 s", "3 min", "2 h 5 min", "3 d 4 h": how long since then. */
export function lasting(since, now = Date.now()) {
  const past = Math.max(0, now - dateOf(since).getTime());
  if (past < MINUTE) return `${Math.floor(past / 1_000)} s`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min`;
  if (past < DAY) return `${Math.floor(past / HOUR)} h ${Math.floor((past % HOUR) / MINUTE)} min`;
  return `${Math.floor(past / DAY)} d ${Math.floor((past % DAY) / HOUR)} h`;
}

/** "14:03" today, "Tue 3 Mar" before. */
export function shortly(value, now = new Date()) {
  const date = dateOf(value);
  return date.toDateString() === now.toDateString() ? clock.format(date) : day.format(date);
}

export const timeOf = (value) => clock.format(dateOf(value));
export const wholly = (value) => whole.format(dateOf(value));

/** "Today", "Yesterday", or the day. */
export function dayOf(value, now = new Date()) {
  const date = dateOf(value);
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / DAY);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.getFullYear() === now.getFullYear() ? day.format(date) : `${day.format(date)} ${date.getFullYear()}`;
}

/** A <time> element with the whole time on hover. */
export const timeTag = (value, words = shortly(value)) =>
  h("time", { datetime: dateOf(value).toISOString(), title: wholly(value) }, words);

/** A <time> that counts up: the page's one clock moves all of them. */
export const counting = (since) =>
  h(
    "time",
    { datetime: dateOf(since).toISOString(), title: `since ${wholly(since)}`, "data-counts": "" },
    lasting(since),
  );

setInterval(() => {
  if (document.hidden) return;
  for (const each of document.querySelectorAll("time[data-counts]")) {
    const words = lasting(each.dateTime);
    if (each.textContent !== words) each.textContent = words;
  }
}, 1_000);
