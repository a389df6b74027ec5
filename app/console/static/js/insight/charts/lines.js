/** Lines over time; each has a marker and a dash of its own, and its name and last value stand at its end. */

import { DASHES, marker } from "./patterns.js";
import { bands, levels, names, plotOf } from "./frame.js";
import { spread } from "./scale.js";
import { s } from "../../shell/dom.js";
import { picture, text } from "./svg.js";

const LETTER = 6.8;
const MOST_MARKERS = 40;

export function lines({ width, height = 220, label, labels, series, told, pointed }) {
  const values = series.flatMap((each) => each.values.filter((value) => value !== null));
  const ends = series.map((each) => `${each.name} ${told(lastOf(each.values) ?? 0)}`);
  const right = Math.min(Math.max(...ends.map((end) => end.length)) * LETTER + 16, width * 0.4);
  const plot = plotOf({ width, height, values, labels, right, told });
  const drawn = series.map((each, number) => line(plot, each.values, number));
  const frame = [levels(plot), names(plot)];
  return picture(width, height, label, ...frame, ...drawn, endings(plot, series, ends), bands(plot, pointed));
}

const lastOf = (values) => values.filter((value) => value !== null).at(-1);

function line(plot, values, number) {
  const points = values.map((value, index) => (value === null ? null : [plot.x(index), plot.y(value)]));
  const path = { d: pathOf(points), class: `line line-${number % 6}`, "stroke-dasharray": DASHES[number % 6] };
  const marks = points.filter(Boolean);
  const shown = marks.length > MOST_MARKERS ? marks.filter((_, index) => index % 5 === 0) : marks;
  return s("g", {}, s("path", path), ...shown.map(([x, y]) => marker(number, x, y)));
}

/** A gap in the values is a gap in the line. */
function pathOf(points) {
  let broken = true;
  const steps = points.map((point) => {
    if (point === null) broken = true;
    if (point === null) return "";
    const step = `${broken ? "M" : "L"}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    broken = false;
    return step;
  });
  return steps.join(" ");
}

function endings(plot, series, ends) {
  const wanted = series.map((each) => plot.y(lastOf(each.values) ?? 0));
  const places = spread(wanted, 16, plot.top, plot.bottom);
  const words = ends.map((end, number) => text(plot.right + 6, places[number] + 4, end, { class: "key-words" }));
  return s("g", { "aria-hidden": "true" }, ...words);
}
