/** What is known of the customer, and what they may do about it: a page in the log's place. */

import { button, h, save } from './dom.js';

export async function dataPage(face) {
  const { texts, talk, log } = face;
  const told = h('p', { role: 'status' });
  const list = h('ul');
  const transcript = () => {
    face.show();
    save(new Blob([log.element.innerText], { type: 'text/plain;charset=utf-8' }), `${texts.conversation}.txt`);
  };
  const page = h('section', { class: 'page', tabindex: -1, 'aria-label': texts.profile });
  page.append(button(texts.back, () => face.show()), h('h3', {}, texts.profile), told, list);
  const forget = button(texts.forget, () => face.host.signOut());
  page.append(button(texts.transcript, transcript), forget, h('p', {}, texts.forget_why));
  face.show(page);
  const none = { attributes: [], facts: [] };
  const known = talk.ask || talk.get('token') ? await talk.json('GET', '/v1/profile').catch(() => null) : none;
  const { attributes, facts } = known ?? none;
  list.append(...attributes.map((one) => item(one.name, one)), ...facts.map((one) => item(one.about, one)));
  told.textContent = list.firstChild ? '' : known ? texts.profile_none : texts.failed;

  function item(name, { id, value }) {
    const words = h('p', {}, name.replace(/_/g, ' '), ': ', h('b', {}, value));
    const gone = () => element.remove(page.focus());
    const failed = () => (told.textContent = texts.failed);
    const forget = () => talk.call('DELETE', `/v1/profile/facts/${id}`).then(gone, failed);
    const element = h('li', {}, words, id && button(texts.discard, forget));
    return element;
  }
}
