/** Following a conversation as it goes on, from any number of tabs. */

import { backOff, locks, nothing, passes } from './kept.js';

/** The service gives a sign of life every 15 s. */
const QUIET = 40_000;

/** Follows one conversation: one stream for all tabs, a look now and then where streams are cut or held back. */
export class Line {
  constructor(talk, id) {
    Object.assign(this, { talk, id, path: `/v1/conversations/${id}/events`, ended: new AbortController() });
    const name = talk.prefix + id;
    this.channel = self.BroadcastChannel && new BroadcastChannel(name);
    if (this.channel) this.channel.onmessage = ({ data }) => this.told(data);
    locks.request(name, { signal: this.ended.signal }, () => this.lead()).catch(nothing);
    this.peek();
    // The tab that leads may be frozen or gone.
    this.watch = setInterval(() => this.leads || Date.now() - this.heardAt < QUIET || this.peek(), 10_000);
  }

  stop() {
    this.ended.abort();
    this.attempt?.abort();
    this.go?.();
    this.channel?.close();
    clearInterval(this.watch);
  }

  /** The computer slept, the network is back, the tab is seen again. */
  wake() {
    if (Date.now() - this.heardAt > QUIET / 2) this.attempt?.abort();
    this.go?.();
    if (!this.leads) this.peek();
  }

  async lead() {
    this.leads = true;
    for (let tries = 0, looks = 0; !this.ended.signal.aborted; ) {
      try {
        await (looks-- > 0 ? this.look() : this.stream());
        tries = 0;
      } catch (error) {
        if (!passes(error)) return this.talk.lost(error) || this.talk.face.tell('ended', true);
        looks = await this.peek();
        tries = looks ? 0 : tries + 1;
        this.talk.face.tell('online', tries < 2);
      }
      const time = looks > 0 ? (this.talk.busy ? 1_500 : 5_000) : backOff(tries);
      await new Promise((resolve) => setTimeout((this.go = resolve), time));
    }
  }

  /** Begins with the last event once more, so that something must come at once. Raises where it does not. */
  async stream() {
    this.attempt = new AbortController();
    const abort = () => this.attempt.abort();
    const { talk, path, attempt: { signal } } = this;
    const began = Date.now();
    let alarm = setTimeout(abort, 6_000);
    try {
      const headers = { Accept: 'text/event-stream', 'Last-Event-ID': Math.max(0, talk.seq - 1) };
      const { body } = await talk.call('GET', path, undefined, headers, signal);
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = '', part; !(part = await reader.read()).done; alarm = setTimeout(abort, QUIET)) {
        clearTimeout(alarm);
        text = this.take(text + part.value);
      }
    } finally {
      clearTimeout(alarm);
    }
    if (Date.now() - began < 2_000) throw new Error('cut');
  }

  /** Hears the whole events of the text and gives back the rest. */
  take(text) {
    const blocks = text.split('\n\n');
    this.told(null, this.channel?.postMessage(null));
    for (const block of blocks.slice(0, -1)) {
      const { id, event, data } = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)));
      if (id) this.hear({ seq: +id, name: event, data: JSON.parse(data) });
    }
    return blocks.at(-1);
  }

  hear(event) {
    const before = this.talk.seq;
    if (event.seq <= before) return;
    this.talk.hear(event);
    if (this.leads) this.channel?.postMessage({ before, event });
  }

  /** From the tab that leads: an event, or a sign of life. A gap is filled by a look. */
  told(news) {
    this.heardAt = Date.now();
    this.talk.face.tell('online', true);
    if (news?.before > this.talk.seq) this.peek();
    else if (news) this.hear(news.event);
  }

  /** How often to look before a stream is tried again. */
  peek() {
    return this.look().then(() => 50, () => 0);
  }

  async look() {
    const { events } = await this.talk.json('GET', this.path, undefined, { 'Last-Event-ID': this.talk.seq });
    if (this.ended.signal.aborted) return;
    events.forEach((event) => this.hear(event));
    this.talk.face.tell('online', true);
  }
}
