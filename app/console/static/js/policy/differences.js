/** What differs between two versions of a policy, field by field, in words. */

import { titleOf } from "./titles.js";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Each field that differs: { key, before, after }; undefined is the default. */
export function changesBetween(before, after) {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys
    .filter((key) => !same(before[key], after[key]))
    .map((key) => ({ key, before: before[key], after: after[key] }));
}

export function inWords(value) {
  if (value === undefined) return "The default";
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.length > 0 ? value.map(inWords).join(", ") : "None";
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${inWords(each)}`)
    .join("\n");
}

/** All changes as one text, for two of them to stand side by side. */
export const wordsFor = (changes) =>
  changes.map(({ key, after }) => `${titleOf(key)}\n${inWords(after)}`).join("\n\n") || "Nothing is changed.";
