/** Makes the snippet from the choices, and shows it on the widget of this page. */

const form = document.getElementById('choices');
const widget = document.querySelector('care-line');
const service = location.origin;
const DEFAULT_ACCENT = '#0b6e5f';

document.getElementById('csp').textContent = [
  `script-src ${service}/widget/care-line.js;`,
  `connect-src ${service};`,
].join('\n');

/** White or nearly black, whichever can be read better on the colour; and how well, as WCAG counts it. */
function wordsOn(colour) {
  const light = luminance(colour);
  const [white, black] = [1.05 / (light + 0.05), (light + 0.05) / (luminance('#06231e') + 0.05)];
  return white >= black ? { words: '#ffffff', contrast: white } : { words: '#06231e', contrast: black };
}

function luminance(colour) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Light enough to be read on the dark paper of the widget. */
function forDark(colour) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = parts.map((part) => Math.round(part + (255 - part) * share));
    const lighter = `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    if (luminance(lighter) > 0.32) return lighter;
  }
  return '#ffffff';
}

function choices() {
  const given = Object.fromEntries(new FormData(form));
  const suggestions = given.suggestions.split('\n').map((line) => line.trim()).filter(Boolean).join('|');
  return { ...given, suggestions };
}

function style(accent) {
  if (accent === DEFAULT_ACCENT) return {};
  const dark = forDark(accent);
  return {
    '--care-accent': `light-dark(${accent}, ${dark})`,
    '--care-on-accent': `light-dark(${wordsOn(accent).words}, ${wordsOn(dark).words})`,
    '--care-header': accent,
  };
}

function escaped(value) {
  return value.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

function snippet(given) {
  const names = ['heading', 'language', 'theme', 'position', 'suggestions'];
  const attributes = names.filter((name) => given[name]).map((name) => `\n  ${name}="${escaped(given[name])}"`);
  const rules = Object.entries(style(given.accent)).map(([name, value]) => `  ${name}: ${value};`);
  const css = rules.length ? `\n\n/* in your style sheet */\ncare-line {\n${rules.join('\n')}\n}` : '';
  return `<script src="${service}/widget/care-line.js" type="module" async></script>\n<care-line${attributes.join('')}></care-line>${css}`;
}

function show() {
  const given = choices();
  const { contrast } = wordsOn(given.accent);
  form.elements.contrast.value = `Words on it are read at ${contrast.toFixed(1)} to 1.`;
  document.getElementById('snippet').textContent = snippet(given);
  for (const name of ['heading', 'language', 'theme', 'position', 'suggestions'])
    if (!given[name]) widget.removeAttribute(name);
    else if (widget.getAttribute(name) !== given[name]) widget.setAttribute(name, given[name]);
  for (const name of ['--care-accent', '--care-on-accent', '--care-header']) widget.style.removeProperty(name);
  for (const [name, value] of Object.entries(style(given.accent))) widget.style.setProperty(name, value);
}

async function copy() {
  const told = document.getElementById('copied');
  try {
    await navigator.clipboard.writeText(document.getElementById('snippet').textContent);
    told.textContent = 'Copied.';
  } catch {
    getSelection().selectAllChildren(document.getElementById('snippet'));
    told.textContent = 'Marked: copy it with the keyboard.';
  }
}

let soon;
form.addEventListener('input', () => {
  clearTimeout(soon);
  soon = setTimeout(show, 250);
});
form.addEventListener('submit', (event) => event.preventDefault());
document.getElementById('copy').addEventListener('click', copy);
show();
