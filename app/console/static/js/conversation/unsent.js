/** Sends replies once: under one key until the service took them, also after a lost line or a reload. */

import { post } from "../shell/api.js";
import { keepUnsent, unsentOf } from "./kept.js";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

export class Unsent {
  /** `changed()` when the replies under way are others than before, `taken(message)` when the service has one,
   * `refused(error, reply)` when it will not have it. */
  constructor(agent, conversation, { changed, taken, refused }) {
    Object.assign(this, { agent, conversation, changed, taken, refused, wait: FIRST_WAIT, ended: false });
    this.again = () => this.#send();
    window.addEventListener("online", this.again);
    this.#send();
  }

  get replies() {
    return unsentOf(this.agent, this.conversation);
  }

  say(text) {
    const reply = { key: newKey(), text, at: new Date().toISOString(), tried: 0 };
    this.#keep([...this.replies, reply]);
    this.#send();
  }

  discard(key) {
    this.#keep(this.replies.filter((reply) => reply.key !== key));
  }

  stop() {
    this.ended = true;
    clearTimeout(this.timer);
    window.removeEventListener("online", this.again);
  }

  /** One after the other, in their order: a second call waits for the first. */
  async #send() {
    clearTimeout(this.timer);
    if (this.sending) return;
    this.sending = true;
    for (let next = this.#next(); next && !this.ended; next = this.#next()) if (!(await this.#sent(next))) break;
    this.sending = false;
  }

  #next() {
    const [first] = this.replies;
    return first && !first.refused ? first : undefined;
  }

  async #sent({ key, text }) {
    try {
      const path = `/v1/agent/conversations/${encodeURIComponent(this.conversation)}/reply`;
      const message = await post(path, { text, idempotency_key: key });
      this.wait = FIRST_WAIT;
      await this.taken(message);
      this.discard(key);
      return true;
    } catch (error) {
      this.#failed(error, key);
      return false;
    }
  }

  #failed(error, key) {
    const passing = error.passing || error.status === 401;
    this.#keep(
      this.replies.map((reply) =>
        reply.key === key
          ? { ...reply, tried: reply.tried + 1, ...(passing ? {} : { refused: error.message }) }
          : reply,
      ),
    );
    if (!passing) return this.refused(error, key);
    if (!this.ended) this.timer = setTimeout(this.again, this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    return undefined;
  }

  #keep(replies) {
    keepUnsent(this.agent, this.conversation, replies);
    if (!this.ended) this.changed();
  }
}

/** Also on pages without a secure context, which have no randomUUID. */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
