/** The open widget: who is there, the log, what happens meanwhile, and where one writes. */

import { dataPage } from './data.js';
import { button, filled, h, icon, iconButton } from './dom.js';
import { Log } from './log.js';

export class Panel {
  /** `host` is the element: it closes, signs out, and has what the site set. */
  constructor(host, texts, talk) {
    Object.assign(this, { host, texts, talk, config: talk.get('config') ?? {}, online: true });
    this.log = new Log(texts, talk);
    const does = { onkeydown: (event) => this.key(event), onclose: () => host.closed() };
    this.element = h('dialog', { 'aria-labelledby': 'heading', ...does }, this.head(), this.body());
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
    return h('div', { class: 'head' }, this.face, h('div', {}, this.heading, this.about), data, close);
  }

  body() {
    const { texts, talk, log } = this;
    this.strip = h('div', { class: 'strip', role: 'status' });
    const onpaste = (event) => this.attach(event.clipboardData.files);
    const { message } = texts;
    this.text = h('textarea', { rows: 1, dir: 'auto', placeholder: message, 'aria-label': message, onpaste });
    this.picker = h('input', { type: 'file', hidden: '', onchange: () => this.attach(this.picker.files) });
    this.error = h('p', { class: 'error', role: 'alert' });
    this.person = button(texts.person, () => log.say(texts.person_said), icon('person'));
    const clip = iconButton('clip', texts.attach, () => this.picker.click());
    const send = iconButton('send', texts.send, () => this.send(), 'send');
    const write = h('div', { class: 'write' }, clip, this.text, send);
    const foot = h('div', { class: 'foot' }, write, this.picker, this.error, this.person);
    return (this.main = h('div', { class: 'main' }, this.strip, log.element, foot));
  }

  /** Before anything is sent: that an AI answers, and what is often asked. */
  fresh() {
    const { log, texts } = this;
    log.entries.replaceChildren(h('p', { class: 'hello' }, texts.hello));
    log.own.clear();
    log.speaking = null;
    log.said('assistant').lastChild.append(texts.notice);
    log.entries.append((this.start = h('div', { class: 'offers start' })));
    this.configured();
    this.onTheirWay();
  }

  configured() {
    const { host, texts, log, config } = this;
    this.heading.textContent = host.getAttribute('heading') || config.company || texts.launcher;
    this.picker.accept = config.file_types ?? '';
    this.start.replaceChildren(...host.suggestions.map((words) => button(words, () => log.say(words))));
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

  /** Whether the service is `online`; whether the customer's sign-in `ended`, and the site gave no other. */
  tell(name, value) {
    if (this[name] !== value) this.state((this[name] = value));
  }

  /** Who is there and what happens meanwhile, in one place. */
  state() {
    const { texts, talk, log, agent, place } = this;
    const isPerson = talk.status === 'person';
    const waits = talk.status === 'waiting';
    this.element.classList.toggle('person', isPerson);
    this.face.textContent = isPerson ? agent[0] : texts.ai;
    this.about.textContent = isPerson ? filled(texts.team, { name: agent }) : texts.assistant;
    this.start.hidden = log.own.size || log.ways.size;
    log.atEnd(() => (log.dots.hidden = !talk.busy || log.speaking));
    this.person.disabled = isPerson || waits;
    const away = this.ended ? texts.sign_in : (!this.online || !navigator.onLine) && texts.offline;
    const wait = waits ? `${place ? filled(texts.position, { n: place }) : ''} ${texts.waiting}` : '';
    this.strip.hidden = !away && !wait;
    this.strip.classList.toggle('wait', !away);
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

  key(event) {
    const { key, target, shiftKey, isComposing } = event;
    const work = {
      Escape: () => (this.main.hidden ? this.show() : this.host.close()),
      Enter: target === this.text && !shiftKey && !isComposing && (() => this.send()),
    }[key];
    if (work) event.preventDefault(work());
  }

  send() {
    const text = this.text.value.trim();
    if (text) this.talk.say(text);
    this.error.textContent = this.text.value = '';
    this.text.focus();
  }

  async attach(files) {
    const { texts, talk, config } = this;
    const largest = config.largest_file;
    const sent = () => (talk.status === 'ai' ? texts.file_unread : '');
    const refused = ({ status }) => (status < 500 ? texts.file_refused : `{name}: ${texts.failed}`);
    for (const file of files) {
      const stop = talk.id ? file.size > largest && texts.file_refused : texts.file_first;
      const words = stop || (await talk.attach(file).then(sent, refused));
      this.error.textContent = filled(words, { name: file.name, size: `${largest / 1e6} MB` });
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
}
