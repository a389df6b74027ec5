/** The list of conversations: live for those who wait and one's own, asked for where one looks further. */

import { address, get } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { empty, loading, problemBox } from "../shell/states.js";
import { onChanged, onQueue, queueNow } from "../live/live.js";
import { Filters } from "./filters.js";
import { rowElement } from "./row.js";
import { fromList, fromQueue, kept } from "./rows.js";
import { EMPTY, VIEWS } from "./views.js";

const PAGE = 50;
const SETTLES = 400;

export class ConversationList {
  constructor(agent) {
    this.agent = agent;
    this.view = "waiting";
    this.open = null;
    this.elements = new Map();
    this.listed = { rows: [], next: null };
    this.filters = new Filters(() => this.#narrowed());
    this.tabs = h(
      "div",
      { class: "tabs views", role: "group", "aria-label": "Which conversations" },
      Object.entries(VIEWS).map(([view, { words }]) => this.#tab(view, words)),
    );
    this.rows = h("ul", {
      class: "conversation-rows",
      "aria-label": "Conversations",
      onkeydown: (event) => this.#moved(event),
    });
    this.rest = h("div", { class: "conversation-rest" });
    this.scroller = h("div", { class: "conversation-scroll", onscroll: () => this.#scrolled() }, this.rows, this.rest);
    this.element = h(
      "section",
      { class: "list-pane", "aria-label": "Queue" },
      h("header", { class: "list-head" }, h("h1", {}, "Queue"), h("span", { class: "list-present" })),
      this.tabs,
      this.filters.element,
      this.scroller,
    );
    this.ends = [onQueue((queue) => this.#queued(queue)), onChanged(() => this.#later())];
    if (!queueNow()) fill(this.rest, loading("The queue is loading", 6));
  }

  close() {
    for (const end of this.ends) end();
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  /** Which conversations: waiting, mine, assistant or all. */
  show(view) {
    this.view = view;
    this.scroller.scrollTop = 0;
    this.listed = { rows: [], next: null };
    if (this.filters.value.q) return this.filters.clear();
    this.#draw([]);
    this.#tabbed();
    return this.refresh();
  }

  mark(id) {
    this.open = id;
    for (const [key, { link }] of this.elements) this.#marked(link, key);
    this.elements.get(id)?.link.scrollIntoView({ block: "nearest" });
    this.#roving();
  }

  /** The neighbour of the open conversation, 1 below or -1 above it. */
  neighbour(step) {
    const ids = [...this.elements.keys()];
    const at = ids.indexOf(this.open);
    return at < 0 ? ids[0] : ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
  }

  #narrowed() {
    this.listed = { rows: [], next: null };
    this.#tabbed();
    this.refresh();
  }

  refresh() {
    if (this.#isLive) this.#drawLive();
    else this.#ask();
  }

  get #isLive() {
    const { q, agent, spam } = this.filters.value;
    return VIEWS[this.view].live && !q && !agent && !spam;
  }

  #queued(queue) {
    this.#tabbed();
    const present = (queue.present ?? []).filter(({ id }) => id !== this.agent.id);
    const place = this.element.querySelector(".list-present");
    fill(place, present.length ? `${present.length} ${present.length > 1 ? "colleagues" : "colleague"} here` : "");
    place.title = present.map(({ name }) => name).join(", ");
    if (this.#isLive) this.#drawLive();
  }

  #drawLive() {
    const queue = queueNow();
    if (!queue) return;
    this.asking?.abort();
    this.#draw(kept(VIEWS[this.view].live(queue).map(fromQueue), this.filters.value));
    const all = queue.counts?.[this.view] ?? 0;
    fill(this.rest, this.elements.size ? this.#more(all - this.elements.size) : this.#nothing());
  }

  /** The live queue holds the first of many; the rest moves up as those are met. */
  #more(number) {
    return number > 0 && !this.filters.active
      ? h("p", { class: "muted small-words conversation-more" }, `${number} more behind these`)
      : "";
  }

  /** Asks again from the top, keeping what is shown until the answer is there. */
  async #ask(next = null) {
    this.asking?.abort();
    const own = (this.asking = new AbortController());
    if (!this.listed.rows.length && !next) fill(this.rest, loading("Conversations are loading", 6));
    try {
      const path = address("/v1/agent/conversations", { ...this.#wanted, before: next, limit: PAGE });
      const found = await get(path, { signal: own.signal });
      const rows = found.conversations.map((each) => fromList(each, queueNow()));
      this.listed = { rows: next ? [...this.listed.rows, ...rows] : rows, next: found.next };
      this.#draw(this.listed.rows);
      fill(this.rest, this.listed.rows.length ? this.#foot(found) : this.#nothing());
    } catch (error) {
      if (own.signal.aborted) return;
      fill(
        this.rest,
        problemBox(error, () => this.#ask(next)),
      );
    }
  }

  /** A search goes through all conversations, whichever view it began in. */
  get #wanted() {
    const { q, agent, spam, ...rest } = this.filters.value;
    const mine = !q && this.view === "mine" ? this.agent.id : "";
    return { ...rest, q, status: q ? "" : VIEWS[this.view].status, agent: agent || mine, spam: spam || "" };
  }

  #foot({ next, looked_back_to: back }) {
    if (next)
      return h(
        "button",
        { type: "button", class: "button small conversation-more", onclick: () => this.#ask(next) },
        "Show more",
      );
    return back
      ? h(
          "p",
          { class: "muted small-words conversation-more" },
          `Searched back to ${new Date(back).toLocaleDateString("en-GB")}`,
        )
      : "";
  }

  #scrolled() {
    const near = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 200;
    const more = this.rest.querySelector("button.conversation-more");
    if (near && more) more.click();
  }

  #later() {
    if (this.#isLive) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.scroller.scrollTop < 100 && this.#ask(), SETTLES);
  }

  /** Rows that did not change keep their element, with the focus on it. */
  #draw(rows) {
    const before = this.elements;
    this.elements = new Map();
    const present = queueNow()?.present ?? [];
    for (const row of rows) {
      const viewers = present.filter(({ id, viewing }) => viewing === row.id && id !== this.agent.id);
      const sign = JSON.stringify([row, viewers, this.view]);
      const old = before.get(row.id);
      this.elements.set(row.id, old?.sign === sign ? old : this.#made(row, viewers, sign, old));
    }
    const items = [...this.elements.values()].map(({ item }) => item);
    if (items.length !== this.rows.children.length || items.some((item, at) => this.rows.children[at] !== item))
      this.#placed(items);
    this.#roving();
  }

  #made(row, viewers, sign, old) {
    const link = rowElement(row, { view: this.view, viewers });
    this.#marked(link, row.id);
    const item = old?.item ?? h("li");
    const focused = item.contains(document.activeElement);
    fill(item, link);
    if (focused) link.focus();
    return { item, link, sign };
  }

  #placed(items) {
    const focused = document.activeElement;
    fill(this.rows, items);
    if (this.rows.contains(focused)) focused.focus({ preventScroll: true });
  }

  #marked(link, id) {
    if (id === this.open) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }

  /** One stop for the Tab key: the open conversation, or the first. */
  #roving() {
    const links = [...this.elements.values()].map(({ link }) => link);
    const stop = this.elements.get(this.open)?.link ?? links[0];
    for (const link of links) link.tabIndex = link === stop ? 0 : -1;
  }

  #moved(event) {
    const links = [...this.elements.values()].map(({ link }) => link);
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    links[Math.min(Math.max(to, 0), links.length - 1)]?.focus();
  }

  #tab(view, words) {
    const count = h("span", { class: "tab-count", hidden: true });
    return h("button", { type: "button", "data-view": view, onclick: () => this.show(view) }, words, " ", count);
  }

  /** The buttons stay, for one of them may have the focus. */
  #tabbed() {
    const counts = queueNow()?.counts ?? {};
    for (const button of this.tabs.children) {
      const { view } = button.dataset;
      button.setAttribute("aria-pressed", String(view === this.view && !this.filters.value.q));
      const count = button.lastElementChild;
      count.hidden = !counts[view];
      const words = counts[view] > 99 ? "99+" : String(counts[view] ?? "");
      if (count.textContent !== words) fill(count, words);
    }
  }

  #nothing() {
    if (!this.filters.active) return empty(EMPTY[this.view]);
    return empty({
      icon: "search",
      title: "Nothing found",
      words: "No conversation fits this search and these filters.",
      action: h("button", { type: "button", class: "button", onclick: () => this.filters.clear() }, "Clear the search"),
    });
  }
}
