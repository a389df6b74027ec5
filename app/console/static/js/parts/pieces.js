/** The pieces that these pages are made of: headings, ways between views, chips, banners, tables. */

import { h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";

const BANNERS = { good: "check", info: "info", warm: "warn", danger: "warn" };

export function heading(title, lead, ...actions) {
  const words = h("div", { class: "heading-words" }, h("h1", {}, title), lead && h("p", { class: "lead" }, lead));
  return h("header", { class: "heading" }, words, actions.length > 0 && h("div", { class: "actions" }, actions));
}

/** The views of one page, as links; each is { name, title, href }. */
export function ways(label, views, current) {
  const link = (view) =>
    h("a", { class: "way", href: view.href, "aria-current": view.name === current ? "page" : null }, view.title);
  return h("nav", { class: "ways", "aria-label": label }, views.map(link));
}

/** `kind` is one of plain, good, warm, danger, info, accent. */
export const chip = (kind, words) => h("span", { class: `chip ${kind}` }, words);

/** A remark that stays where it stands; `kind` is one of good, info, warm, danger. */
export function banner(kind, ...children) {
  const role = kind === "danger" ? "alert" : "status";
  return h(
    "div",
    { class: `banner ${kind}`, role },
    icon(BANNERS[kind]),
    h("div", { class: "banner-words" }, children),
  );
}

export const button = (words, onclick, props = {}) =>
  h("button", { type: "button", class: "button", onclick, ...props }, words);
export const primary = (words, onclick, props = {}) => button(words, onclick, { class: "button primary", ...props });
export const quiet = (words, onclick, props = {}) => button(words, onclick, { class: "button quiet small", ...props });

/** The end of a dialog's form: leaving it, and sending it. `kind` is primary or danger. */
export const formFoot = (close, words, kind = "primary") =>
  h(
    "footer",
    { class: "dialog-foot form-foot" },
    button("Cancel", () => close()),
    h("button", { class: `button ${kind}`, type: "submit" }, words),
  );

/** A small cross that takes something away. */
export const cross = (label, onclick, props = {}) =>
  h(
    "button",
    { type: "button", class: "icon-button small", "aria-label": label, onclick, ...props },
    icon("cross", 16),
  );

/** A button that cannot be pressed again before its work is done. */
export function busyWhile(element, work) {
  element.disabled = true;
  element.setAttribute("aria-busy", "true");
  return work().finally(() => {
    element.disabled = false;
    element.removeAttribute("aria-busy");
  });
}

/** A table that becomes cards on a phone; `rows` are lists of nodes or words. */
export function table(caption, head, rows) {
  const cell = (each, index) => h("td", { "data-head": head[index] }, each);
  const row = (cells) => h("tr", {}, cells.map(cell));
  const names = h(
    "tr",
    {},
    head.map((each) => h("th", { scope: "col" }, each)),
  );
  const parts = [
    h("caption", { class: "visually-hidden" }, caption),
    h("thead", {}, names),
    h("tbody", {}, rows.map(row)),
  ];
  return h("div", { class: "table-frame" }, h("table", { class: "table rows" }, parts));
}

/** Words to take along, with a button that copies them. */
export function copied(words, label) {
  const input = h("input", {
    class: "input",
    readonly: true,
    value: words,
    "aria-label": label,
    onfocus: () => input.select(),
  });
  const copy = primary("Copy", async () => {
    await navigator.clipboard?.writeText(words).catch(() => {});
    input.select();
    copy.textContent = "Copied";
  });
  return h("div", { class: "copied" }, input, copy);
}
