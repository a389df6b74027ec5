/** Sends replies once: under one key until the service took them, also after a lost line, a reload, or another page. */

import { onLine } from "../live/live.js";
import { post } from "../shell/api.js";
import { notify } from "../shell/notices.js";
import { go } from "../shell/pages.js";
import { keepUnsent, unsentConversations, unsentOf } from "./kept.js";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

const senders = new Map();

/** The one sender of this conversation; it works on while the conversation is not open. */
export function senderOf(agent, conversation) {
  if (!senders.has(conversation)) senders.set(conversation, new Sender(agent, conversation));
  return senders.get(conversation);
}

/** Takes up what was not sent when the page closed; gives the function that stops all senders. */
export function startSending(agent) {
  for (const conversation of unsentConversations(agent.id)) senderOf(agent.id, conversation).again();
  const again = () => senders.forEach((sender) => sender.again());
  const unheard = onLine((stands) => stands && again());
  window.addEventListener("online", again);
  return () => {
    unheard();
    window.removeEventListener("online", again);
    senders.forEach((sender) => sender.stop());
    senders.clear();
  };
}

class Sender {
  constructor(agent, conversation) {
    Object.assign(this, { agent, conversation, wait: FIRST_WAIT, ended: false, listener: null });
  }

  /** `changed()` when other replies are under way than before, `taken()` when the service has one, `refused(error)`
   * when it will not have it; for whoever shows the conversation. Gives the function that ends it. */
  listen(listener) {
    this.listener = listener;
    return () => {
      if (this.listener === listener) this.listener = null;
    };
  }

  get replies() {
    return unsentOf(this.agent, this.conversation);
  }

  say(text) {
    this.#keep([...this.replies, { key: newKey(), text, at: new Date().toISOString(), tried: 0 }]);
    this.again();
  }

  discard(key) {
    this.#keep(this.replies.filter((reply) => reply.key !== key));
    this.again();
  }

  stop() {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /** One after the other, in their order; a call while one is under way changes nothing. */
  async again() {
    clearTimeout(this.timer);
    if (this.sending || this.ended) return;
    this.sending = true;
    for (let next = this.#next(); next && !this.ended; next = this.#next()) if (!(await this.#sent(next))) break;
    this.sending = false;
  }

  #next() {
    return this.replies.find(({ refused }) => !refused);
  }

  async #sent({ key, text }) {
    try {
      const path = `/v1/agent/conversations/${encodeURIComponent(this.conversation)}/reply`;
      await post(path, { text, idempotency_key: key });
    } catch (error) {
      return this.#failed(error, key);
    }
    this.wait = FIRST_WAIT;
    await this.listener?.taken();
    this.#keep(this.replies.filter((reply) => reply.key !== key));
    return true;
  }

  /** Whether to go on with the next one. */
  #failed(error, key) {
    const passing = error.passing || error.status === 401;
    const noted = passing ? {} : { refused: error.message };
    const told = (reply) => (reply.key === key ? { ...reply, tried: reply.tried + 1, ...noted } : reply);
    this.#keep(this.replies.map(told));
    if (passing) {
      if (!this.ended) this.timer = setTimeout(() => this.again(), this.wait * (0.75 + Math.random() / 2));
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
      return false;
    }
    if (this.listener) this.listener.refused(error);
    else this.#tellElsewhere();
    return true;
  }

  #tellElsewhere() {
    const run = () => go(`#/conversations/${encodeURIComponent(this.conversation)}`);
    notify("A reply could not be sent. It is kept with its conversation.", {
      kind: "problem",
      action: { label: "Open", run },
    });
  }

  #keep(replies) {
    keepUnsent(this.agent, this.conversation, replies);
    this.listener?.changed();
  }
}

/** Also on pages without a secure context, which have no randomUUID. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
