/** What the assistant and agents write: paragraphs, lists, bold and links; no images, nothing that runs. */

import { h } from './dom.js';

const ITEM = /^\s*(?:[-*•]|(\d+)[.)])\s+(.*)/;
const INLINE =
  /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)|((?:https?:\/\/|mailto:|tel:)\S*[^\s<>".,;:!?)])|([\w.+-]+@[\w.-]+\w)/;

export const link = (href, ...words) =>
  /^(https?|mailto|tel):/i.test(href)
    ? h('a', { href, target: '_blank', rel: 'noreferrer' }, ...words)
    : h('span', {}, ...words);

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return [text];
  const [whole, bold, words, address, url, mail] = found;
  const mark = bold ? h('strong', {}, ...inline(bold)) : link(address ?? url ?? `mailto:${mail}`, words ?? whole);
  return [text.slice(0, found.index), mark, ...inline(text.slice(found.index + whole.length))];
}

/** Writes on at the end of `body`, so that only what is new is read aloud; `lead` is the space before it. */
export function write(body, text, lead = '') {
  const last = () => body.lastElementChild;
  let goesOn = !lead.includes('\n') && last()?.tagName === 'P';
  for (const line of text.split('\n').filter((some) => some.trim())) {
    const [, number, words] = ITEM.exec(line) ?? [];
    const tag = words ? (number ? 'OL' : 'UL') : 'P';
    if (words ? last()?.tagName !== tag : !goesOn) body.append(h(tag));
    if (words) last().append(h('li', { value: number ?? '' }, ...inline(words)));
    else last().append(h('span', {}, goesOn && lead, ...inline(line)));
    goesOn = false;
  }
}
