/** Edits that are not saved yet, kept in this browser for this agent until they are saved or discarded. */

import { me } from "../shell/pages.js";

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
