/** Keys that act at once: never while someone types, never with Ctrl, Alt or the command key, and only if wanted. */

import { settings } from "./settings.js";
import { showKeys } from "./key_list.js";

const bound = new Map();

/** bindKeys("Queue", [["j", "Next conversation", next], ...]); gives the function that unbinds them. */
export function bindKeys(group, keys) {
  for (const [key, words, run] of keys) bound.set(key, { group, words, run });
  return () => {
    for (const [key, , run] of keys) if (bound.get(key)?.run === run) bound.delete(key);
  };
}

/** For the list of keys: [{ group, key, words }]. */
export const boundKeys = () => [...bound].map(([key, { group, words }]) => ({ key, group, words }));

let stop = null;

export function startKeys() {
  const unbind = bindKeys("Everywhere", [["?", "Show these shortcuts", showKeys]]);
  document.addEventListener("keydown", pressed);
  stop = () => {
    unbind();
    document.removeEventListener("keydown", pressed);
  };
}

export function stopKeys() {
  stop?.();
  stop = null;
}

function pressed(event) {
  if (!settings().keys || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.isComposing || isTyping(event.target) || document.querySelector("dialog[open], [popover]:popover-open"))
    return;
  const found = bound.get(event.key);
  if (!found) return;
  event.preventDefault();
  found.run();
}

function isTyping(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
