/** What the list is narrowed to: a search, a tag, a feeling, a channel, an agent. */

import { get } from "../shell/api.js";
import { fill, h, newId } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { channelWords, FEELING_OPTIONS } from "./words.js";

const SETTLES = 250;

/**
 * The search with its filters below; `changed(filter)` for each new wish: { q, tag, feeling, channel, agent, spam
 * }.
 */
export class Filters {
  constructor(changed) {
    this.value = {};
    this.changed = changed;
    this.search = h("input", {
      class: "input",
      type: "search",
      placeholder: "Search conversations",
      "aria-label": "Search conversations",
      oninput: () => this.#settled(),
      onkeydown: (event) => this.#left(event),
    });
    this.panel = h("div", { class: "filter-panel", id: newId("filters"), hidden: true });
    this.opener = h(
      "button",
      {
        type: "button",
        class: "icon-button filter-button",
        "aria-label": "Filters",
        "aria-expanded": "false",
        "aria-controls": this.panel.id,
        onclick: () => this.#toggled(),
      },
      icon("filter"),
    );
    this.element = h(
      "div",
      { class: "filters" },
      h("div", { class: "search-line" }, icon("search", 18), this.search, this.opener),
      this.panel,
    );
  }

  get active() {
    return Object.values(this.value).some(Boolean);
  }

  focus() {
    this.search.focus();
    this.search.select();
  }

  clear() {
    this.value = {};
    this.search.value = "";
    for (const control of this.panel.querySelectorAll("select")) control.value = "";
    for (const box of this.panel.querySelectorAll("input")) box.checked = false;
    this.#tell();
  }

  #settled() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#set("q", this.search.value.trim()), SETTLES);
  }

  #left(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (this.search.value) this.clear();
    else this.search.blur();
  }

  #set(name, value) {
    this.value = { ...this.value, [name]: value };
    this.#tell();
  }

  #tell() {
    const narrowed = Object.entries(this.value).some(([name, value]) => name !== "q" && value);
    this.opener.classList.toggle("narrowed", narrowed);
    this.opener.setAttribute("aria-label", narrowed ? "Filters, some are set" : "Filters");
    this.changed(this.value);
  }

  async #toggled() {
    this.panel.hidden = !this.panel.hidden;
    this.opener.setAttribute("aria-expanded", String(!this.panel.hidden));
    if (this.panel.hidden || this.panel.childElementCount) return;
    const [people, tags, recent] = await Promise.all([
      listed("/v1/agent/people", "people"),
      listed("/v1/agent/tags", "tags"),
      listed("/v1/agent/conversations?limit=100", "conversations"),
    ]);
    const channels = [...new Set(["widget", ...recent.map(({ channel }) => channel)])];
    fill(
      this.panel,
      this.#choice("Feeling", "feeling", FEELING_OPTIONS),
      this.#choice(
        "Channel",
        "channel",
        channels.map((each) => [each, channelWords(each)]),
      ),
      this.#choice(
        "Tag",
        "tag",
        tags.map((tag) => [tag, tag]),
      ),
      this.#choice(
        "Agent",
        "agent",
        people.map(({ id, name }) => [id, name]),
      ),
      h(
        "label",
        { class: "check" },
        h("input", { type: "checkbox", onchange: (event) => this.#set("spam", event.target.checked) }),
        "Spam",
      ),
      h("button", { type: "button", class: "button small quiet", onclick: () => this.clear() }, "Clear"),
    );
    this.panel.querySelector("select")?.focus();
  }

  #choice(label, name, options) {
    const id = newId("filter");
    return h(
      "div",
      { class: "filter" },
      h("label", { for: id }, label),
      h(
        "select",
        { id, class: "input", onchange: (event) => this.#set(name, event.target.value) },
        h("option", { value: "" }, "Any"),
        options.map(([value, words]) => h("option", { value }, words)),
      ),
    );
  }
}

async function listed(path, name) {
  try {
    return (await get(path))[name] ?? [];
  } catch {
    return [];
  }
}
