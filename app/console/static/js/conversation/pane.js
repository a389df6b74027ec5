/** The open conversation: what is known of it now, and all its parts around that. */

import { get } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { bindKeys } from "../shell/keys.js";
import { nameOf } from "../shell/names.js";
import { empty, loading, problemBox } from "../shell/states.js";
import { title } from "../shell/title.js";
import { onChanged, onQueue } from "../live/live.js";
import { About } from "./about.js";
import { Actions } from "./actions.js";
import { briefElement } from "./brief.js";
import { Composer } from "./composer.js";
import { entriesOf } from "./entries.js";
import { Header } from "./header.js";
import { Timeline } from "./timeline.js";
import { senderOf } from "./unsent.js";

const SETTLES = 120;

export class ConversationPane {
  constructor(id, agent, { left }) {
    Object.assign(this, { id, agent, left, data: null, events: [], ended: false });
    this.ready = new Promise((done) => (this.opened = done));
    this.path = `/v1/agent/conversations/${encodeURIComponent(id)}`;
    this.actions = new Actions(this);
    this.header = new Header(this);
    this.about = new About(this);
    this.timeline = new Timeline(this.#acts());
    this.composer = new Composer(this);
    this.unsent = senderOf(agent.id, id);
    this.brief = h("div", { class: "brief-place" });
    this.main = h(
      "section",
      { class: "conversation", "aria-label": "Conversation" },
      loading("The conversation is loading", 8),
    );
    this.element = h("div", { class: "conversation-columns" }, this.main, this.about.element);
    this.ends = [
      onChanged(({ conversation }) => (!conversation || conversation === id) && this.#later()),
      onQueue(() => this.header.drawViewers()),
      this.#unsent(),
      bindKeys("Conversation", this.actions.keys()),
    ];
    this.refresh();
  }

  close() {
    this.ended = true;
    clearTimeout(this.timer);
    for (const end of this.ends) end();
    this.composer.close();
  }

  get isMine() {
    return this.data?.status === "with_agent" && this.data.agent_id === this.agent.id;
  }

  /** Done when what was there at the time of this call is shown; calls under way together ask once more. */
  refresh() {
    if (!this.asking) return (this.asking = this.#ask().finally(() => (this.asking = null)));
    this.next ??= this.asking.then(() => {
      this.next = null;
      return this.refresh();
    });
    return this.next;
  }

  async #ask() {
    try {
      const [data, events] = await Promise.all([get(this.path), this.#newEvents()]);
      if (this.ended) return;
      this.events.push(...events);
      this.#show(data);
    } catch (error) {
      if (!this.ended) this.#failed(error);
    }
  }

  /** After a change of one's own, before the service's word of it comes round. */
  drawEntries() {
    if (this.data) this.timeline.show(entriesOf(this.data, this.events, this.unsent.replies), this.data.customer);
  }

  #show(data) {
    const isFirst = !this.data;
    this.data = data;
    if (isFirst) {
      fill(
        this.main,
        this.header.element,
        this.brief,
        this.timeline.element,
        this.timeline.newer,
        this.composer.element,
      );
      title(nameOf(data.customer));
    }
    this.header.draw();
    fill(this.brief, briefElement(data, this.brief));
    this.drawEntries();
    this.composer.draw();
    this.about.draw();
    if (isFirst) this.timeline.toEnd();
    this.opened();
  }

  /** What is shown already stays; the next word of a change asks again. */
  #failed(error) {
    if (this.data) return;
    fill(this.main, error.status === 404 ? this.#gone() : problemBox(error, () => this.refresh()));
  }

  #gone() {
    const action = h("button", { type: "button", class: "button", onclick: this.left }, "Back to the list");
    return empty({ icon: "chat", title: "There is no such conversation", words: "It may have been deleted.", action });
  }

  async #newEvents() {
    const after = this.events.at(-1)?.seq ?? 0;
    const { events } = await get(`${this.path}/events`, { headers: { "Last-Event-ID": String(after) } });
    return events;
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), SETTLES);
  }

  #acts() {
    return {
      markWrong: (entry) => this.actions.markWrong(entry),
      discard: ({ key }) => this.unsent.discard(key),
      edit: ({ key, text }) => {
        this.unsent.discard(key);
        this.composer.put(text);
      },
    };
  }

  #unsent() {
    return this.unsent.listen({
      changed: () => this.drawEntries(),
      taken: () => this.refresh(),
      refused: (error) => this.actions.told(error),
    });
  }
}
