/** Builds elements. What anyone wrote becomes text or an attribute, never markup. */

const PATHS = {
  talk: 'M4 5h16v12h-8l-5 4v-4H4zM8 9h8M8 13h5',
  down: 'm5 9 7 7 7-7',
  send: 'M12 20V4m-7 7 7-7 7 7',
  clip: 'm20 11-8 8a5 5 0 0 1-7-7l8-8a3 3 0 0 1 5 5l-8 8a1 1 0 0 1-3-3l7-7',
  person: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c1-4 4-6 8-6s7 2 8 6',
  up: 'M7 11v9H4v-9zl4-8q3 0 2 3l-1 3h8l-2 11H7',
};

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props))
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  element.append(...children.filter((child) => child));
  return element;
}

export function icon(name) {
  const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', true);
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}

export const button = (words, onclick, ...before) =>
  h('button', { type: 'button', onclick }, ...before, h('span', {}, words));

/** Its words are for those who cannot see it, and for the pointer that rests on it. */
export const iconButton = (name, words, onclick, kind = '') =>
  h('button', { type: 'button', class: `icon ${kind}`, 'aria-label': words, title: words, onclick }, icon(name));

/** `{name}` in a text of ours. */
export const filled = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

/** Puts a file that was made or fetched here onto the customer's disk. */
export function save(blob, name) {
  h('a', { href: URL.createObjectURL(blob), download: name }).click();
}
