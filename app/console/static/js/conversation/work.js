/** What the work on a reply was: who wrote it, what was checked, how long each step took, what it cost. */

import { h } from "../shell/dom.js";
import { chip, readable } from "../queue/words.js";

const STEPS = [
  ["assess", "reading"],
  ["search", "search"],
  ["compare", "comparing"],
  ["first_text", "first text after"],
  ["whole", "whole"],
];
const FIELDS = { first_name: "first name", products: "products", plan: "plan" };

/** Nothing for turns of before any of it was noted. */
export function work({ checked, took = {}, usage = [], cost, answerer }) {
  const told = [
    checkedWords(checked),
    timesWords(took),
    ...usageWords(usage),
    cost ? ["Cost", `${cost.amount.toFixed(4)} ${cost.currency}`] : null,
  ].filter(Boolean);
  if (!told.length) return null;
  return h(
    "section",
    { class: "work-of-turn" },
    h("h3", {}, answerer ? `Work by ${readable(answerer)}` : "Work"),
    h(
      "dl",
      {},
      told.map(([name, words]) => [h("dt", {}, name), h("dd", { dir: "auto" }, words)]),
    ),
  );
}

/** Each pair of statements, and which one was heard. */
export function contradictions(pairs = []) {
  if (!pairs.length) return null;
  return h(
    "section",
    {},
    h("h3", {}, "Articles that contradict each other"),
    pairs.map(({ decided, statements }) =>
      h(
        "ul",
        { class: "contradiction" },
        statements.map((statement) => statementElement(statement, decided)),
      ),
    ),
  );
}

const statementElement = ({ title, text, valid_from: from, heard }, decided) =>
  h(
    "li",
    { dir: "auto" },
    h("strong", {}, title),
    heard ? chip("Newer: said", "check", "accent") : decided ? chip("Older: left out", "", "") : chip("Open", "warn", "warm"),
    h("span", { class: "muted" }, from ? ` from ${from}` : " without a date"),
    h("p", {}, text),
  );

/** Sentences of passages that were said in place of withheld ones. */
export const quoted = (sentences = []) =>
  sentences.length
    ? h(
        "section",
        {},
        h("h3", {}, "Said instead, in the articles' words"),
        h(
          "ul",
          { class: "withheld" },
          sentences.map((sentence) => h("li", { dir: "auto" }, sentence)),
        ),
      )
    : null;

const checkedWords = (checked) =>
  typeof checked === "number" && checked ? ["Checked", `${checked} ${checked === 1 ? "sentence" : "sentences"}`] : null;

function timesWords(took) {
  const told = STEPS.filter(([step]) => typeof took[step] === "number").map(([step, name]) => `${name} ${time(took[step])}`);
  return told.length ? ["Time", told.join(" · ")] : null;
}

const time = (milliseconds) =>
  milliseconds < 1000 ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

function usageWords(usage) {
  if (!usage.length) return [];
  const read = usage.reduce((sum, { input_tokens: tokens }) => sum + tokens, 0);
  const written = usage.reduce((sum, { output_tokens: tokens }) => sum + tokens, 0);
  const given = [...new Set(usage.flatMap(({ given: fields = [] }) => fields))].map((field) => FIELDS[field] ?? field);
  const calls = `${usage.length} ${usage.length === 1 ? "call" : "calls"}`;
  return [
    ["Tokens", `${read} read, ${written} written, ${calls}`],
    ["Given to the model", given.length ? given.join(", ") : "nothing of the profile"],
  ];
}
