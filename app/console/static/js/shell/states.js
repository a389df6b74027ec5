/** What a page shows while it loads, when there is nothing, and when something went wrong. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

/** empty({ icon: "inbox", title: "Nobody is waiting", words: "...", action: a button or null }). */
export const empty = ({ icon: name = "inbox", title, words = "", action = null }) =>
  h(
    "div",
    { class: "empty" },
    h("span", { class: "empty-icon" }, icon(name, 28)),
    h("h2", {}, title),
    words ? h("p", {}, words) : null,
    action,
  );

/** Grey lines where words will be; told once to those who do not see them. */
export const loading = (words = "Loading", lines = 4) =>
  h(
    "div",
    { class: "loading", role: "status" },
    h("span", { class: "visually-hidden" }, words),
    Array.from({ length: lines }, () => h("span", { class: "loading-line" })),
  );

/** An error with a way to try again. */
export const problemBox = (error, again = null) =>
  h(
    "div",
    { class: "problem", role: "alert" },
    icon("warn"),
    h(
      "div",
      {},
      h("strong", {}, error.title ?? "Something went wrong."),
      error.detail ? h("p", {}, error.detail) : null,
    ),
    again ? h("button", { type: "button", class: "button small", onclick: again }, "Try again") : null,
  );

/**
 * Fills `element` with what `load()` brings: loading first, then show(found), or the problem with a way to try again.
 * Gives the found value back, or null.
 */
export async function shown(element, load, show) {
  fill(element, loading());
  try {
    const found = await load();
    fill(element, show(found));
    return found;
  } catch (error) {
    if (error.name === "AbortError") return null;
    fill(
      element,
      problemBox(error, () => shown(element, load, show)),
    );
    return null;
  }
}
