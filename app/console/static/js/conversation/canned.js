/** Canned replies: type / and some letters, choose one, and it stands in the reply with its fields filled. */

import { get } from "../shell/api.js";
import { fill, h, newId } from "../shell/dom.js";
import { filled } from "./fields.js";

const CALL = /(^|\s)\/([^\s/]{0,30})$/;
const MOST = 6;

export class CannedList {
  constructor(composer) {
    this.composer = composer;
    this.replies = [];
    this.loading = null;
    this.at = 0;
    this.list = h("ul", { class: "canned-list", role: "listbox", id: newId("canned"), "aria-label": "Canned replies" });
    this.element = h(
      "div",
      { class: "canned", hidden: true },
      this.list,
      h("p", { class: "canned-foot muted small-words" }, "↑ ↓ to choose, Enter to insert, Esc to leave"),
    );
  }

  /** As if a / was typed where the cursor is. */
  open(text) {
    text.focus();
    const { selectionStart: at, value } = text;
    this.composer.replace(at, text.selectionEnd, `${at && !/\s$/.test(value.slice(0, at)) ? " " : ""}/`);
  }

  /** Letters that come while the replies are loading count, too. */
  async follow(text) {
    if (!CALL.test(before(text))) return this.hide();
    this.loading ??= loaded();
    const found = await this.loading;
    if (!found) this.loading = null;
    this.replies = found ?? [];
    const call = CALL.exec(before(text));
    if (!call) return this.hide();
    this.call = { from: text.selectionStart - call[2].length - 1, to: text.selectionStart };
    return this.#draw(text, call[2].toLowerCase());
  }

  hide() {
    this.element.hidden = true;
    this.composer.text?.removeAttribute("aria-activedescendant");
  }

  /** Whether the key was for this list. */
  pressed(event) {
    if (this.element.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) this.#marked((this.at + step + this.found.length) % this.found.length);
    else if (event.key === "Escape") this.hide();
    else if ((event.key === "Enter" || event.key === "Tab") && this.found.length && !event.ctrlKey)
      this.#choose(this.found[this.at]);
    else return false;
    event.preventDefault();
    return true;
  }

  #draw(text, letters) {
    const fits = ({ name, text: words }) =>
      name.toLowerCase().includes(letters) || (letters.length > 2 && words.toLowerCase().includes(letters));
    this.found = this.replies.filter(fits).slice(0, MOST);
    this.element.hidden = false;
    text.setAttribute("aria-controls", this.list.id);
    fill(
      this.list,
      this.found.length
        ? this.found.map((reply, at) => this.#option(reply, at))
        : h(
            "li",
            { class: "muted canned-none" },
            this.replies.length
              ? "No canned reply fits these letters."
              : "There are no canned replies yet. A supervisor can write them on the page Policy.",
          ),
    );
    if (this.found.length) this.#marked(0);
  }

  #option(reply, at) {
    return h(
      "li",
      {
        role: "option",
        id: `${this.list.id}-${at}`,
        "aria-selected": "false",
        onpointerdown: (event) => {
          event.preventDefault();
          this.#choose(reply);
        },
      },
      h("strong", { dir: "auto" }, reply.name),
      h("span", { class: "muted cut", dir: "auto" }, reply.text),
    );
  }

  #marked(at) {
    this.at = at;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    this.list.children[at]?.scrollIntoView({ block: "nearest" });
    this.composer.text.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
  }

  #choose({ text }) {
    this.hide();
    this.composer.replace(this.call.from, this.call.to, filled(text, this.composer.pane));
    this.hide();
  }
}

const before = (text) => text.value.slice(0, text.selectionStart);

/** Null where they could not be had just now. */
async function loaded() {
  try {
    return (await get("/v1/agent/canned")).canned;
  } catch {
    return null;
  }
}
