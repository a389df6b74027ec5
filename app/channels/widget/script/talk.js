/** What a customer and the company say to each other: kept in the browser, sent once, followed. `face` draws it. */

import { backOff, kept, locks, newKey, nothing, passes } from './kept.js';
import { Line } from './line.js';

const STATUS = { handoff: 'waiting', claimed: 'person', returned: 'ai', reopened: 'ai', closed: 'closed' };

export class Talk {
  /** `who` is empty for anonymous customers, else whom the token names that `ask` gives. */
  constructor(base, who, ask) {
    Object.assign(this, { base, ask, all: `care-line|${base}|`, tries: 0 });
    this.prefix = `${this.all}${who}|`;
    this.clear();
  }

  get(name) {
    return JSON.parse(kept[this.prefix + name] ?? null);
  }

  set(name, value) {
    if (value == null) delete kept[this.prefix + name];
    else kept[this.prefix + name] = JSON.stringify(value);
  }

  clear() {
    Object.assign(this, { seq: 0, events: [], status: 'ai', busy: false, id: null });
  }

  async call(method, path, body, headers, signal = AbortSignal.timeout(120_000), again) {
    const token = this.ask ? (this.token ??= await this.ask()) : this.get('token');
    const json = body && !(body instanceof FormData) && new Blob([JSON.stringify(body)], { type: 'application/json' });
    const response = await fetch(this.base + path, {
      method,
      signal,
      credentials: 'omit',
      body: json || body,
      headers: {
        Accept: 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const { ok, status } = response;
    if (ok) return response;
    if (status !== 401 || !this.ask || again) throw Object.assign(new Error(status), { status });
    // It ran out: the site makes a new one.
    this.token = null;
    return this.call(method, path, body, headers, signal, true);
  }

  async json(...request) {
    return (await this.call(...request)).json();
  }

  /** A customer whom the site names may have begun elsewhere. */
  async start() {
    this.run();
    if (this.ask && !this.get('conversation')) {
      const found = await this.json('GET', '/v1/conversations').catch(nothing);
      this.set('conversation', this.get('conversation') ?? found?.conversations[0]?.id);
    }
    this.follow();
  }

  follow() {
    const id = this.get('conversation');
    if (!id || id === this.line?.id) return;
    this.line?.stop();
    if (this.id) this.face.fresh(this.clear());
    this.line = new Line(this, (this.id = id));
  }

  hear(event) {
    const { seq, name } = event;
    this.seq = seq;
    this.events.push(event);
    this.status = STATUS[name] ?? this.status;
    if (name !== 'sentence') this.busy = name === 'accepted' && this.status !== 'person';
    this.face.hear(event);
  }

  /** Messages on their way, in their order; each is kept by itself, for tabs write at the same time. */
  get items() {
    const keys = Object.keys(kept).filter((key) => key.startsWith(`${this.prefix}out|`));
    return keys.map((key) => JSON.parse(kept[key])).sort((one, other) => one.at - other.at);
  }

  say(text) {
    this.keep({ id: newKey(), text, at: Date.now() });
  }

  keep(item, value = item) {
    this.set(`out|${item.id}`, value);
    this.face.onTheirWay();
    this.run();
  }

  /** The lock is for all tabs: what another one sent meanwhile is gone from the list. */
  run() {
    clearTimeout(this.timer);
    locks.request(`${this.prefix}out`, {}, () => this.sendAll());
  }

  async sendAll() {
    for (let item; (item = this.items.find(({ failed }) => !failed)); )
      try {
        await this.send(item);
        this.tries = 0;
      } catch (error) {
        if (passes(error)) {
          this.timer = setTimeout(() => this.run(), backOff(++this.tries));
          return this.face.onTheirWay();
        }
        if (!this.lost(error)) this.set(`out|${item.id}`, { ...item, failed: true });
        this.face.onTheirWay();
      }
  }

  /** A customer is made before the first message, so that this one too can be told from its repeat. */
  async send({ id, text }) {
    if (!this.ask && !this.get('token')) this.set('token', (await this.json('POST', '/v1/customers')).token);
    const body = { text, conversation: this.get('conversation') };
    const headers = { 'Idempotency-Key': id, Prefer: 'respond-async' };
    const { conversation, message } = await this.json('POST', '/v1/chat', body, headers);
    if (conversation !== this.get('conversation')) this.set('seen');
    this.set('conversation', conversation);
    this.set(`out|${id}`);
    this.face.became(id, message);
    this.follow();
  }

  /** A customer or conversation that the service does not know any more: begun anew. */
  lost({ status }) {
    const name = { 401: 'token', 404: 'conversation' }[status];
    if (!name || !this.get(name)) return false;
    this.set(name);
    this.set('conversation');
    this.line?.stop();
    this.face.fresh(this.clear((this.line = null)));
    return true;
  }

  /** A file once, however often it is tried. */
  attach(file) {
    const body = new FormData();
    body.append('file', file);
    const headers = { 'Idempotency-Key': (file.key ??= newKey()) };
    return this.call('POST', `/v1/conversations/${this.id}/files`, body, headers);
  }

  wake() {
    this.line?.wake();
    this.run();
    this.follow();
  }

  stop() {
    clearTimeout(this.timer);
    this.line?.stop();
    this.line = null;
  }

  /** Nothing of any customer of this service stays in the browser. */
  forget() {
    this.stop();
    for (const key of Object.keys(kept)) if (key.startsWith(this.all)) delete kept[key];
  }
}
