/** Tags of a conversation: taken off one by one, added by typing. */

import { get } from "../shell/api.js";
import { fill, h, newId } from "../shell/dom.js";
import { icon } from "../shell/icons.js";

const LONGEST = 40;

export class TagEditor {
  constructor(pane) {
    this.pane = pane;
    this.list = h("ul", { class: "tags" });
    this.known = h("datalist", { id: newId("tags") });
    this.input = h("input", {
      class: "input tag-input",
      list: this.known.id,
      maxlength: LONGEST,
      placeholder: "Add a tag",
      "aria-label": "Add a tag",
      autocomplete: "off",
      onfocus: () => this.#load(),
      onkeydown: (event) => this.#pressed(event),
      onchange: () => this.#add(),
    });
    this.element = h("div", { class: "tag-editor" }, this.list, this.input, this.known);
  }

  draw(tags) {
    this.tags = tags;
    fill(
      this.list,
      tags.map((tag) =>
        h(
          "li",
          {},
          h(
            "span",
            { class: "chip tag" },
            icon("tag", 14),
            h("span", { class: "cut", dir: "auto" }, tag),
            h(
              "button",
              {
                type: "button",
                class: "tag-off",
                "aria-label": `Take off the tag ${tag}`,
                onclick: () => this.#set(tags.filter((each) => each !== tag)),
              },
              icon("cross", 14),
            ),
          ),
        ),
      ),
    );
  }

  focus() {
    this.input.focus();
  }

  #pressed(event) {
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault();
      this.#add();
    } else if (event.key === "Escape") this.input.blur();
  }

  #add() {
    const tag = this.input.value.replace(/\s+/g, " ").trim().toLowerCase();
    this.input.value = "";
    if (tag && !this.tags.includes(tag)) this.#set([...this.tags, tag]);
  }

  async #set(tags) {
    await this.pane.actions.tag(tags);
  }

  async #load() {
    if (this.loaded) return;
    this.loaded = true;
    const found = await get("/v1/agent/tags").catch(() => ({ tags: [] }));
    fill(
      this.known,
      found.tags.map((tag) => h("option", { value: tag })),
    );
  }
}
