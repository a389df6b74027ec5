/** Builds the page from elements. What anyone wrote goes in as text or as an attribute, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * h("button", { class: "primary", onclick: save, "aria-label": "Save" }, icon("check"), "Save")
 * Props: `on...` functions listen; `value`, `checked`, `selected`, `disabled`, `hidden` ... given as booleans are
 * set or left out;
 * null, undefined and false are left out; everything else is an attribute. Children: nodes, words, lists; null and
 * false are skipped.
 */
export function h(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

/** The same for drawings: s("svg", { viewBox: "0 0 10 10" }, s("path", { d: "M0 0h10" })). */
export function s(tag, props = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

/** Takes out what was there and puts these in; gives the element back. */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

let last = 0;

/** An id that no other element has, for `for`, `aria-labelledby` and such. */
export function newId(word = "x") {
  last += 1;
  return `${word}-${last}`;
}

function filled(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) set(element, name, value);
  element.append(...nodes(children));
  if (props?.value !== undefined && "value" in element) element.value = props.value ?? "";
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on") && typeof value === "function") element.addEventListener(name.slice(2), value);
  else if (name === "value" && "value" in element && !(element instanceof HTMLLIElement)) element.value = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

function nodes(children) {
  return children
    .flat(Infinity)
    .filter((each) => each !== null && each !== undefined && each !== false)
    .map((each) => (each instanceof Node ? each : document.createTextNode(String(each))));
}
