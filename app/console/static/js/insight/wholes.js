/** Pictures of a whole and its parts: outcomes, resolutions, reasons, waits. */

import { h } from "../shell/dom.js";
import { many, number, percent, span } from "../parts/times.js";
import { bars } from "./charts/bars.js";
import { share, swatch } from "./charts/share.js";
import { figure } from "./figure.js";
import { OUTCOMES, REASONS, RESOLUTIONS } from "./words.js";

const sum = (parts) => parts.reduce((all, part) => all + part.value, 0);

/** One bar cut into parts, and each part below with its pattern, count and share. */
function whole({ title, summary, parts, head }) {
  const all = sum(parts);
  const draw = all ? (width) => share({ width, label: `${title}. ${summary}`, parts, told: number }) : null;
  const line = (part, index) =>
    h(
      "li",
      {},
      swatch(parts, index),
      h("span", { class: "part-name" }, part.name, part.hint && h("small", {}, part.hint)),
      h("strong", {}, number(part.value)),
      h("span", { class: "part-share" }, percent(part.value, all)),
    );
  const rows = parts.map((part) => [part.name, number(part.value), percent(part.value, all)]);
  const below = h("ul", { class: "part-list" }, parts.map(line));
  return figure({ title, summary, draw, below, table: { head: [head, "Count", "Share"], rows } });
}

export function outcomesFigure({ outcomes }) {
  const parts = OUTCOMES.map(([name, words]) => ({ name: words, value: outcomes[name] ?? 0 })).filter(
    (part) => part.value > 0,
  );
  return whole({
    title: "How messages were met",
    summary: `${many(sum(parts), "turn")} in all.`,
    parts,
    head: "Outcome",
  });
}

/** Three counts, never one: what customers confirmed is another thing than what we assume. */
export function resolvedFigure({ resolved, without_person: all }) {
  const parts = RESOLUTIONS.map(([name, words, hint]) => ({ name: words, hint, value: resolved[name] ?? 0 }));
  const rest = {
    name: "None of these",
    hint: "Open still, or not resolved.",
    value: Math.max(0, all - sum(parts)),
    tone: 5,
  };
  const summary = `Of ${many(all, "conversation")} without a person.`;
  return whole({ title: "Resolved by the assistant", summary, parts: [...parts, rest], head: "Resolved" });
}

export function handoffsFigure({ handoffs }) {
  const rows = Object.entries(handoffs)
    .map(([name, value]) => ({ name: REASONS[name] ?? name, value }))
    .sort((a, b) => b.value - a.value);
  const summary = rows.length > 0 ? `${many(sum(rows), "handoff")}.` : "Nobody needed a person.";
  const draw =
    rows.length > 0
      ? (width) => bars({ width, label: `Why a person was brought in. ${summary}`, rows, told: number })
      : null;
  const table = { head: ["Reason", "Handoffs"], rows: rows.map((row) => [row.name, number(row.value)]) };
  return figure({ title: "Why a person was brought in", summary, draw, table });
}

export function waitsFigure({ waits }) {
  const spans = [
    ["Half waited at most", waits.p50],
    ["Nine of ten waited at most", waits.p90],
    ["The longest wait", waits.longest],
  ];
  const rows = spans.map(([name, value]) => ({ name, value: value ?? 0 }));
  const unmet = waits.unmet ? ` ${many(waits.unmet, "handoff")} without an agent\u2019s answer so far.` : "";
  const summary = `${many(waits.count, "wait")} until an agent wrote.${unmet}`;
  const draw = waits.count
    ? (width) => bars({ width, label: `Waits for a person. ${summary}`, rows, told: span })
    : null;
  const figures = [
    ...rows.map((row) => [row.name, span(row.value)]),
    ["Without an answer so far", number(waits.unmet)],
  ];
  return figure({ title: "Waits for a person", summary, draw, table: { head: ["Wait", "Time"], rows: figures } });
}
