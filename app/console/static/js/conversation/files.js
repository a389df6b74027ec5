/** Files of a conversation: shown with name and size, opened only as a download. */

import { h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";

export const fileElement = ({ file, name, size }) =>
  h(
    "a",
    { class: "file", href: `/v1/agent/files/${encodeURIComponent(file)}`, download: name },
    icon("file", 22),
    h(
      "span",
      { class: "file-words" },
      h("span", { class: "cut", dir: "auto" }, name),
      h("span", { class: "muted small-words" }, sized(size)),
    ),
    icon("download", 18),
  );

export function sized(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
