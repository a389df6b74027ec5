/** The queue: the list, the open conversation, and what is known of its customer, side by side. */

import { fill, h } from "../shell/dom.js";
import { bindKeys } from "../shell/keys.js";
import { go, me } from "../shell/pages.js";
import { empty } from "../shell/states.js";
import { title } from "../shell/title.js";
import { answersDue } from "../live/alerts.js";
import { ConversationPane } from "../conversation/pane.js";
import { look } from "../live/viewing.js";
import { ConversationList } from "./list.js";
import { VIEWS } from "./views.js";

export const queuePage = {
  name: "queue",
  also: ["conversations"],
  title: "Queue",
  icon: "inbox",
  badge: (queue) => (queue.counts?.waiting ?? queue.waiting.length) + answersDue(queue).length,
  open(main, params) {
    const page = new QueuePage(main);
    page.move(params);
    return page;
  },
};

class QueuePage {
  constructor(main) {
    this.main = main;
    this.list = new ConversationList(me());
    this.place = h("div", { class: "conversation-place" });
    this.pane = null;
    fill(main, this.list.element, this.place);
    this.unbind = bindKeys("Queue", this.#keys());
  }

  move({ name, path, query }) {
    if (name === "conversations" && path[0]) return this.#opened(path[0]);
    this.#left();
    const view = path[0] in VIEWS ? path[0] : this.list.view;
    this.list.show(view);
    if (query.get("q")) this.list.filters.search.value = query.get("q");
    return undefined;
  }

  close() {
    this.unbind();
    look(null);
    this.pane?.close();
    this.list.close();
  }

  #opened(id) {
    if (this.pane?.id === id) return;
    this.pane?.close();
    this.main.classList.add("open");
    this.list.mark(id);
    if (!this.list.elements.size) this.list.show(this.list.view);
    this.pane = new ConversationPane(id, me(), { left: () => go("#/queue") });
    fill(this.place, this.pane.element);
    look(id);
  }

  #left() {
    this.pane?.close();
    this.pane = null;
    this.main.classList.remove("open");
    this.list.mark(null);
    look(null);
    title("Queue");
    fill(
      this.place,
      empty({
        icon: "chat",
        title: "No conversation is open",
        words: "Choose one on the left. Press ? for the keyboard shortcuts.",
      }),
    );
  }

  #keys() {
    const views = Object.entries(VIEWS).map(([view, { words }], at) => [
      String(at + 1),
      `Show ${words.toLowerCase()}`,
      () => this.list.show(view),
    ]);
    return [
      ["j", "Next conversation", () => this.#step(1)],
      ["k", "Previous conversation", () => this.#step(-1)],
      ["f", "Search", () => this.list.filters.focus()],
      ["u", "Back to the list", () => go("#/queue")],
      ...views,
    ];
  }

  #step(step) {
    const id = this.list.neighbour(step);
    if (id) go(`#/conversations/${encodeURIComponent(id)}`);
  }
}
