/** Where an article stands: draft or published, whether it holds today, who reads it, where it comes from. */

import { chip } from "../parts/pieces.js";
import { calendarDay, today } from "../parts/times.js";

const SOON = 14 * 86_400_000;

export function statesOf(article, day = today()) {
  const states = [article.status === "draft" ? chip("warm", "Draft") : chip("good", "Published")];
  if (article.audience === "internal") states.push(chip("info", "Internal"));
  return states.concat(validity(article, day) ?? []);
}

function validity({ valid_from: from, valid_until: until }, day) {
  if (until && until < day) return chip("danger", `Out of date since ${calendarDay(until)}`);
  if (from && from > day) return chip("info", `Holds from ${calendarDay(from)}`);
  if (until && new Date(until) - new Date(day) < SOON) return chip("warm", `Ends ${calendarDay(until)}`);
  return until ? chip("plain", `Until ${calendarDay(until)}`) : null;
}

export const wayTo = (id) => `#/knowledge/article/${id.split("/").map(encodeURIComponent).join("/")}`;

/** Where it came from, in words. */
export function originOf(article) {
  if (article.own) return article.source.includes("/files") ? "Uploaded" : "Written here";
  if (article.source.startsWith("import:")) return "Imported page";
  if (article.source === "api") return "Another system";
  return "Folder of articles";
}
