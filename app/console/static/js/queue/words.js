/** The service's words for agents: why somebody waits, how they feel, who has a conversation. */

import { h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";

export const REASONS = {
  wish: "Asked for a person",
  anger: "Angry",
  distress: "In distress",
  safety: "Safety",
  two_misses: "Not answered twice",
  model_failure: "The assistant failed",
  failure: "The assistant failed",
  contradiction: "Articles contradict",
  own_matter: "Own order or account",
  taken_over: "Taken over",
  assigned: "Assigned",
};

const FEELINGS = {
  calm: ["Calm", "calm", ""],
  pleased: ["Pleased", "heart", "good"],
  upset: ["Upset", "sad_face", "warm"],
  angry: ["Angry", "cross_face", "danger"],
  distressed: ["Distressed", "warn", "danger"],
};

export const STATUSES = {
  with_assistant: ["With the assistant", "spark", "info"],
  waiting: ["Waiting", "clock", "warm"],
  with_agent: ["With an agent", "person", "accent"],
  closed: ["Closed", "check", ""],
};

const CHANNELS = {
  api: "API",
  widget: "Website",
  web: "Website",
  whatsapp: "WhatsApp",
  telegram: "Telegram",
  email: "E-mail",
};

export const CLOSE_REASONS = [
  ["resolved", "Resolved"],
  ["no_answer", "The customer did not answer"],
  ["elsewhere", "Goes on elsewhere"],
  ["not_for_us", "Not for us"],
  ["duplicate", "Same as another conversation"],
];

export const FEELING_OPTIONS = Object.entries(FEELINGS).map(([value, [words]]) => [value, words]);

export const reasonWords = (reason) => REASONS[reason] ?? readable(reason);
export const channelWords = (channel) => CHANNELS[channel] ?? readable(channel);

export const feelingChip = (feeling) => chip(...(FEELINGS[feeling] ?? [readable(feeling), "info", ""]));

/** "Waiting", or "With Ben" where it is known who has it. */
export function statusChip({ status, agent }) {
  const [words, name, tone] = STATUSES[status] ?? [readable(status), "info", ""];
  return chip(status === "with_agent" && agent ? `With ${agentName(agent)}` : words, name, tone);
}

export const chip = (words, name, tone = "") =>
  h("span", { class: `chip ${tone}` }, icon(name, 14), h("span", { class: "cut", dir: "auto" }, words));

export const tagChip = (tag) =>
  h("span", { class: "chip tag" }, icon("tag", 14), h("span", { class: "cut", dir: "auto" }, tag));

/** An agent comes as a name or as { id, name }. */
export const agentName = (agent) => (typeof agent === "string" ? agent : (agent?.name ?? ""));

/** "two_misses" read out by a person. */
export function readable(word) {
  const words = String(word ?? "")
    .replaceAll("_", " ")
    .trim();
  return words ? words[0].toUpperCase() + words.slice(1) : "";
}
