/** The list of the keyboard shortcuts that work now, and the switch that turns them off. */

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";
import { boundKeys } from "./keys.js";
import { setting, settings } from "./settings.js";

const WORDS = { ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc", " ": "Space" };

export function showKeys() {
  return openDialog({ title: "Keyboard shortcuts", wide: true, build: () => [groups(), wanted()] });
}

function groups() {
  const byGroup = Map.groupBy(boundKeys(), ({ group }) => group);
  return h(
    "div",
    { class: "key-groups" },
    [...byGroup].map(([group, keys]) => section(group, keys)),
    whileWriting(),
  );
}

const section = (group, keys) =>
  h(
    "section",
    {},
    h("h3", {}, group),
    h(
      "dl",
      { class: "key-list" },
      keys.map(({ key, words }) => row([key], words)),
    ),
  );

const row = (keys, words) =>
  h(
    "div",
    {},
    h(
      "dt",
      {},
      keys.map((key) => h("kbd", {}, WORDS[key] ?? key)),
    ),
    h("dd", {}, words),
  );

const whileWriting = () =>
  h(
    "section",
    {},
    h("h3", {}, "While writing"),
    h(
      "dl",
      { class: "key-list" },
      row(["Ctrl", "Enter"], "Send"),
      row(["/"], "Canned replies, at the start of a word"),
      row(["Esc"], "Leave the field"),
    ),
  );

function wanted() {
  const box = h("input", { type: "checkbox", checked: settings().keys, onchange: () => setting("keys", box.checked) });
  return h("label", { class: "check" }, box, "Single keys act at once");
}
