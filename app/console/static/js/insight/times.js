/** Pictures over the hours of a day and the days of the period. */

import { h } from "../shell/dom.js";
import { many, number, shortDay, shortNumber } from "../parts/times.js";
import { columns } from "./charts/columns.js";
import { figure } from "./figure.js";
import { FEELINGS } from "./words.js";

const daysOf = (found) => found.by_day.map((each) => shortDay(each.day));
const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);

/** One series of numbers over names. */
function series({ title, name, summary, labels, values, head, wide = false, told = number }) {
  const picture = { label: `${title}. ${summary}`, labels, series: [{ name, values }], told };
  const draw = sum(values) ? (width, pointed) => columns({ ...picture, width, pointed }) : null;
  return figure({
    title,
    summary,
    draw,
    wide,
    table: { head: [head, name], rows: labels.map((label, index) => [label, told(values[index])]) },
  });
}

export function byDayFigure(found) {
  const values = found.by_day.map((day) => day.conversations);
  const summary = `${many(sum(values), "conversation")} opened, ${number(Math.max(...values))} on the busiest day.`;
  return series({
    title: "Conversations by day",
    name: "Conversations",
    summary,
    labels: daysOf(found),
    values,
    head: "Day",
    wide: true,
  });
}

export function byHourFigure({ by_hour: values }) {
  const labels = values.map((_, hour) => `${String(hour).padStart(2, "0")}h`);
  const busiest = values.indexOf(Math.max(...values));
  const summary = sum(values)
    ? `Most are opened between ${busiest} and ${busiest + 1} o\u2019clock.`
    : "None were opened.";
  return series({
    title: "Conversations by hour",
    name: "Conversations",
    summary,
    labels,
    values,
    head: "Hour",
    wide: true,
  });
}

export function feelingsFigure(found) {
  const used = FEELINGS.filter(([name]) => found.by_day.some((day) => day.feelings[name]));
  const all = used.map(([feeling, name, tone]) => ({
    name,
    tone,
    values: found.by_day.map((day) => day.feelings[feeling] ?? 0),
  }));
  const hard = sum(
    found.by_day.map((day) => sum(["upset", "angry", "distressed"].map((name) => day.feelings[name] ?? 0))),
  );
  const messages = sum(found.by_day.map((day) => sum(Object.values(day.feelings))));
  const summary = messages
    ? `${number(hard)} of ${many(messages, "turn")} sounded upset, angry or distressed.`
    : "Nothing was said.";
  const labels = daysOf(found);
  const rows = labels.map((label, index) => [label, ...all.map(({ values }) => number(values[index]))]);
  const picture = { height: 240, label: `Feeling over time. ${summary}`, labels, series: all, told: number };
  const draw = messages ? (width, pointed) => columns({ ...picture, width, pointed }) : null;
  const table = { head: ["Day", ...all.map(({ name }) => name)], rows };
  return figure({ title: "Feeling over time", summary, draw, wide: true, table });
}

export function tokensFigure(found) {
  const values = found.by_day.map((day) => day.tokens);
  const used = sum(values);
  const summary = used
    ? `${shortNumber(used)} tokens. ${costOf(found)}`
    : "No model was asked: all answers were taken from articles word for word.";
  const labels = daysOf(found);
  const below = used ? models(found) : null;
  const picture = { label: `Tokens. ${summary}`, labels, series: [{ name: "Tokens", values }], told: shortNumber };
  const draw = used ? (width, pointed) => columns({ ...picture, width, pointed }) : null;
  const table = { head: ["Day", "Tokens"], rows: labels.map((label, index) => [label, number(values[index])]) };
  return figure({ title: "Tokens and cost", summary, draw, below, table });
}

function costOf({ cost, currency, tokens }) {
  if (cost === null) return "No price is set for these models, so no cost is told.";
  const some = tokens.some((each) => each.cost === null) ? "Those of models with a price" : "They";
  return `${some} cost ${money(cost, currency)}.`;
}

function models(found) {
  const line = (each) =>
    h(
      "li",
      {},
      h("bdi", {}, each.model),
      h("span", {}, `${shortNumber(each.input)} in, ${shortNumber(each.output)} out`),
      h("strong", {}, each.cost === null ? "no price" : money(each.cost, found.currency)),
    );
  return h("ul", { class: "model-list" }, found.tokens.map(line));
}

const money = (value, currency) =>
  new Intl.NumberFormat("en-GB", { style: "currency", currency: currency ?? "EUR" }).format(value);

export function errorsFigure(found) {
  const values = found.by_day.map((day) => day.model_errors);
  const all = sum(values);
  const failed = `In ${many(all, "turn")} the model gave no usable answer; articles or a person helped instead.`;
  const summary = all ? failed : "The model never failed.";
  return series({ title: "Model errors", name: "Errors", summary, labels: daysOf(found), values, head: "Day" });
}
