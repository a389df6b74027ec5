/** One conversation in the list: who, since when, why in the customer's words, how they feel. */

import { h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { avatar, nameOf } from "../shell/names.js";
import { counting, dateOf, timeTag } from "../shell/times.js";
import { quoteOf, isDue } from "./rows.js";
import { agentName, channelWords, chip, feelingChip, reasonWords, statusChip, tagChip } from "./words.js";

const LONG_WAIT = 5 * 60_000;
const BY = { assistant: "Assistant", agent: "Agent" };

/** `shown`: { open: id of the open conversation, view, viewers }. */
export function rowElement(row, { view, viewers }) {
  return h(
    "a",
    {
      class: `row${row.waits ? " waits" : ""}${isDue(row) ? " due" : ""}`,
      href: `#/conversations/${encodeURIComponent(row.id)}`,
      tabindex: -1,
    },
    avatar(row.customer),
    h(
      "span",
      { class: "row-main" },
      h("span", { class: "row-head" }, h("strong", { class: "cut", dir: "auto" }, nameOf(row.customer)), when(row)),
      words(row),
      h("span", { class: "row-chips" }, chips(row, view), viewers.length ? viewing(viewers) : null),
    ),
  );
}

function when(row) {
  if (!row.waits) return h("span", { class: "row-time" }, timeTag(row.since));
  const long = Date.now() - dateOf(row.since).getTime() > LONG_WAIT;
  return h(
    "span",
    { class: `row-time waiting${long ? " long" : ""}` },
    icon("clock", 14),
    h("span", { class: "visually-hidden" }, "waiting for "),
    counting(row.since),
  );
}

function words(row) {
  const quote = quoteOf(row);
  if (!quote) return h("span", { class: "row-words muted" }, "No words yet");
  const own = quote.by === "customer";
  return h(
    "span",
    { class: `row-words${own ? " own-words" : ""}` },
    own ? null : h("span", { class: "row-by" }, `${BY[quote.by] ?? quote.by}: `),
    h("span", { dir: "auto" }, own && row.waits ? `“${quote.words}”` : quote.words),
  );
}

function chips(row, view) {
  const isCalm = !row.feeling || row.feeling === "calm";
  const sameWord = { anger: "angry", distress: "distressed" }[row.reason] === row.feeling;
  return [
    isDue(row) ? chip("Reply due", "chat", "accent") : null,
    row.waits && row.reason && !sameWord
      ? chip(
          reasonWords(row.reason),
          row.reason === "safety" ? "shield" : "hand",
          row.reason === "safety" ? "danger" : "warm",
        )
      : null,
    isCalm && !row.waits ? null : feelingChip(row.feeling ?? "calm"),
    row.waits || view === "mine" ? null : statusChip(row),
    row.muted ? chip("Muted", "mute") : null,
    row.spam ? chip("Spam", "flag") : null,
    row.channel && !["api", "widget"].includes(row.channel) ? chip(channelWords(row.channel), "chat") : null,
    row.tags.slice(0, 2).map(tagChip),
  ];
}

const viewing = (viewers) =>
  h(
    "span",
    { class: "chip info" },
    icon("eye", 14),
    h("span", { class: "cut", dir: "auto" }, `${viewers.map(({ name }) => agentName(name)).join(", ")} looks`),
  );
