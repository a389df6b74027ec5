/** Edits that are not saved yet, kept in this browser for this agent until they are saved or discarded. */

import { notify } from "../shell/notices.js";
import { go, me } from "../shell/pages.js";

const nameOf = (name) => `careline.unsaved.${me()?.id ?? ""}.${name}`;

export function keep(name, values) {
  try {
    localStorage.setItem(nameOf(name), JSON.stringify({ values, at: new Date().toISOString() }));
  } catch {
    // A full or closed storage must not stop anyone from writing.
  }
}

/** What was kept under this name: { values, at }, or null. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(name)));
  } catch {
    return null;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(nameOf(name));
  } catch {
    // Nothing is stored where nothing can be.
  }
}

let told = () => {};

/** The page is left with changes: says that they are kept, with the way back. */
export function tellKept(way) {
  told();
  const action = { label: "Back to them", run: () => go(way) };
  told = notify("Your changes are kept in this browser, not saved.", { kind: "info", action });
}

/** They are seen again: the word about them goes away. */
export const foundAgain = () => told();
