/**
 * Where an agent writes: a reply to the customer, or a note for colleagues. What is written is kept until it is
 * sent.
 */

import { upload } from "../shell/api.js";
import { fill, h, newId } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { CannedList } from "./canned.js";
import { openFields } from "./fields.js";
import { draftOf, keepDraft } from "./kept.js";
import { searchKnowledge } from "./lookup.js";
import { Suggestion } from "./suggestion.js";
import { newKey } from "./unsent.js";

const MOST = 4_000;
const NEARLY = 3_600;
const KINDS = { reply: ["Reply", "chat"], note: ["Note", "note"] };

export class Composer {
  constructor(pane) {
    this.pane = pane;
    this.kind = "reply";
    this.tabs = h("div", { class: "tabs writer-kinds", role: "group", "aria-label": "What to write" });
    this.text = h("textarea", {
      class: "writer-text",
      id: newId("writer"),
      rows: 2,
      maxlength: MOST,
      dir: "auto",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#pressed(event),
      onpaste: (event) => this.#files(event.clipboardData?.files, event),
    });
    this.canned = new CannedList(this);
    this.suggestion = new Suggestion(this);
    this.picker = h("input", {
      type: "file",
      multiple: true,
      hidden: true,
      onchange: () => this.#files(this.picker.files),
    });
    this.uploads = h("div", { class: "file-uploads" });
    this.tools = h("div", { class: "writer-tools" });
    this.claimFirst = h("div", { class: "claim-first" });
    this.form = h(
      "form",
      {
        class: "writer-form",
        onsubmit: (event) => {
          event.preventDefault();
          this.#send();
        },
        ondragover: (event) => event.preventDefault(),
        ondrop: (event) => this.#files(event.dataTransfer?.files, event),
      },
      this.suggestion.element,
      this.canned.element,
      this.uploads,
      this.text,
      this.tools,
      this.picker,
    );
    this.element = h("div", { class: "writer" }, this.tabs, this.claimFirst, this.form);
    this.sized = new ResizeObserver(() => this.#fit());
    this.sized.observe(this.element);
  }

  close() {
    this.sized.disconnect();
    this.suggestion.drop();
  }

  /** What may be done changed, perhaps: who may reply, whether it is closed. */
  draw() {
    const { can } = this.pane.actions;
    const sign = JSON.stringify([this.kind, can.reply, this.pane.data.status]);
    if (sign === this.sign) return;
    this.sign = sign;
    const writes = this.kind === "note" || can.reply;
    fill(
      this.tabs,
      Object.entries(KINDS).map(([kind, [words, name]]) =>
        h(
          "button",
          { type: "button", "aria-pressed": String(kind === this.kind), onclick: () => this.focus(kind) },
          icon(name, 16),
          words,
        ),
      ),
    );
    this.element.classList.toggle("is-note", this.kind === "note");
    this.form.hidden = !writes;
    this.claimFirst.hidden = writes;
    if (!writes) fill(this.claimFirst, this.#why(can));
    this.#drawTools();
    this.text.placeholder =
      this.kind === "note"
        ? "A note for colleagues. The customer never sees it."
        : "Write to the customer. Type / for canned replies.";
    this.text.setAttribute("aria-label", this.kind === "note" ? "Internal note" : "Reply to the customer");
    if (this.text.dataset.kind !== this.kind) this.#drafted();
  }

  /** To write a reply or a note; the words under way are kept for each. */
  focus(kind) {
    this.kind = kind;
    this.suggestion.drop();
    if (this.pane.data) this.draw();
    if (!this.form.hidden) this.text.focus();
    else this.claimFirst.querySelector("button")?.focus();
  }

  /** Puts words where the cursor is, in a place of their own. */
  put(words) {
    if (this.kind !== "reply") this.focus("reply");
    const { selectionStart: from, value } = this.text;
    const before = from && !/\s$/.test(value.slice(0, from)) ? "\n" : "";
    this.text.focus();
    this.replace(from, this.text.selectionEnd, before + words);
  }

  /** From one place to another; a field that is left to fill is marked for typing over. */
  replace(from, to, words) {
    this.text.setRangeText(words, from, to, "end");
    const [field] = openFields(words);
    if (field) this.text.setSelectionRange(from + field.at, from + field.at + field.words.length);
    this.#typed();
    this.text.focus();
  }

  suggest() {
    this.focus("reply");
    this.suggestion.ask();
  }

  #drafted() {
    this.text.dataset.kind = this.kind;
    this.text.value = draftOf(this.pane.agent.id, this.pane.id, this.kind);
    this.canned.hide();
    this.#counted();
    this.#fit();
  }

  #typed() {
    keepDraft(this.pane.agent.id, this.pane.id, this.kind, this.text.value);
    if (this.kind === "reply") this.canned.follow(this.text);
    this.#counted();
    this.#fit();
  }

