/** Trying a question: what would be found and said now, with scores. Nothing is stored. */

import { post } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { empty } from "../shell/states.js";
import { wordsOf } from "../parts/loading.js";
import { banner, busyWhile, chip, heading } from "../parts/pieces.js";
import { kept, keep } from "../parts/unsaved.js";
import { scored } from "./passages.js";
import { wayTo } from "./states.js";

const OUTCOMES = {
  answered: ["good", "Answered"],
  asked_back: ["info", "Asked back"],
  not_known: ["warm", "Not known"],
  handed_off: ["accent", "Handed to a person"],
  waiting: ["accent", "Handed to a person"],
};
const PATIENCE = 60_000;
const HINT = "You see the reply, its sources, and every passage that was weighed for it.";

export function tryView(place, params) {
  const found = h("div", { class: "tried", "aria-live": "polite" });
  const question = h("textarea", {
    class: "input",
    rows: 2,
    maxlength: 4000,
    required: true,
    "aria-label": "Question",
    placeholder: "Ask as a customer would",
  });
  question.value = params.query.get("q") ?? kept("try")?.values.question ?? "";
  const send = h("button", { class: "button primary", type: "submit" }, "Try it");
  const ask = async (event) => {
    event?.preventDefault();
    if (question.value.trim()) await tried(found, send, question.value.trim());
  };
  question.addEventListener(
    "keydown",
    (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && ask(event),
  );
  question.addEventListener("input", () => keep("try", { question: question.value }));
  fill(
    place,
    heading("Try a question", "What would be found and said right now. Nothing is stored, no customer sees it."),
    h("form", { class: "try-form", onsubmit: ask }, question, send),
    found,
  );
  if (params.query.get("q")) ask();
  else fill(found, empty({ icon: "spark", title: "Ask something", words: HINT }));
}

async function tried(found, send, question) {
  const trying = () => post("/v1/agent/articles/try", { question }, { timeout: PATIENCE });
  const answer = await busyWhile(send, () => trying().catch((error) => ({ error })));
  if (answer.error) fill(found, banner("danger", h("p", {}, wordsOf(answer.error))));
  else fill(found, reply(answer), weighed(answer));
}

function reply(answer) {
  const [kind, words] = OUTCOMES[answer.outcome] ?? ["plain", answer.outcome];
  const sure = Math.round(answer.answerable * 100);
  const sources = answer.citations.map((each) => h("li", {}, source(each)));
  return h(
    "section",
    { class: "card tried-reply", "aria-label": "What would be said" },
    h("div", { class: "tried-head" }, h("h2", {}, "What would be said"), chip(kind, words)),
    h("p", { class: "said", dir: "auto" }, answer.reply || "Nothing: an agent would be in charge."),
    sources.length > 0 && [h("h3", {}, "Sources"), h("ul", { class: "sources" }, sources)],
    h(
      "p",
      { class: "sure" },
      "Sure that the passages hold the answer ",
      h("meter", { min: 0, max: 1, value: answer.answerable, "aria-label": "How sure" }),
      h("strong", {}, `${sure}%`),
    ),
  );
}

function source(citation) {
  const words = citation.title.replaceAll(" > ", " \u203a ");
  return h("a", { class: "link", href: wayTo(citation.article) }, words);
}

function weighed(answer) {
  const best = Math.max(0, ...answer.passages.map((each) => each.score ?? 0));
  const list = h(
    "ol",
    { class: "passages" },
    answer.passages.map((each) => scored(each, best)),
  );
  const none = h("p", { class: "field-hint" }, "No passage fits. An article on this would change that.");
  return h(
    "section",
    { "aria-label": "What was found" },
    h("h2", {}, "What was found"),
    answer.passages.length > 0 ? list : none,
  );
}
