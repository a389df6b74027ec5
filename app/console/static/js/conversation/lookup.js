/** Searches the knowledge base beside a reply; what is chosen is inserted with its source. */

import { address, get } from "../shell/api.js";
import { openDialog } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { empty, problemBox } from "../shell/states.js";
import { plain } from "./plain.js";
import { passageElement, titleOf } from "./why.js";

const SETTLES = 300;

/** The words to insert, or null. */
export const searchKnowledge = () =>
  openDialog({ title: "Search the knowledge base", wide: true, build: (close) => new Lookup(close).elements });

class Lookup {
  constructor(close) {
    this.close = close;
    this.found = h("div", { class: "lookup-found", "aria-live": "polite" });
    this.input = h("input", {
      class: "input",
      type: "search",
      placeholder: "What is it about?",
      "aria-label": "Search the knowledge base",
      autofocus: true,
      oninput: () => this.#settled(),
    });
    this.elements = [h("div", { class: "search-line" }, icon("search", 18), this.input), this.found];
  }

  #settled() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#search(this.input.value.trim()), SETTLES);
  }

  async #search(q) {
    this.asking?.abort();
    const own = (this.asking = new AbortController());
    if (!q) return fill(this.found);
    try {
      const { passages } = await get(address("/v1/agent/search", { q }), { signal: own.signal });
      const none = empty({
        icon: "book",
        title: "Nothing found",
        words: "No article speaks of this. What customers ask in vain is listed on the page Knowledge.",
      });
      return fill(
        this.found,
        passages.length
          ? h(
              "ol",
              { class: "found-passages" },
              passages.map((each) => passageElement(each, this.#insert(each))),
            )
          : none,
      );
    } catch (error) {
      return own.signal.aborted
        ? undefined
        : fill(
            this.found,
            problemBox(error, () => this.#search(q)),
          );
    }
  }

  /** What is internal is for the agent to know, not to send. */
  #insert(passage) {
    if (passage.internal) return h("p", { class: "muted small-words" }, "For colleagues only: it cannot be inserted.");
    return h(
      "button",
      { type: "button", class: "button small", onclick: () => this.close(insertion(passage)) },
      icon("plus", 15),
      "Insert with its source",
    );
  }
}

const insertion = (passage) =>
  [plain(passage.text), passage.address ? `${titleOf(passage)}: ${passage.address}` : `(${titleOf(passage)})`].join(
    "\n\n",
  );
