/** How each kind of event shows in the log. A new kind is one more function. */

import { button, filled, h, icon, iconButton, save } from './dom.js';
import { link, write } from './writing.js';

export const KINDS = {
  accepted(log, { message, text, at }) {
    log.received(message, text, at);
  },

  sentence(log, { text, lead, at }) {
    log.speaking ??= log.said('assistant', at);
    write(log.speaking.lastChild, text, lead);
  },

  done(log, { outcome, message, citations }) {
    const said = log.speaking;
    log.speaking = null;
    if (citations.length) said?.append(sources(log, citations));
    if (outcome === 'answered') said?.append(thumbs(log, message));
    if (outcome === 'not_known') offerPerson(log);
  },

  agent_message(log, { agent, text, at }) {
    write(log.said('agent', at, agent).lastChild, text);
  },

  file(log, { author, at, agent, file, name }) {
    const get = async () => save(await (await log.talk.call('GET', `/v1/files/${file}`)).blob(), name);
    const card = button(name, () => get().catch(() => card.append(log.texts.failed)), icon('clip'));
    log.said(author, at, agent ?? '').lastChild.append(card);
  },
};

for (const name of ['handoff', 'claimed', 'returned', 'closed'])
  KINDS[name] = (log, { agent }) => log.note(filled(log.texts[name], { name: agent }), name);

/** Each article once, where it can be opened. */
function sources({ texts }, citations) {
  const articles = new Map(citations.map(({ address, title }) => [address ?? title, title]));
  const items = [...articles].map(([address, title]) => h('li', {}, link(address, title)));
  return h('div', { class: 'sources' }, texts.sources, h('ul', {}, ...items));
}

/** Yes or no, until something else happens. */
function offerPerson(log) {
  const { yes, no } = log.texts;
  log.offers = h('div', { class: 'offers' }, ...[yes, no].map((words) => button(words, () => log.say(words))));
  log.entries.append(log.offers);
}

/** Whether it helped; where it did not, a reason. Both may be changed. */
function thumbs({ texts, talk }, message) {
  const rate = (helpful, reason) => {
    up.setAttribute('aria-pressed', helpful);
    down.setAttribute('aria-pressed', !helpful);
    const why = texts.reasons.map((words) => button(words, () => rate(false, words)));
    answer.replaceChildren(...(helpful || reason ? [texts.thanks] : [h('p', {}, texts.why), ...why]));
    answer.scrollIntoView({ block: 'nearest' });
    (helpful ? up : down).focus();
    const body = { message, helpful, reason };
    talk.call('POST', `/v1/conversations/${talk.id}/feedback`, body).catch(() => answer.replaceChildren(texts.failed));
  };
  const up = iconButton('up', texts.helped, () => rate(true));
  const down = iconButton('up', texts.helped_not, () => rate(false), 'turned');
  const answer = h('div', { class: 'offers', role: 'status' });
  return h('div', { class: 'thumbs' }, up, down, answer);
}
