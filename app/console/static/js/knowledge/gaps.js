/** Unanswered questions, most often asked first, each a step away from its article. */

import { get, put } from "../shell/api.js";
import { confirm } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { go } from "../shell/pages.js";
import { empty } from "../shell/states.js";
import { show } from "../parts/loading.js";
import { heading, primary, quiet } from "../parts/pieces.js";
import { ago, many, momentOf } from "../parts/times.js";
import { keep, kept } from "../parts/unsaved.js";
import { valuesOf } from "./fields.js";

const LEAD = "What customers asked in the last 90 days and the articles did not answer, most often asked first.";
const NONE = {
  icon: "check",
  title: "Nothing is unanswered",
  words: "Questions that the assistant has no article for appear here.",
};

export function gapsView(place) {
  const list = h("div");
  const load = () =>
    show(
      list,
      () => get("/v1/agent/gaps"),
      ({ gaps }) => drawn(gaps, load),
    );
  fill(place, heading("Unanswered questions", LEAD), list);
  load();
}

function drawn(gaps, load) {
  if (gaps.length === 0) return empty(NONE);
  const most = Math.max(...gaps.map((gap) => gap.count));
  return h(
    "ol",
    { class: "cards gaps" },
    gaps.map((gap) => card(gap, most, load)),
  );
}

function card(gap, most, load) {
  const asked = h(
    "div",
    { class: "gap-count" },
    h("strong", {}, gap.count),
    h("span", {}, gap.count === 1 ? "time" : "times"),
    h("meter", { min: 0, max: most, value: gap.count, "aria-label": `Asked ${many(gap.count, "time")}` }),
  );
  const question = h("h2", { class: "gap-question", dir: "auto" }, gap.question);
  const main = h("div", { class: "gap-main" }, question, lastAsked(gap), answered(gap));
  const steps = h(
    "div",
    { class: "card-actions" },
    primary("Write the article", () => write(gap), { class: "button primary small" }),
    h("a", { class: "button small", href: `#/knowledge/try?q=${encodeURIComponent(gap.question)}` }, "Try it"),
    quiet("Needs no article", () => settle(gap, load)),
  );
  return h("li", { class: "card gap" }, asked, main, steps);
}

function lastAsked(gap) {
  const way = `#/conversations/${encodeURIComponent(gap.conversation)}`;
  const words = [`Last asked ${ago(gap.last_at)} \u00b7 `, h("a", { class: "link", href: way }, "Conversation")];
  return h("p", { class: "card-about", title: momentOf(gap.last_at) }, words);
}

const answered = ({ agent_reply: reply }) =>
  reply && h("div", { class: "quoted" }, h("h3", {}, "An agent answered"), h("p", { dir: "auto" }, reply));

/** The editor opens with the question as the title and the agent's words as the text. */
async function write(gap) {
  const begun = kept("article.new");
  const other = begun && begun.values.gap !== gap.question && (begun.values.text || begun.values.title);
  const title = begun?.values.title || "no title yet";
  const words = `An unsaved new article is kept in this browser: \u201c${title}\u201d. It would be replaced.`;
  if (other && !(await confirm({ title: "Begin another article?", words, action: "Replace it", danger: true }))) return;
  if (!begun || other)
    keep("article.new", { ...valuesOf(null), title: gap.question, text: gap.agent_reply ?? "", gap: gap.question });
  go("#/knowledge/new");
}

async function settle(gap, load) {
  try {
    await put("/v1/agent/gaps/settle", { question: gap.question });
    notify("Taken off the list. It comes back when it is asked in vain again.");
    load();
  } catch (error) {
    notifyProblem(error);
  }
}
