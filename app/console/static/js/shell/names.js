/** People's names as small signs: initials and one of a few tints. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const TINTS = 6;
const WORD = /[\p{L}\p{N}][^\s]*/gu;

/** The first letters of the first and last word; whole letters also where one takes several code points. */
export function initials(name) {
  const words = String(name ?? "").match(WORD) ?? [];
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...word][0].toLocaleUpperCase()).join("") || "?";
}

export function tintOf(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 9_973;
  return sum % TINTS;
}

/** A round sign for a customer: initials of a known name, else a figure. */
export const avatar = (customer, size = "") =>
  h(
    "span",
    { class: `avatar ${size} tint-${tintOf(customer?.id)}`, "aria-hidden": "true" },
    customer?.name ? initials(customer.name) : icon("person", 18),
  );

/** What to call a customer: their name, or a short name made of their id so that two are told apart. */
export const nameOf = (customer) => customer?.name || `Visitor ${String(customer?.id ?? "").slice(-4)}`.trim();
