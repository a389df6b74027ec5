/** Passages as search finds them: where they stand, what they say, and how well they fit. */

import { h } from "../shell/dom.js";
import { wayTo } from "./states.js";

/** The heading's way without the article's own title, which stands above already. */
function below(title) {
  return title.split(" > ").slice(1).join(" \u203a ") || "Beginning";
}

export function previewed(passage, index) {
  return h(
    "li",
    { class: "passage" },
    h("p", { class: "passage-title" }, h("span", { class: "passage-number" }, index + 1), below(passage.title)),
    h("p", { class: "passage-text", dir: "auto" }, passage.text),
  );
}

export function scored(passage, best) {
  const score = passage.score ?? 0;
  return h(
    "li",
    { class: "passage" },
    h(
      "div",
      { class: "passage-head" },
      h("a", { class: "passage-title", href: wayTo(passage.article) }, passage.title.replaceAll(" > ", " \u203a ")),
      h("meter", { min: 0, max: Math.max(best, 0.001), value: score, "aria-label": "Score" }),
      h("span", { class: "score" }, score.toFixed(2)),
    ),
    h("p", { class: "passage-text", dir: "auto" }, passage.text),
  );
}
