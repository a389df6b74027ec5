/** Fills a place with what the service answers, where one place is asked for again and again. */

import { fill } from "../shell/dom.js";
import { loading, problemBox } from "../shell/states.js";

const PATIENCE = 200;
const latest = new WeakMap();

/** `draw` gives the nodes for what `load` brought; an answer that is overtaken by a later one is dropped. */
export async function show(place, load, draw) {
  const mine = {};
  latest.set(place, mine);
  const current = () => latest.get(place) === mine;
  const waiting = setTimeout(() => current() && fill(place, loading()), place.hasChildNodes() ? 800 : PATIENCE);
  place.setAttribute("aria-busy", "true");
  const found = await load().then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  clearTimeout(waiting);
  if (!current() || found.error?.name === "AbortError") return;
  place.removeAttribute("aria-busy");
  fill(place, found.error ? problemBox(found.error, () => show(place, load, draw)) : draw(found.value));
}

/** What an error says, with the fields that it names. */
export function wordsOf(error) {
  const fields = (error.errors ?? []).map((each) => `${nameOf(each.field)}: ${each.reason}`);
  return fields.join(" \u00b7 ") || error.detail || error.title || "Something went wrong.";
}

function nameOf(path) {
  const name = path.replace(/^body\.?/, "").replaceAll("_", " ") || "what was sent";
  return name[0].toUpperCase() + name.slice(1);
}

/** Calls back once it is quiet for so many milliseconds. */
export function settled(callback, pause = 300) {
  let timer = 0;
  const later = (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...values), pause);
  };
  later.stop = () => clearTimeout(timer);
  return later;
}
