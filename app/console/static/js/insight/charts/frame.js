/** The frame of a picture with two axes: levels with their numbers at the left, names below. */

import { s } from "../../shell/dom.js";
import { text } from "./svg.js";
import { axisFor, everyNth } from "./scale.js";

const LETTER = 6.6;

/** Where things lie in a picture of this width: the plot's edges and the ways from a value or a step to a place. */
export function plotOf({ width, height, values, labels, right = 8, top = 22, told }) {
  const axis = axisFor(values);
  const longest = Math.max(...axis.ticks.map((tick) => told(tick).length));
  const left = Math.ceil(longest * LETTER) + 10;
  const plot = { left, top, right: width - right, bottom: height - 26, axis, told, labels };
  plot.step = (plot.right - plot.left) / Math.max(1, labels.length);
  plot.x = (index) => plot.left + plot.step * (index + 0.5);
  plot.y = (value) => plot.bottom - ((plot.bottom - plot.top) * value) / axis.top;
  return plot;
}

export function levels(plot) {
  return s("g", { "aria-hidden": "true" }, ...plot.axis.ticks.flatMap((tick) => level(plot, tick)));
}

function level(plot, tick) {
  const y = plot.y(tick);
  const line = { x1: plot.left, x2: plot.right, y1: y, y2: y, class: tick === 0 ? "base-line" : "level-line" };
  return [s("line", line), text(plot.left - 8, y + 4, plot.told(tick), { "text-anchor": "end", class: "axis-words" })];
}

/** As many names as fit; the first always, so that the eye has a start. */
export function names(plot) {
  const longest = Math.max(...plot.labels.map((label) => label.length), 2);
  const nth = everyNth(plot.labels.length, plot.right - plot.left, longest * LETTER + 10);
  const shown = plot.labels.map((label, index) => ({ label, index })).filter(({ index }) => index % nth === 0);
  const words = ({ label, index }) => text(plot.x(index), plot.bottom + 18, label, attributes);
  const attributes = { "text-anchor": "middle", class: "axis-words" };
  return s("g", { "aria-hidden": "true" }, ...shown.map(words));
}

/** One invisible band for each step, so that pointing anywhere above a name tells its figures. */
export function bands(plot, pointed) {
  const band = (_, index) => {
    const place = { x: plot.left + plot.step * index, y: plot.top, width: plot.step };
    const element = s("rect", { ...place, height: plot.bottom - plot.top, class: "band" });
    element.addEventListener("pointerenter", () => pointed(index));
    element.addEventListener("pointerleave", () => pointed(null));
    return element;
  };
  return s("g", { "aria-hidden": "true" }, ...plot.labels.map(band));
}
