/** Beside the conversation: who the customer is, what is known of them and from where, tags, files, what was before. */

import { openDialog } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { avatar, nameOf } from "../shell/names.js";
import { setting, settings } from "../shell/settings.js";
import { timeTag, wholly } from "../shell/times.js";
import { chip, readable, statusChip } from "../queue/words.js";
import { fileElement } from "./files.js";
import { TagEditor } from "./tags.js";

const NARROW = matchMedia("(max-width: 1179px)");
const ASSURANCES = {
  verified: ["Verified", "shield", "good"],
  claimed: ["Unproven name", "info", "warm"],
  anonymous: ["Anonymous", "person", ""],
};

export class About {
  constructor(pane) {
    this.pane = pane;
    this.tags = new TagEditor(pane);
    this.content = h("div", { class: "about-content" });
    this.element = h(
      "aside",
      { class: "about", "aria-label": "About the customer", hidden: !settings().about },
      this.content,
    );
  }

  draw() {
    const { data } = this.pane;
    this.tags.draw(data.tags ?? []);
    const sign = JSON.stringify([
      data.customer,
      data.profile,
      data.claimed,
      data.earlier,
      data.files,
      data.tags,
      data.opened_at,
      data.status,
    ]);
    if (sign === this.sign) return;
    this.sign = sign;
    fill(
      this.content,
      card(data),
      this.#part("Tags", this.tags.element),
      this.#part("Claims, unproven", claims(data.claimed)),
      this.#part("On file", known(data.profile)),
      this.#part("Files", files(data.files)),
      this.#part("Earlier conversations", earlier(data.earlier)),
      this.#part("This conversation", facts(data)),
    );
  }

  /** Beside the conversation where there is room, else a drawer over it. */
  toggle() {
    if (NARROW.matches) return this.#drawer();
    this.element.hidden = !this.element.hidden;
    setting("about", !this.element.hidden);
    return undefined;
  }

  async focusTags() {
    if (NARROW.matches) this.#drawer();
    else this.element.hidden = false;
    this.tags.focus();
  }

  async #drawer() {
    await openDialog({ title: "About the customer", side: true, build: () => this.content });
    this.element.append(this.content);
  }

  #part(title, content) {
    return content ? h("section", { class: "about-part" }, h("h3", {}, title), content) : null;
  }
}

function card({ customer }) {
  const [words, name, tone] = ASSURANCES[customer.assurance] ?? ASSURANCES.anonymous;
  return h(
    "div",
    { class: "about-card" },
    avatar(customer, "large"),
    h("h2", { dir: "auto" }, nameOf(customer)),
    chip(words, name, tone),
  );
}

/** What the company has on file, and apart from it what the customer said. */
function known(profile) {
  if (!profile?.known.length) return h("p", { class: "muted small-words" }, "Nothing is known of this customer yet.");
  const company = profile.known.filter(({ source }) => source === "company");
  const own = profile.known.filter(({ source }) => source !== "company");
  return [
    company.length ? [h("h4", {}, "From the company"), h("dl", { class: "facts" }, company.map(knownFact))] : null,
    own.length ? [h("h4", {}, "Said by the customer"), h("dl", { class: "facts" }, own.map(knownFact))] : null,
  ];
}

const knownFact = ({ about, value }) =>
  h(
    "div",
    {},
    h("dt", { dir: "auto" }, about === value ? "Mentioned" : readable(about)),
    h("dd", { dir: "auto" }, value),
  );

function claims(claimed) {
  const given = Object.entries(claimed ?? {}).filter(([, value]) => value);
  if (!given.length) return null;
  return [
    h(
      "dl",
      { class: "facts" },
      given.map(([name, value]) => h("div", {}, h("dt", {}, readable(name)), h("dd", { dir: "auto" }, value))),
    ),
    h(
      "p",
      { class: "muted small-words" },
      "The website says so, without proof. Ask before you tell anything personal.",
    ),
  ];
}

const files = (found) =>
  found?.length
    ? h(
        "ul",
        { class: "about-files" },
        found.map((file) => h("li", {}, fileElement(file))),
      )
    : null;

function earlier(found) {
  if (!found?.length) return null;
  return h(
    "ul",
    { class: "earlier" },
    found.map((each) =>
      h(
        "li",
        {},
        h(
          "a",
          { href: `#/conversations/${encodeURIComponent(each.id)}` },
          h("span", { class: "earlier-question", dir: "auto" }, each.question || "No words"),
          h(
            "span",
            { class: "earlier-line" },
            timeTag(each.opened_at),
            each.outcome ? h("span", {}, readable(each.outcome)) : null,
            statusChip({ status: each.status }),
          ),
        ),
      ),
    ),
  );
}

const facts = ({ id, opened_at: opened, closed_at: closed }) =>
  h(
    "dl",
    { class: "facts" },
    fact("Begun", wholly(opened)),
    closed ? fact("Closed", wholly(closed)) : null,
    fact("Number", id),
  );

const fact = (name, value) => h("div", {}, h("dt", {}, name), h("dd", {}, value));
