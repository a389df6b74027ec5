/** Lying bars: a name, a bar, its value; for rankings. */

import { patterns } from "./patterns.js";
import { s } from "../../shell/dom.js";
import { picture, text } from "./svg.js";

const ROW = 44;
const LETTER = 7.2;

/** Names stand above their bars, so that long ones have the whole width. */
export function bars({ width, label, rows, told }) {
  const highest = Math.max(1, ...rows.map((row) => row.value));
  const ends = rows.map((row) => told(row.value, row));
  const reserve = Math.max(...ends.map((end) => end.length), 1) * LETTER + 16;
  const fills = patterns([{}]);
  const broad = (row) => Math.max(row.value > 0 ? 3 : 0, ((width - reserve) * row.value) / highest);
  const drawn = rows.map((row, index) => {
    const y = index * ROW;
    const place = { x: 0, y: y + 20, width: broad(row), height: 12, rx: 2 };
    const bar = s("rect", { ...place, fill: fills.fill(0), class: "area" });
    const name = text(0, y + 14, cut(row.name, width), { class: "name-words" });
    name.append(s("title", {}, document.createTextNode(row.name)));
    return s("g", {}, name, bar, text(broad(row) + 8, y + 30, ends[index], { class: "value-words" }));
  });
  return picture(width, rows.length * ROW, label, fills.definitions, ...drawn);
}

function cut(name, width) {
  const room = Math.floor(width / LETTER);
  return name.length <= room ? name : `${name.slice(0, Math.max(1, room - 1)).trimEnd()}\u2026`;
}
