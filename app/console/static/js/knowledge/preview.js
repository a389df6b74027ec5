/** The passages that a text would be cut into, live beside the editor. */

import { post } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { settled, show } from "../parts/loading.js";
import { many } from "../parts/times.js";
import { previewed } from "./passages.js";

/** A panel with `update({ title, text })` and `stop()`. */
export function previewPanel() {
  const list = h("div", { class: "preview-list" });
  const panel = h(
    "aside",
    { class: "preview", "aria-label": "Passages", tabindex: 0 },
    h("h2", {}, "Passages"),
    h("p", { class: "field-hint" }, "Search finds and quotes these pieces, not the whole article."),
    list,
  );
  const load = ({ title, text }) => show(list, () => post("/v1/agent/articles/preview", { title, text }), drawn);
  const later = settled(load, 350);
  const update = (values, ready = later) => {
    if (values.title.trim() && values.text.trim()) return ready({ title: values.title, text: values.text });
    later.stop();
    return fill(list, h("p", { class: "field-hint" }, "They appear once there is a title and a text."));
  };
  return { panel, update, now: (values) => update(values, load), stop: () => later.stop() };
}

const drawn = ({ passages }) => [
  h("p", { class: "preview-count", role: "status" }, many(passages.length, "passage")),
  h("ol", { class: "passages" }, passages.map(previewed)),
];
