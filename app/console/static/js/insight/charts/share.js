/** One bar that is the whole, cut into its parts, each with a pattern; counts and shares stand below, in words. */

import { patterns } from "./patterns.js";
import { s } from "../../shell/dom.js";
import { picture, text } from "./svg.js";

const BAR = 36;
const LETTER = 8;

export function share({ width, label, parts, told }) {
  const whole = parts.reduce((all, part) => all + part.value, 0);
  const fills = patterns(parts);
  let x = 0;
  const drawn = parts.map((part, index) => {
    const broad = whole ? (width * part.value) / whole : 0;
    const place = { x, y: 0, width: Math.max(0, broad - (broad > 4 ? 2 : 0)), height: BAR, rx: 3 };
    const piece = s("rect", { ...place, fill: fills.fill(index), class: "area" });
    const words = told(part.value);
    const group = s("g", {}, piece, broad >= words.length * LETTER + 16 ? plate(x + broad / 2, words) : null);
    x += broad;
    return group;
  });
  return picture(width, BAR, label, fills.definitions, ...drawn);
}

/** The number lies on a plate of its own, so that no pattern runs through it. */
function plate(x, words) {
  const broad = words.length * LETTER + 10;
  const ground = { x: x - broad / 2, y: BAR / 2 - 10, width: broad, height: 20, rx: 4, class: "plate" };
  return s("g", {}, s("rect", ground), text(x, BAR / 2 + 5, words, { "text-anchor": "middle", class: "value-words" }));
}

/** The pattern of a part, to stand before its name. */
export function swatch(parts, index) {
  const fills = patterns(parts);
  const drawn = s("rect", { width: 16, height: 16, rx: 3, fill: fills.fill(index), class: "area" });
  return s("svg", { width: 16, height: 16, class: "swatch", "aria-hidden": "true" }, fills.definitions, drawn);
}
