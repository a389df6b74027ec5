/** The texts of one language: own words beside the default, with the fields that must stay. */

import { fill, h } from "../shell/dom.js";
import { chip, quiet } from "../parts/pieces.js";
import { grouped, titleOf } from "./titles.js";

const LONGEST = 2000;

export function textsFields(policy, changed) {
  const language = policy.name.split(".")[1];
  const rows = new Map(
    Object.keys(policy.defaults).map((key) => [key, new TextRow({ key, policy, language, changed })]),
  );
  const groups = grouped([...rows.keys()]).map(([name, keys]) => group(name, keys, rows));
  return {
    element: h("div", { class: "texts" }, [toolbarOf(groups), ...groups.map((each) => each.element)]),
    read: () => Object.fromEntries([...rows].filter(([, row]) => row.own).map(([key, row]) => [key, row.value])),
    write: (body) => rows.forEach((row, key) => row.write(body[key])),
    mark: (key, problem) => marked(rows, key, problem),
  };
}

function toolbarOf(groups) {
  const only = h("input", { type: "checkbox", onchange: () => filter() });
  const words = h("input", {
    class: "input",
    type: "search",
    placeholder: "Search the texts",
    "aria-label": "Search the texts",
    oninput: () => filter(),
  });
  const filter = () => groups.forEach((each) => each.filter(words.value.trim().toLowerCase(), only.checked));
  return h("div", { class: "toolbar" }, words, h("label", { class: "check" }, only, "Only own words"));
}

/** Whether the problem found its field. */
function marked(rows, key, problem) {
  for (const row of rows.values()) row.mark("");
  rows.get(key)?.mark(problem);
  return rows.has(key);
}

function group(name, keys, all) {
  const rows = keys.map((key) => all.get(key));
  const element = h(
    "section",
    { class: "text-group" },
    h("h2", {}, name),
    rows.map((row) => row.element),
  );
  const filter = (words, only) => {
    for (const row of rows) row.element.hidden = (only && !row.own) || !row.holds(words);
    element.hidden = rows.every((row) => row.element.hidden);
  };
  return { element, filter };
}

class TextRow {
  constructor({ key, policy, language, changed }) {
    this.key = key;
    this.fallback = String(policy.defaults[key]).trim();
    this.state = h("span", {});
    this.problem = h("p", { class: "field-error", id: `text-${key}-error`, hidden: true });
    const ids = { id: `text-${key}`, "aria-describedby": `text-${key}-error`, lang: language, dir: "auto" };
    this.input = h("textarea", { class: "input", rows: rowsFor(this.fallback), maxlength: LONGEST, ...ids });
    this.back = quiet("Back to the default", () => {
      this.write(undefined);
      changed();
    });
    this.input.addEventListener("input", () => {
      this.tell();
      changed();
    });
    this.element = this.drawn(policy.fields[key] ?? [], policy.must_say_ai.includes(key), language);
  }

  drawn(fields, saysAi, language) {
    const holds = fields.length > 0 && ["Must hold ", fields.map((name) => h("code", {}, `{${name}}`)), saysAi && ". "];
    const needs = (holds || saysAi) && h("p", { class: "field-hint" }, holds, saysAi && "Must say that an AI answers");
    return h(
      "div",
      { class: "text-row card" },
      h(
        "div",
        { class: "text-head" },
        h("label", { for: `text-${this.key}` }, titleOf(this.key)),
        this.state,
        this.back,
      ),
      h(
        "div",
        { class: "text-pair" },
        h(
          "div",
          { class: "text-default" },
          h("h3", {}, "Default"),
          h("p", { lang: language, dir: "auto" }, this.fallback),
        ),
        h("div", { class: "text-own" }, this.input, needs, this.problem),
      ),
    );
  }

  get value() {
    return this.input.value.trim();
  }

  get own() {
    return this.value !== this.fallback;
  }

  holds(words) {
    return !words || `${titleOf(this.key)} ${this.key} ${this.value} ${this.fallback}`.toLowerCase().includes(words);
  }

  write(text) {
    this.input.value = text ?? this.fallback;
    this.tell();
  }

  tell() {
    fill(this.state, this.own && chip("accent", "Own words"));
    this.back.hidden = !this.own;
    this.mark("");
  }

  mark(problem) {
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
    if (problem) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    if (problem) this.input.focus();
  }
}

const rowsFor = (text) => Math.min(8, Math.max(2, Math.ceil(text.length / 48)));
