/** Why the assistant answered so: the passages it found with their scores, what was withheld, who wrote it. */

import { h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { chip, readable } from "../queue/words.js";
import { plain } from "./plain.js";
import { link } from "./text.js";
import { contradictions, quoted, work } from "./work.js";

const FIRST = 3;
const DECISIONS = { Answer: "Answer", AskBack: "Ask back", NotKnown: "Not known", HandOff: "Hand off" };

/** The sources below a reply, each once. */
export function sources(citations) {
  const once = [...new Map(citations.map((each) => [each.article, each])).values()];
  if (!once.length) return null;
  return h(
    "ul",
    { class: "cited-sources", "aria-label": "Sources" },
    once.map(({ title, address }) => h("li", {}, icon("book", 14), link(address, title))),
  );
}

export function why({ why: reasons }) {
  if (!reasons) return null;
  const { passages } = reasons;
  return h(
    "details",
    { class: "why" },
    h("summary", {}, "Why this answer"),
    h(
      "div",
      { class: "why-body" },
      h("p", { class: "muted" }, decided(reasons)),
      passages.length ? passageList(passages) : h("p", {}, "No passage was found."),
      contradictions(reasons.contradictions),
      withheld(reasons.withheld),
      quoted(reasons.quoted),
      work(reasons),
    ),
  );
}

/** Those that were cited and the best ones at once; the rest when asked for. */
function passageList(passages) {
  const first = passages.filter(({ cited }, place) => cited || place < FIRST);
  const rest = passages.filter((passage) => !first.includes(passage));
  const listed = (some) =>
    h(
      "ol",
      { class: "found-passages" },
      some.map((each) => passageElement(each)),
    );
  if (!rest.length) return listed(first);
  return [
    listed(first),
    h("details", { class: "why" }, h("summary", {}, `${rest.length} more were found`), listed(rest)),
  ];
}

function decided({ decision, outcome, answerable, answerer, lexical_only: byWords, failure }) {
  const parts = [
    decision ? `Decision: ${DECISIONS[decision] ?? readable(decision)}` : outcome ? readable(outcome) : "",
    answerer ? `written by: ${readable(answerer)}` : "",
    typeof answerable === "number" ? `answerable ${answerable.toFixed(2)}` : "",
    byWords ? "searched by words only" : "",
    failure ? `the model failed: ${readable(failure)}` : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Also for what a search of the knowledge base finds. */
export function passageElement(passage, action = null) {
  const { cited, internal, cut, text } = passage;
  return h(
    "li",
    { class: `found-passage${cited ? " used" : ""}` },
    h(
      "div",
      { class: "found-head" },
      h("strong", { class: "cut", dir: "auto" }, titleOf(passage)),
      cited ? chip("Cited", "check", "accent") : null,
      internal ? chip("Internal", "shield", "warm") : null,
      cut ? chip("Speaks to an AI: left out", "warn", "warm") : null,
      scored(passage),
    ),
    h("p", { class: "found-text", dir: "auto" }, text ? plain(text) : "No longer in the knowledge base."),
    action,
  );
}

export const titleOf = ({ title, article, passage }) => title || article || passage;

/** The score and what it is made of; they have no common scale, so numbers and no bars. */
function scored({ score, similarity, coverage }) {
  const parts = [
    ["score", score],
    ["similarity", similarity],
    ["words covered", coverage],
  ];
  const told = parts
    .filter(([, value]) => typeof value === "number")
    .map(([name, value]) => `${name} ${value.toFixed(2)}`);
  return told.length ? h("span", { class: "found-score" }, told.join(" · ")) : null;
}

const withheld = (sentences) =>
  sentences.length
    ? h(
        "section",
        {},
        h("h3", {}, "Withheld, for nothing supports it"),
        h(
          "ul",
          { class: "withheld" },
          sentences.map(({ sentence, why: reasons }) =>
            h("li", { dir: "auto" }, sentence, h("span", { class: "muted" }, ` (${(reasons ?? []).join("; ")})`)),
          ),
        ),
      )
    : null;
