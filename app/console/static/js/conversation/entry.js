/** One entry: who says it is told by words, sign and place, not by colour alone. */

import { h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { avatar, initials, nameOf, tintOf } from "../shell/names.js";
import { timeOf, timeTag } from "../shell/times.js";
import { agentName, readable } from "../queue/words.js";
import { fileElement } from "./files.js";
import { words } from "./text.js";
import { sources, why } from "./why.js";

const KINDS = {
  customer: (entry, customer) =>
    bubble(entry, avatar(customer, "small"), nameOf(customer), "Customer", words(entry.text)),
  agent: (entry) => bubble(entry, agentSign(entry.agent), agentName(entry.agent), "Agent", words(entry.text)),
  assistant: assistantSaid,
  note: noteElement,
  file: fileEntry,
  happened: ({ icon: name, words: told, at }) =>
    h(
      "p",
      { class: "happened-line" },
      icon(name, 15),
      h("span", { dir: "auto" }, told),
      h("span", { class: "spoken-time" }, timeTag(at, timeOf(at))),
    ),
  unsent: unsentElement,
};

export const entryElement = (entry, customer, acts) => (KINDS[entry.kind] ?? KINDS.note)(entry, customer, acts);

const agentSign = (agent) =>
  h(
    "span",
    { class: `avatar small tint-${tintOf(agentName(agent))}`, "aria-hidden": "true" },
    initials(agentName(agent)),
  );

/** The head says who; a following message of the same one keeps it for those who listen. */
function bubble(entry, sign, name, role, ...content) {
  return h(
    "article",
    { class: "spoken" },
    sign,
    h(
      "div",
      { class: "spoken-main" },
      h(
        "header",
        { class: "spoken-head" },
        h("strong", { class: "cut", dir: "auto" }, name),
        h("span", { class: "spoken-role" }, role),
        h("span", { class: "spoken-time" }, timeTag(entry.at, timeOf(entry.at))),
      ),
      h("div", { class: "bubble" }, content),
    ),
  );
}

function assistantSaid(entry, customer, acts) {
  const sign = h("span", { class: "avatar small sign-assistant", "aria-hidden": "true" }, icon("spark", 16));
  const body = bubble(entry, sign, "Assistant", "AI", words(entry.text), sources(entry.citations ?? []));
  body
    .querySelector(".spoken-main")
    .append(h("footer", { class: "spoken-foot" }, why(entry), feedbackChip(entry.feedback), wrongPart(entry, acts)));
  return body;
}

function feedbackChip(feedback) {
  if (!feedback) return null;
  const told = feedback.helpful ? "The customer found this helpful" : "The customer found this not helpful";
  return h(
    "span",
    { class: `chip ${feedback.helpful ? "good" : "warm"}`, dir: "auto" },
    icon(feedback.helpful ? "thumb_up" : "thumb_down", 14),
    feedback.reason ? `${told}: ${readable(feedback.reason)}` : told,
  );
}

function wrongPart(entry, acts) {
  if (entry.wrong) return h("span", { class: "chip danger" }, icon("flag", 14), "Marked as wrong");
  return h(
    "button",
    { type: "button", class: "link-button", onclick: () => acts.markWrong(entry) },
    icon("flag", 14),
    "Mark as wrong",
  );
}

function noteElement(entry) {
  return h(
    "article",
    { class: "note-card" },
    h(
      "header",
      { class: "spoken-head" },
      icon("note", 16),
      h("strong", { class: "cut", dir: "auto" }, agentName(entry.agent)),
      h("span", { class: "spoken-role" }, "Internal note, not shown to the customer"),
      h("span", { class: "spoken-time" }, timeTag(entry.at, timeOf(entry.at))),
    ),
    words(entry.text),
  );
}

function fileEntry(entry, customer) {
  const isAgent = entry.author === "agent";
  const sign = isAgent ? agentSign(entry.agent) : avatar(customer, "small");
  const made = bubble(
    entry,
    sign,
    isAgent ? agentName(entry.agent) || "Agent" : nameOf(customer),
    isAgent ? "Agent" : "Customer",
    fileElement(entry),
  );
  made.classList.add(isAgent ? "of-agent" : "of-customer");
  return made;
}

function unsentElement(entry, customer, acts) {
  const told =
    entry.refused ?? (entry.tried ? "Not sent yet: it goes out as soon as the service can be reached." : "Sending …");
  const foot = h(
    "footer",
    { class: "spoken-foot", role: "status" },
    entry.refused ? icon("warn", 15) : icon("clock", 15),
    told,
  );
  if (entry.refused)
    foot.append(
      h("button", { type: "button", class: "link-button", onclick: () => acts.edit(entry) }, "Back to the draft"),
      h("button", { type: "button", class: "link-button", onclick: () => acts.discard(entry) }, "Discard"),
    );
  return h(
    "article",
    { class: `spoken${entry.refused ? " refused" : ""}` },
    h("span", { class: "avatar small", "aria-hidden": "true" }),
    h("div", { class: "spoken-main" }, h("div", { class: "bubble" }, words(entry.text)), foot),
  );
}
