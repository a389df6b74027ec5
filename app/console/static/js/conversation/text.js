/** What somebody wrote, as text with its web addresses as links; nothing in it becomes markup. */

import { h } from "../shell/dom.js";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;
const AFTER = /[.,;:!?)\]}»”]+$/;

/** A paragraph that keeps its line breaks and takes the direction of its words. */
export const words = (text, kind = "") => h("p", { class: `words ${kind}`, dir: "auto" }, linked(String(text ?? "")));

function linked(text) {
  const parts = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = found.replace(AFTER, "");
    parts.push(text.slice(from, index), link(address, address));
    from = index + address.length;
  }
  return [...parts, text.slice(from)];
}

/** A link to elsewhere; anything but a web address stays words. */
export function link(address, label) {
  if (!/^https?:\/\//i.test(address ?? "")) return h("span", { dir: "auto" }, label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, label);
}
