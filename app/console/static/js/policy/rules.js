/** The rules: a few numbers, each with what it does, its bounds and its default. */

import { h, newId } from "../shell/dom.js";
import { quiet } from "../parts/pieces.js";
import { titleOf } from "./titles.js";

const WORDS = {
  wish_at: ["A person is brought in at the least sign of a wish", "Only a plain wish brings in a person"],
  answerable_at: [
    "Answers more often, and is wrong more often",
    "Answers only when sure, and says more often that it does not know",
  ],
  misses_before_handoff: ["A person comes sooner", "The assistant tries longer"],
  fewest_words_to_search: ["Looks everything up", "Asks back on short messages"],
  words_of_its_own: ["Quotes the articles nearly always", "Speaks in its own words, and may say what no article holds"],
};

export function rulesFields(policy, changed) {
  const rows = Object.keys(policy.bounds).map((key) => new RuleRow(key, policy, changed));
  return {
    element: h(
      "div",
      { class: "rules" },
      rows.map((row) => row.element),
    ),
    read: () => Object.fromEntries(rows.filter((row) => row.own).map((row) => [row.key, row.value])),
    write: (body) => rows.forEach((row) => row.write(body[row.key])),
  };
}

class RuleRow {
  constructor(key, policy, changed) {
    const [least, most] = policy.bounds[key];
    this.key = key;
    this.fallback = policy.defaults[key];
    const whole = Number.isInteger(least) && most >= 2;
    const bounds = { min: least, max: most, step: whole ? 1 : 0.05 };
    const id = newId("rule");
    this.slider = h("input", { type: "range", ...bounds, id, oninput: () => this.set(this.slider.value, changed) });
    const exact = { ...bounds, step: whole ? 1 : 0.01, "aria-label": titleOf(key) };
    this.number = h("input", {
      class: "input number-input",
      type: "number",
      ...exact,
      oninput: () => this.set(this.number.value, changed),
    });
    this.back = quiet(`Default: ${this.fallback}`, () => {
      this.write(undefined);
      changed();
    });
    const [low, high] = WORDS[key] ?? ["", ""];
    this.element = h(
      "div",
      { class: "card rule" },
      h("div", { class: "rule-head" }, h("label", { for: id }, titleOf(key)), this.back, this.number),
      this.slider,
      h("div", { class: "rule-ends" }, h("span", {}, low), h("span", {}, high)),
    );
  }

  get value() {
    return Number(this.number.value);
  }

  get own() {
    return this.value !== this.fallback;
  }

  set(value, changed) {
    this.write(Number(value));
    changed();
  }

  write(value) {
    const held = value ?? this.fallback;
    if (Number(this.number.value) !== held || this.number.value === "") this.number.value = held;
    this.slider.value = held;
    this.back.disabled = !this.own;
  }
}
