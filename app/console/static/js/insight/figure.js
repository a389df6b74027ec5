/** A picture on a card: its title, what it says, the chart as wide as its place, and the table behind it. */

import { fill, h, newId } from "../shell/dom.js";

/**
 * `draw(width, pointed)` gives the chart, null where there is none; `pointed(index)` tells one row of the table in
 * words, `pointed(null)` the summary again.
 * `table` is { head, rows }: every figure of the chart. `summary` says in words what the picture shows.
 */
export function figure({ title, summary, draw, table, wide = false, below = null }) {
  const id = newId("figure");
  const told = h("p", { class: "figure-told" }, summary);
  const place = h("div", { class: "figure-chart" });
  const pointed = (index) => fill(told, index === null ? summary : rowInWords(table, index));
  if (draw) drawnToWidth(place, (width) => draw(width, pointed));
  return h(
    "section",
    { class: `card figure${wide ? " wide" : ""}`, "aria-labelledby": id },
    h("h2", { id }, title),
    told,
    draw && place,
    below,
    table.rows.length > 0 && behind(title, table),
  );
}

/** Drawn again when the place becomes wider or narrower, so that its letters keep their size. */
function drawnToWidth(place, draw) {
  let last = 0;
  const watch = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width < 40 || width === last) return;
    last = width;
    fill(place, draw(width));
  });
  watch.observe(place);
}

/** "22 Nov: 62 conversations". */
function rowInWords({ head, rows }, index) {
  const [name, ...cells] = rows[index];
  return `${name}: ${cells.map((cell, column) => `${cell} ${head[column + 1].toLowerCase()}`).join(", ")}`;
}

function behind(title, { head, rows }) {
  const row = (cells) =>
    h(
      "tr",
      {},
      cells.map((cell, index) => (index === 0 ? h("th", { scope: "row" }, cell) : h("td", {}, cell))),
    );
  const frame = h(
    "div",
    { class: "table-frame", tabindex: 0, role: "region", "aria-label": `${title}: figures` },
    h(
      "table",
      { class: "table figures" },
      h("caption", { class: "visually-hidden" }, title),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((each) => h("th", { scope: "col" }, each)),
        ),
      ),
      h("tbody", {}, rows.map(row)),
    ),
  );
  return h("details", { class: "behind" }, h("summary", {}, "Figures"), frame);
}

/** A figure that is only a number. `hint` says what it counts. */
export function count(name, value, hint) {
  return h(
    "div",
    { class: "count-figure" },
    h("dt", {}, name),
    h("dd", {}, h("strong", {}, value), hint && h("span", {}, hint)),
  );
}
