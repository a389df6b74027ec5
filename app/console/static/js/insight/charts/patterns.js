/** What tells parts of a picture apart without colour: a pattern for each area. */

import { s } from "../../shell/dom.js";

const KINDS = ["solid", "slant", "dots", "level", "grid", "back", "steps"];

let made = 0;

/** Definitions to put into the picture, and the fill of each part; a part may name its `tone`. */
export function patterns(parts) {
  made += 1;
  const ids = parts.map((_, index) => `pattern-${made}-${index}`);
  const definitions = s("defs", {}, ...parts.map((part, index) => pattern(ids[index], index, part.tone ?? index)));
  return { definitions, fill: (index) => `url(#${ids[index]})` };
}

function pattern(id, index, tone) {
  const attributes = { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  const ground = s("rect", { width: 8, height: 8, class: `tone-${tone % KINDS.length}` });
  return s("pattern", attributes, ground, ...drawn(KINDS[index % KINDS.length]));
}

function drawn(kind) {
  const line = (path) => s("path", { d: path, class: "pattern-line" });
  if (kind === "slant") return [line("M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2")];
  if (kind === "back") return [line("M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6")];
  if (kind === "steps") return [line("M0 8 V4 H4 V0 H8")];
  if (kind === "level") return [line("M0 2 H8 M0 6 H8")];
  if (kind === "grid") return [line("M0 4 H8 M4 0 V8")];
  if (kind === "dots") return [2, 6].map((at) => s("circle", { cx: at, cy: at, r: 1.3, class: "pattern-dot" }));
  return [];
}
