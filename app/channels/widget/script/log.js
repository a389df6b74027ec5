/** The conversation as it is read: who said what, and how far the customer's own messages are. */

import { button, filled, h } from './dom.js';
import { KINDS } from './kinds.js';

export class Log {
  constructor(texts, talk) {
    Object.assign(this, { texts, talk, own: new Map(), ways: new Map(), entries: h('div'), way: h('div') });
    this.dots = h('p', { class: 'dots', 'aria-hidden': true }, '● ● ●');
    const props = { class: 'log', role: 'log', 'aria-label': texts.conversation, tabindex: 0 };
    this.element = h('div', props, this.entries, this.way, this.dots);
  }

  /** The newest is seen from its beginning, below the head and the strip: a long answer is read from there. */
  toEnd() {
    const newest = this.way.lastChild ?? this.entries.lastChild;
    this.element.scrollTop = newest.offsetTop - 150;
  }

  /** For buttons that go away with what they say: the focus stays in the panel. */
  say(text) {
    this.talk.say(text);
    this.element.focus();
  }

  /** Draws, and stays at the end unless the reader is looking at something further up. */
  atEnd(draw) {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    draw();
    if (scrollHeight - scrollTop - clientHeight < 120) this.toEnd();
  }

  hear({ name, data }) {
    if (!KINDS[name]) return;
    if (name !== 'file') this.offers?.remove();
    if (name !== 'done' && name !== 'sentence') this.speaking = null;
    // What happened before the page was opened is not read aloud.
    this.element.setAttribute('aria-live', Date.now() - new Date(data.at) > 60_000 ? 'off' : 'polite');
    this.atEnd(() => KINDS[name](this, data));
  }

  note(text, kind) {
    this.entries.append(h('p', { class: `note ${kind}` }, text));
  }

  /** What one author says; who they are stands above. */
  said(author, at, name = '', to = this.entries) {
    const { texts } = this;
    const isAgent = author === 'agent';
    const mark = h('span', { class: 'mark', 'aria-hidden': true }, isAgent ? name[0] : texts.ai);
    const title = h('b', {}, isAgent ? filled(texts.team, { name }) : texts.assistant);
    const who = author === 'customer' ? h('p', { class: 'unseen' }, texts.you) : h('p', { class: 'who' }, mark, title);
    if (at) who.append(' ', new Date(at).toLocaleTimeString(texts.code, { timeStyle: 'short' }));
    const said = h('div', { class: `said ${author}` }, who, h('div', { class: 'bubble', dir: 'auto' }));
    to.append(said);
    return said;
  }

  /** A customer's message that the service has: the one on its way becomes it. */
  received(id, text, at) {
    if (this.own.has(id)) return;
    this.arrived([...this.ways].find(([, way]) => way.text === text)?.[0]);
    const said = this.said('customer', at);
    said.lastChild.append(text);
    this.own.set(id, said);
    this.state(said, 'sent');
  }

  arrived(key) {
    this.ways.get(key)?.said.remove();
    this.ways.delete(key);
  }

  /** The service said which message this became. */
  became(key, message) {
    const { text } = this.ways.get(key) ?? {};
    this.arrived(key);
    if (text) this.received(message, text, Date.now());
  }

  onTheirWay(items, stateOf) {
    for (const key of this.ways.keys()) if (!items.some(({ id }) => id === key)) this.arrived(key);
    for (const item of items) {
      const { id, text } = item;
      if (!this.ways.has(id)) {
        const said = this.said('customer', null, '', this.way);
        said.lastChild.append(text);
        this.ways.set(id, { text, said });
        this.toEnd();
      }
      this.state(this.ways.get(id).said, stateOf(item), item);
    }
  }

  /** How far a message is stands below it; that it was sent, below the newest alone. */
  state(said, state, item) {
    const { texts, talk } = this;
    if (state === 'sent') this.entries.querySelectorAll('.state').forEach((old) => old.remove());
    if (said.dataset.state === state) return;
    said.dataset.state = state;
    said.querySelector('.state')?.remove();
    const failed = state === 'failed';
    const keep = (value) => () => this.element.focus(talk.keep(item, value));
    const again = (failed || state === 'later') && button(texts.again, keep({ ...item, failed: false }));
    const discard = failed && button(texts.discard, keep(null));
    said.append(h('div', { class: `state ${state}` }, texts[state], again, discard));
  }
}
