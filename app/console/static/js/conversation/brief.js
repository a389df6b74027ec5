/** The brief: what an agent reads first about a handoff. */

import { h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { feelingChip, chip, reasonWords } from "../queue/words.js";

/** Stays open or closed as the agent left it; nothing where the conversation has no handoff. */
export function briefElement({ handoff, feeling }, before) {
  if (!handoff) return null;
  const { brief, reason, evidence, contact } = handoff;
  const isOpen = before.querySelector("details")?.open ?? true;
  return h(
    "details",
    { class: "brief", open: isOpen },
    h(
      "summary",
      {},
      h("span", { class: "brief-title" }, "Brief"),
      chip(reasonWords(reason), "hand", "warm"),
      feelingChip(brief.feeling || feeling || "calm"),
    ),
    h(
      "div",
      { class: "brief-body", role: "group", "aria-label": "Brief", tabindex: 0 },
      part("Wants", brief.wants && h("p", { class: "words", dir: "auto" }, brief.wants)),
      part("In their words", quoteOf(evidence || brief.feeling_evidence, brief.wants)),
      part("Articles contradict each other", list(brief.doubts)),
      part("Tried already", list(brief.tried)),
      part("Known", list(brief.facts), "brief-known"),
      part("Said of themselves, unproven", list(brief.claimed), "brief-known"),
      part("Can be reached at", contact && h("p", { dir: "auto" }, contact)),
    ),
  );
}

const part = (title, content, kind = "") =>
  content ? h("section", { class: kind }, h("h2", {}, title), content) : null;

const list = (items) =>
  items?.length
    ? h(
        "ul",
        {},
        items.map((item) => h("li", { dir: "auto" }, item)),
      )
    : null;

/** Not once more where the wish says the same. */
const quoteOf = (words, wants) =>
  words && !String(wants ?? "").includes(words)
    ? h("blockquote", { class: "quote", dir: "auto" }, icon("chat", 15), words)
    : null;
