/** A picture and the words in it. */

import { s } from "../../shell/dom.js";

export function text(x, y, words, attributes = {}) {
  return s("text", { x, y, ...attributes }, String(words));
}

export function picture(width, height, label, ...children) {
  const size = { viewBox: `0 0 ${width} ${height}`, width, height };
  return s("svg", { ...size, role: "img", "aria-label": label, class: "chart" }, ...children);
}
