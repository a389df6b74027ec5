/** Lying bars: a name, a bar, its value; for rankings. */

import { patterns } from "./patterns.js";
import { s } from "../../shell/dom.js";
import { picture, text } from "./svg.js";

const ROW = 44;
const LINE = 18;
const LETTER = 7.2;

/** Names stand above their bars, so that long ones have the whole width; values behind the bars, or below if long. */
export function bars({ width, label, rows, told }) {
  const ends = rows.map((row) => told(row.value, row));
  const reserve = Math.max(...ends.map((end) => end.length), 1) * LETTER + 16;
  const beside = reserve < width * 0.6;
  const whole = beside ? width - reserve : width;
  const highest = Math.max(1, ...rows.map((row) => row.value));
  const fills = patterns([{}]);
  const step = beside ? ROW : ROW + LINE;
  const drawn = rows.map((row, index) => {
    const broad = Math.max(row.value > 0 ? 3 : 0, (whole * row.value) / highest);
    const place = { x: 0, y: index * step + 20, width: broad, height: 12, rx: 2 };
    const bar = s("rect", { ...place, fill: fills.fill(0), class: "area" });
    const at = beside ? { x: broad + 8, y: place.y + 10 } : { x: 0, y: place.y + 12 + LINE };
    return s(
      "g",
      {},
      named(row.name, width, place.y - 6),
      bar,
      text(at.x, at.y, ends[index], { class: "value-words" }),
    );
  });
  return picture(width, rows.length * step, label, fills.definitions, ...drawn);
}

function named(name, width, y) {
  const words = text(0, y, cut(name, width), { class: "name-words" });
  words.append(s("title", {}, name));
  return words;
}

function cut(name, width) {
  const room = Math.floor(width / LETTER);
  return name.length <= room ? name : `${name.slice(0, Math.max(1, room - 1)).trimEnd()}\u2026`;
}
