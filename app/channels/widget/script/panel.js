/** The open widget: who is there, the log, what happens meanwhile, and where one writes. */

import { dataPage } from './data.js';
import { button, filled, h, icon, iconButton, initials, sizeOf } from './dom.js';
import { Log } from './log.js';

export class Panel {
  /** `host` is the element: it closes, signs out, and has what the site set. */
  constructor(host, texts, talk) {
    Object.assign(this, { host, texts, talk, config: talk.get('config') ?? {}, online: true });
    this.log = new Log(texts, talk);
    this.element = h('dialog', { 'aria-labelledby': 'heading' }, this.head(), this.body());
    this.element.addEventListener('cancel', (event) => this.leave(event));
    this.element.addEventListener('keydown', (event) => event.key === 'Escape' && this.leave(event));
    this.fresh();
  }

  get isOpen() {
    return this.element.open;
  }

  head() {
    const { texts, host } = this;
    this.face = h('span', { class: 'face', 'aria-hidden': true });
    this.heading = h('h2', { id: 'heading', tabindex: -1 });
    this.about = h('p');
    const data = iconButton('person', texts.profile, () => dataPage(this));
    const close = iconButton('down', texts.close, () => host.close());
    return h('header', {}, this.face, h('div', {}, this.heading, this.about), data, close);
  }

  body() {
    const { texts, talk, log } = this;
    this.strip = h('div', { class: 'strip', role: 'status' });
    this.text = h('textarea', { rows: 1, maxlength: 4000, dir: 'auto', placeholder: texts.message, 'aria-label': texts.message });
    this.text.addEventListener('keydown', (event) => this.key(event));
    this.text.addEventListener('paste', (event) => this.attach(event.clipboardData.files));
    this.picker = h('input', { type: 'file', hidden: '', onchange: () => this.attach(this.picker.files) });
    this.error = h('p', { class: 'error', role: 'alert' });
    this.person = button(texts.person, () => talk.say(texts.person_said), icon('person'));
    const clip = iconButton('clip', texts.attach, () => this.picker.click());
    const write = h('div', { class: 'write' }, clip, this.text, iconButton('send', texts.send, () => this.send(), 'send'));
    const foot = h('footer', {}, write, this.picker, this.error, this.person);
    return (this.main = h('main', {}, this.strip, log.element, foot));
  }

  /** Before anything is sent: that an AI answers, and what is often asked. */
  fresh() {
    const { log, texts } = this;
    log.entries.replaceChildren(h('p', { class: 'hello' }, texts.hello));
    log.own.clear();
    log.speaking = log.last = null;
    log.said('assistant').lastChild.append(texts.notice);
    log.last = null;
    log.entries.append((this.start = h('div', { class: 'offers start' })));
    this.configured();
    this.onTheirWay();
  }

  configured() {
    const { host, texts, talk, config } = this;
    this.heading.textContent = host.getAttribute('heading') || config.company || texts.heading;
    this.picker.accept = config.file_types ?? '';
    this.start.replaceChildren(...host.suggestions.map((words) => button(words, () => talk.say(words))));
    this.state();
  }

  hear(event) {
    const { name, data } = event;
    this.log.hear(event);
    this.agent = data.agent ?? this.agent;
    if (name === 'handoff') this.place = data.position;
    this.state();
    this.host.count();
  }

  onTheirWay() {
    const { items, tries } = this.talk;
    this.log.onTheirWay(items, ({ failed }) => (failed ? 'failed' : tries || !navigator.onLine ? 'later' : 'sending'));
    this.state();
  }

  became(key, message) {
    this.log.became(key, message);
    this.onTheirWay();
  }

  connected(online) {
    if (this.online !== online) this.state((this.online = online));
  }

  /** The customer's sign-in ran out, and the site gave no other. */
  refused() {
    this.state((this.ended = true));
  }

  /** Who is there and what happens meanwhile, in one place. */
  state() {
    const { texts, talk, log, agent, place } = this;
    const isPerson = talk.status === 'person';
    const waits = talk.status === 'waiting';
    this.element.classList.toggle('person', isPerson);
    this.face.textContent = isPerson ? initials(agent) : 'AI';
    this.about.textContent = isPerson ? filled(texts.with_person, { name: agent }) : texts.at_once;
    this.start.hidden = log.own.size || log.ways.size;
    log.atEnd(() => (log.dots.hidden = !talk.busy || log.speaking));
    this.person.disabled = isPerson || waits;
    const away = this.ended ? texts.sign_in : navigator.onLine ? !this.online && texts.lost : texts.offline;
    const wait = waits ? `${place ? filled(texts.position, { n: place }) : texts.waiting} ${texts.keeps}` : '';
    this.strip.hidden = !away && !wait;
    this.strip.classList.toggle('away', away);
    if (this.strip.textContent !== (away || wait)) this.strip.textContent = away || wait;
  }

  async askPlace() {
    if (this.talk.status !== 'waiting' || !this.isOpen || document.hidden) return;
    const { handoff } = await this.talk.json('GET', `/v1/conversations/${this.talk.id}`).catch(() => ({}));
    this.state((this.place = handoff?.position ?? this.place));
  }

  /** A modal dialog where it fills the screen; there the keyboard does not come up by itself. */
  open(isModal) {
    if (isModal) this.element.showModal();
    else this.element.show();
    (isModal ? this.heading : this.text).focus();
    this.log.toEnd();
    this.askPlace();
  }

  leave(event) {
    event.preventDefault();
    if (this.main.hidden) this.show();
    else this.host.close();
  }

  key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  send() {
    const text = this.text.value.trim();
    this.error.textContent = this.text.value = '';
    if (text) this.talk.say(text);
    this.text.focus();
  }

  async attach(files) {
    const { texts, talk, config } = this;
    for (const file of files) {
      const values = { name: file.name, size: sizeOf(config.largest_file ?? 0) };
      const tell = (words) => (this.error.textContent = filled(words, values));
      if (!talk.id) tell(texts.file_first);
      else if (file.size > config.largest_file) tell(texts.file_refused);
      else {
        const error = await talk.attach(file).then(() => 0, (raised) => raised);
        tell(error ? ([413, 415].includes(error.status) ? texts.file_refused : `{name}: ${texts.failed}`) : talk.status === 'ai' ? texts.file_unread : '');
      }
    }
    this.picker.value = '';
  }

  /** A page in the log's place, or the log again. */
  show(page) {
    this.page?.remove();
    this.main.hidden = page;
    if (page) this.element.append((this.page = page));
    (page ?? this.text).focus();
  }

  signOut() {
    this.host.signOut();
  }
}
