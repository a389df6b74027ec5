/** Columns over time or hours, one series or several on top of each other; the highest tells its value. */

import { patterns } from "./patterns.js";
import { bands, levels, names, plotOf } from "./frame.js";
import { s } from "../../shell/dom.js";
import { picture, text } from "./svg.js";

const LETTER = 7.4;
const KEY_LETTER = 6.8;

export function columns({ width, height = 220, label, labels, series, told, pointed }) {
  const totals = labels.map((_, index) => sum(series.map((each) => each.values[index] ?? 0)));
  const right = series.length > 1 ? keyWidth(series, width) : 8;
  const plot = plotOf({ width, height, values: totals, labels, right, told });
  const fills = patterns(series);
  const stacks = labels.map((_, index) => stack(plot, series, fills, index));
  const parts = [fills.definitions, levels(plot), names(plot), ...stacks, values(plot, totals)];
  if (series.length > 1) parts.push(key(plot, series, fills));
  return picture(width, height, label, ...parts, bands(plot, pointed));
}

const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);

function keyWidth(series, width) {
  const longest = Math.max(...series.map((each) => each.name.length));
  return Math.min(longest * KEY_LETTER + 34, width * 0.34);
}

function stack(plot, series, fills, index) {
  const broad = Math.max(2, Math.min(plot.step * 0.68, 44));
  let below = 0;
  const parts = series.map((each, number) => {
    const value = each.values[index] ?? 0;
    const top = plot.y(below + value);
    const height = plot.y(below) - top;
    below += value;
    if (height <= 0) return null;
    const place = { x: plot.x(index) - broad / 2, y: top, width: broad, height };
    return s("rect", { ...place, fill: fills.fill(number), class: "area" });
  });
  return s("g", {}, ...parts);
}

/** Every value where there is room, else only the highest. */
function values(plot, totals) {
  const highest = Math.max(...totals);
  const longest = Math.max(...totals.map((total) => plot.told(total).length), 3);
  const all = plot.step >= longest * LETTER + 2;
  const chosen = all ? totals.map((_, index) => index) : [totals.indexOf(highest)];
  const told = chosen
    .filter((index) => totals[index] > 0)
    .map((index) => {
      const attributes = { "text-anchor": "middle", class: "value-words" };
      return text(plot.x(index), plot.y(totals[index]) - 6, plot.told(totals[index]), attributes);
    });
  return s("g", { "aria-hidden": "true" }, ...told);
}

/** Names beside the columns, in the order in which the parts lie on each other. */
function key(plot, series, fills) {
  const entry = (each, number) => {
    const y = plot.bottom - 10 - number * 22;
    const swatch = { x: plot.right + 14, y: y - 9, width: 12, height: 12, fill: fills.fill(number), class: "area" };
    return s("g", {}, s("rect", swatch), text(plot.right + 32, y + 1, each.name, { class: "key-words" }));
  };
  return s("g", { "aria-hidden": "true" }, ...series.map(entry));
}
