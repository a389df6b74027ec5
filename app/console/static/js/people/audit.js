/** Who did what: reads of profiles, and every change that agents made; newest first, page by page. */

import { address, get } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { notifyProblem } from "../shell/notices.js";
import { empty } from "../shell/states.js";
import { show } from "../parts/loading.js";
import { busyWhile, heading, quiet } from "../parts/pieces.js";
import { ago, momentOf } from "../parts/times.js";
import { wayTo } from "../knowledge/states.js";
import { actionOf } from "./actions.js";

const NONE = {
  icon: "shield",
  title: "Nothing is noted yet",
  words: "Reads of profiles and every change that agents make appear here.",
};

export function auditView(place) {
  const list = h("div");
  fill(place, heading("Audit", "Reads of profiles, and every change that agents made."), list);
  show(list, () => page(null), drawn);
}

const page = (before) => get(address("/v1/agent/audit", { before }));

function drawn(first) {
  if (first.audit.length === 0) return empty(NONE);
  const body = h("tbody", {}, first.audit.map(row));
  const head = h(
    "thead",
    {},
    h(
      "tr",
      {},
      ["When", "Who", "What", "Which", "Details"].map((name) => h("th", { scope: "col" }, name)),
    ),
  );
  const caption = h("caption", { class: "visually-hidden" }, "Audit");
  return [
    h("div", { class: "table-frame" }, h("table", { class: "table rows audit" }, caption, head, body)),
    more(first, body),
  ];
}

function more(first, body) {
  let next = first.next;
  const load = async () => {
    const found = await page(next);
    body.append(...found.audit.map(row));
    next = found.next;
    button.hidden = !next;
  };
  const button = quiet("Show earlier", () => busyWhile(button, () => load().catch(notifyProblem)), { hidden: !next });
  return h("div", { class: "more" }, button);
}

function row(entry) {
  const cell = (head, ...words) => h("td", { "data-head": head }, words);
  return h(
    "tr",
    {},
    cell("When", h("time", { datetime: entry.at, title: momentOf(entry.at) }, ago(entry.at))),
    cell("Who", h("bdi", {}, entry.agent)),
    cell("What", h("span", { title: entry.action }, actionOf(entry.action))),
    cell("Which", which(entry)),
    cell("Details", told(entry.details)),
  );
}

/** Conversations and articles are a step away. */
function which({ object: id, action }) {
  if (!id) return "\u2013";
  const words = h("span", { class: "mono" }, id);
  if (id.startsWith("art_")) return h("a", { class: "link", href: wayTo(id) }, words);
  const isConversation = id.startsWith("cnv_") || action.startsWith("conversation.");
  return isConversation ? h("a", { class: "link", href: `#/conversations/${encodeURIComponent(id)}` }, words) : words;
}

function told(details) {
  const pairs = Object.entries(details ?? {}).filter(([, value]) => value !== null && value !== "");
  if (pairs.length === 0) return "\u2013";
  return h(
    "dl",
    { class: "details" },
    pairs.map(([name, value]) => [h("dt", {}, name.replaceAll("_", " ")), h("dd", {}, words(value))]),
  );
}

const words = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));
