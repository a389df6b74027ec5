/** <care-line>: the customer-care widget. What a site may set stands on /widget/snippet. Nothing that is drawn first
 * waits for the service. */

import { h, icon } from './dom.js';
import { look } from './look.js';
import { Panel } from './panel.js';
import { Talk } from './talk.js';

const SHORT = matchMedia('(max-width: 480px), (max-height: 420px)');
const LANGUAGES = ['en', 'de', 'fr', 'es'];
const HAPPENS = ['online', 'offline', 'pageshow', 'pagehide', 'storage', 'visibilitychange'];
const NEWS = ['done', 'agent_message', 'claimed', 'file'];

/** Whom a signed token names; it is the service that checks it. */
function subject(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))).sub;
  } catch {
    return '';
  }
}

class CareLine extends HTMLElement {
  static observedAttributes = ['token', 'language', 'heading', 'suggestions'];

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [look];
    const onclick = () => (this.panel?.isOpen ? this.close() : this.open());
    this.launcher = h('button', { type: 'button', class: 'launcher', 'aria-label': 'Help', onclick }, icon('talk'));
    root.append(this.launcher);
  }

  connectedCallback() {
    for (const name of HAPPENS) addEventListener(name, this);
    this.ticking = setInterval(() => this.panel?.askPlace(), 10_000);
    this.begin();
  }

  disconnectedCallback() {
    for (const name of HAPPENS) removeEventListener(name, this);
    clearInterval(this.ticking);
    this.talk?.stop();
  }

  attributeChangedCallback() {
    if (this.panel) this.begin();
  }

  /** A function of the site that gives a signed token for its customer, as often as it is asked. */
  set getToken(ask) {
    this.asks = ask;
    if (this.isConnected) this.begin();
  }

  get suggestions() {
    return (this.getAttribute('suggestions') ?? '').split('|').filter(Boolean);
  }

  /** Texts, customer, panel; anew when one of them changes. */
  async begin() {
    const turn = (this.turn = {});
    const wished = [this.getAttribute('language'), document.documentElement.lang, ...navigator.languages];
    const language = wished.map((tag) => tag?.slice(0, 2)).find((tag) => LANGUAGES.includes(tag)) ?? 'en';
    const texts = await (await fetch(new URL(`texts/${language}.json`, import.meta.url))).json();
    const ask = this.asks ?? (this.getAttribute('token') && (async () => this.getAttribute('token')));
    const who = ask ? subject(await Promise.resolve(ask()).catch(() => '')) : '';
    if (turn !== this.turn) return;
    this.talk?.stop();
    this.panel?.element.remove();
    const base = this.getAttribute('service') ?? new URL('..', import.meta.url).href;
    this.talk = new Talk(base.replace(/\/$/, ''), who, who && ask);
    this.panel = this.talk.face = new Panel(this, texts, this.talk);
    this.lang = language;
    this.shadowRoot.append(this.panel.element);
    // Where it does not cover the page; the focus stays where it is.
    this.panel.element.open = !SHORT.matches && (this.talk.get('open') ?? this.hasAttribute('open'));
    this.count();
    if (this.wished) this.open();
    this.talk.start();
    this.configure();
  }

  async configure() {
    const { talk, panel } = this;
    const response = await fetch(`${talk.base}/v1/widget/config`).catch(() => 0);
    if (response.ok) talk.set('config', (panel.config = await response.json()));
    panel.configured();
  }

  /** News that nobody has seen yet. */
  count() {
    const { talk, launcher, panel: { isOpen, texts } } = this;
    if (isOpen && !document.hidden) talk.set('seen', talk.seq);
    const count = talk.events.filter(({ seq, name }) => seq > talk.get('seen') && NEWS.includes(name)).length;
    const words = isOpen ? texts.close : texts.launcher;
    launcher.setAttribute('aria-label', count ? `${words} (${count})` : words);
    launcher.setAttribute('aria-expanded', isOpen);
    launcher.replaceChildren(icon(isOpen ? 'down' : 'talk'), count ? h('span', { class: 'mark badge' }, count) : '');
  }

  /** Seen again, on the network again, or another tab sent something or signed out. */
  handleEvent({ type, key, newValue }) {
    const { talk, panel } = this;
    if (type === 'pagehide') return talk?.stop();
    if (!panel) return type === 'online' && this.begin();
    if (key === `${talk.prefix}config` && !newValue) return this.begin();
    if (key) talk.follow();
    else if (!document.hidden) talk.wake();
    panel.onTheirWay();
    this.count();
  }

  open() {
    // Whoever was quicker than the texts is not forgotten.
    this.wished = !this.panel;
    if (this.wished || this.panel.isOpen) return;
    this.panel.open(SHORT.matches);
    this.count(this.talk.set('open', true));
  }

  close() {
    this.panel.element.close();
  }

  /** By whatever closed it. */
  closed() {
    this.count(this.talk.set('open', false));
    this.launcher.focus();
  }

  /** Opens, and asks this for the customer. */
  ask(text) {
    this.open();
    this.talk.say(text);
  }

  /** For the site's own sign-out: nothing of the customer stays in this browser. */
  async signOut() {
    this.asks = null;
    this.talk.forget();
    this.removeAttribute('token');
    await this.begin();
  }
}

customElements.define('care-line', CareLine);
