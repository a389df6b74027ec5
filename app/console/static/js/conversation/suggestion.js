/** A suggested reply: written like the assistant's own, for the agent to change and send. */

import { post } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { loading } from "../shell/states.js";
import { link } from "./text.js";
import { passageElement } from "./why.js";

const PATIENCE = 30_000;

export class Suggestion {
  constructor(composer) {
    this.composer = composer;
    this.element = h("section", { class: "suggestion", "aria-label": "Suggested reply", hidden: true });
  }

  async ask() {
    this.drop();
    const own = (this.asking = new AbortController());
    this.element.hidden = false;
    fill(this.element, this.#head(), loading("A reply is looked for", 2));
    try {
      const found = await post(`${this.composer.pane.path}/suggestion`, undefined, {
        timeout: PATIENCE,
        signal: own.signal,
      });
      fill(this.element, this.#head(), found.text ? this.#shown(found) : nothing(found));
    } catch (error) {
      if (!own.signal.aborted)
        fill(this.element, this.#head(), h("p", { role: "alert" }, `No suggestion came. ${error.message}`));
    }
  }

  drop() {
    this.asking?.abort();
    this.element.hidden = true;
    fill(this.element);
  }

  #head() {
    return h(
      "header",
      { class: "suggestion-head" },
      icon("spark", 17),
      h("h3", {}, "Suggested reply"),
      h(
        "button",
        {
          type: "button",
          class: "icon-button small",
          "aria-label": "Dismiss the suggestion",
          onclick: () => {
            this.drop();
            this.composer.text.focus();
          },
        },
        icon("cross", 16),
      ),
    );
  }

  #shown({ text, citations = [] }) {
    const use = h(
      "button",
      {
        type: "button",
        class: "button small primary",
        onclick: () => {
          this.drop();
          this.composer.put(text);
        },
      },
      icon("edit", 15),
      "Use and edit",
    );
    requestAnimationFrame(() => use.focus());
    return [
      h("p", { class: "words", dir: "auto" }, text),
      citations.length
        ? h(
            "ul",
            { class: "cited-sources" },
            citations.map(({ title, address }) => h("li", {}, icon("book", 14), link(address, title))),
          )
        : null,
      h("footer", {}, use),
    ];
  }
}

const nothing = ({ passages = [] }) => [
  h("p", { role: "status" }, "The knowledge base does not answer the customer's last words."),
  passages.length
    ? h(
        "details",
        {},
        h("summary", {}, "What comes nearest"),
        h(
          "ol",
          { class: "found-passages" },
          passages.slice(0, 4).map((each) => passageElement(each)),
        ),
      )
    : null,
];