  #counted() {
    const left = MOST - this.text.value.length;
    fill(this.tools.querySelector(".writer-left"), this.text.value.length > NEARLY ? `${left} characters left` : "");
  }

  #fit() {
    this.text.style.setProperty("height", "auto");
    this.text.style.setProperty("height", `${this.text.scrollHeight}px`);
  }

  #pressed(event) {
    if (event.isComposing || this.canned.pressed(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.text.blur();
    }
  }

  async #send() {
    const text = this.text.value.trim();
    if (!text) return this.text.focus();
    const [field] = this.kind === "reply" ? openFields(text) : [];
    if (field) return notify(`There is a field to fill first: ${field.words}`, { kind: "info" });
    this.text.value = "";
    this.#typed();
    this.suggestion.drop();
    if (this.kind === "reply") this.pane.unsent.say(text);
    else if (!(await this.pane.actions.note(text))) this.#back(text);
    return this.pane.timeline.toEnd();
  }

  /** What could not be kept stands in the field again, before what was written meanwhile. */
  #back(text) {
    this.text.value = [text, this.text.value].filter(Boolean).join("\n");
    this.#typed();
  }

  #drawTools() {
    const tool = (name, label, run) =>
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": label, title: label, onclick: run },
        icon(name),
      );
    const helps =
      this.kind === "reply"
        ? [
            tool("bolt", "Canned replies (/)", () => this.canned.open(this.text)),
            tool("spark", "Suggest a reply", () => this.suggestion.ask()),
            tool("book", "Search the knowledge base", () => this.#lookUp()),
            tool("clip", "Send a file", () => this.picker.click()),
          ]
        : [];
    fill(
      this.tools,
      helps,
      h("span", { class: "writer-left muted small-words", role: "status" }),
      h("span", { class: "writer-hint" }, h("kbd", {}, "Ctrl"), h("kbd", {}, "Enter")),
      h(
        "button",
        { type: "submit", class: "button primary" },
        this.kind === "note" ? "Add the note" : "Send",
        icon(this.kind === "note" ? "note" : "send", 17),
      ),
    );
  }

  async #lookUp() {
    const words = await searchKnowledge();
    if (words) this.put(words);
  }

  #why(can) {
    const { data } = this.pane;
    if (can.claim)
      return [
        h(
          "p",
          {},
          data.status === "waiting" ? "The customer waits for a person." : "The assistant leads this conversation.",
        ),
        h(
          "button",
          { type: "button", class: "button primary", onclick: () => this.pane.actions.claim() },
          data.status === "waiting" ? "Claim to reply" : "Take over to reply",
        ),
      ];
    if (data.status === "closed")
      return h("p", {}, "This conversation is closed. If the customer writes within 48 hours, it opens again.");
    return h(
      "p",
      {},
      h("strong", { dir: "auto" }, data.agent ?? "Another agent"),
      " has this conversation. You can leave a note.",
    );
  }

  #files(files, event) {
    if (!files?.length || this.kind !== "reply") return;
    event?.preventDefault();
    for (const file of [...files]) this.#upload(file);
    this.picker.value = "";
  }

  /** Under one key: a try after a lost line sends it once. */
  async #upload(file, key = newKey()) {
    const bar = h("progress", { max: 1, value: 0, "aria-label": `Sending ${file.name}` });
    const line = h(
      "p",
      { class: "file-upload" },
      icon("file", 18),
      h("span", { class: "cut", dir: "auto" }, file.name),
      bar,
    );
    this.uploads.append(line);
    const form = new FormData();
    form.append("file", file);
    try {
      await upload(`${this.pane.path}/files`, form, {
        headers: { "Idempotency-Key": key },
        progress: (part) => {
          bar.value = part;
        },
      });
      await this.pane.refresh();
    } catch (error) {
      if (error.passing)
        notify(`${file.name} was not sent.`, {
          kind: "problem",
          action: { label: "Try again", run: () => this.#upload(file, key) },
        });
      else notifyProblem(error, `${file.name} was not sent.`);
    }
    line.remove();
  }
}
