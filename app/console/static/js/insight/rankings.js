/** Rankings: questions, articles, agents, and what customers said of replies. */

import { h } from "../shell/dom.js";
import { many, number, percent } from "../parts/times.js";
import { wayTo } from "../knowledge/states.js";
import { bars } from "./charts/bars.js";
import { share, swatch } from "./charts/share.js";
import { figure } from "./figure.js";

const conversation = (id, words) =>
  h("a", { class: "link", href: `#/conversations/${encodeURIComponent(id)}`, dir: "auto" }, words);

function ranking({ title, summary, rows, head, told = number, cells }) {
  const draw = rows.length > 0 ? (width) => bars({ width, label: `${title}. ${summary}`, rows, told }) : null;
  return figure({ title, summary, draw, table: { head, rows: rows.map(cells) } });
}

export function questionsFigure({ questions }) {
  const rows = questions.map((each) => ({ name: each.question, value: each.count, id: each.conversation }));
  const summary =
    rows.length > 0
      ? "Of the newest 2,000 questions that were looked up, alike ones together."
      : "Nothing was looked up.";
  const cells = (row) => [conversation(row.id, row.name), number(row.value)];
  return ranking({ title: "Top questions", summary, rows, head: ["Question", "Times"], cells });
}

export function articlesFigure({ articles }) {
  const rows = articles.map((each) => ({ name: each.title, value: each.count, id: each.id }));
  const summary = rows.length > 0 ? "How many replies name them as a source." : "No reply named a source.";
  const cells = (row) => [h("a", { class: "link", href: wayTo(row.id), dir: "auto" }, row.name), number(row.value)];
  return ranking({ title: "Top articles", summary, rows, head: ["Article", "Replies"], cells });
}

export function agentsFigure({ agents }) {
  const rows = agents.map((each) => ({ ...each, value: each.claimed }));
  const summary =
    rows.length > 0
      ? "Conversations taken in this period, replies in them, and what is in hand now."
      : "No agent took a conversation.";
  const told = (value, row) =>
    `${number(value)} taken \u00b7 ${many(row.replies, "reply", "replies")} \u00b7 ${number(row.in_hand)} in hand`;
  const cells = (row) => [h("bdi", {}, row.name), number(row.claimed), number(row.replies), number(row.in_hand)];
  return ranking({
    title: "Agents\u2019 load",
    summary,
    rows,
    head: ["Agent", "Taken", "Replies", "In hand"],
    told,
    cells,
  });
}

export function feedbackFigure({ feedback }) {
  const parts = [
    { name: "Helpful", value: feedback.helpful },
    { name: "Not helpful", value: feedback.unhelpful },
  ];
  const all = feedback.helpful + feedback.unhelpful;
  const summary = all ? `${many(all, "thumb")} on replies of the assistant.` : "Nobody gave a thumb yet.";
  const line = (part, index) =>
    h(
      "li",
      {},
      swatch(parts, index),
      h("span", { class: "part-name" }, part.name),
      h("strong", {}, number(part.value)),
      h("span", { class: "part-share" }, percent(part.value, all)),
    );
  const said = feedback.reasons.map((each) => h("li", {}, conversation(each.conversation, each.reason)));
  const why = said.length > 0 && h("div", { class: "said-why" }, h("h3", {}, "What they said"), h("ul", {}, said));
  const draw = all ? (width) => share({ width, label: `Feedback. ${summary}`, parts, told: number }) : null;
  const rows = parts.map((part) => [part.name, number(part.value), percent(part.value, all)]);
  const below = [h("ul", { class: "part-list" }, parts.map(line)), why];
  return figure({ title: "Feedback", summary, draw, below, table: { head: ["Thumb", "Count", "Share"], rows } });
}
