/** The entries as elements: those that did not change stay as they are, opened details and all. */

import { fill, h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { dayOf, timeTag } from "../shell/times.js";
import { entryElement } from "./entry.js";

const NEAR = 120;

export class Timeline {
  /** `acts` is what entries may ask for: { markWrong, again, discard }. */
  constructor(acts) {
    this.acts = acts;
    this.known = new Map();
    this.list = h("ol", { class: "entries", "aria-label": "Messages" });
    this.newer = h(
      "button",
      { type: "button", class: "button small newer", hidden: true, onclick: () => this.toEnd() },
      icon("down", 16),
      "Newer messages",
    );
    this.element = h(
      "div",
      { class: "timeline", tabindex: 0, role: "region", "aria-label": "What was said", onscroll: () => this.#looked() },
      this.list,
    );
  }

  /** Stays at the end if it was there; else it tells that there is more. */
  show(entries, customer) {
    const atEnd = this.#isAtEnd;
    const before = this.known;
    const isFirst = !before.size;
    this.known = new Map(entries.map((entry) => [entry.key, this.#element(entry, customer, before.get(entry.key))]));
    const elements = [...this.known.values()].map(({ element }) => element);
    if (
      elements.some((element, at) => this.list.children[at] !== element) ||
      elements.length !== this.list.children.length
    )
      fill(this.list, elements);
    const isNew = entries.length && !before.has(entries.at(-1).key);
    if (isFirst || (isNew && atEnd)) this.toEnd();
    else if (isNew) this.newer.hidden = false;
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.newer.hidden = true;
  }

  get #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #looked() {
    if (this.#isAtEnd) this.newer.hidden = true;
  }

  #element(entry, customer, old) {
    const sign = JSON.stringify([entry, customer.name]);
    if (old?.sign === sign) return old;
    const element = h(
      "li",
      { class: `entry ${entry.kind}${entry.follows ? " follows" : ""}`, "data-key": entry.key },
      entry.day ? h("h2", { class: "day-line" }, timeTag(entry.at, dayOf(entry.at))) : null,
      entryElement(entry, customer, this.acts),
    );
    return { element, sign };
  }
}
