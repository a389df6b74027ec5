/** What stands on the page, in its order. */

import { h } from "../shell/dom.js";
import { empty } from "../shell/states.js";
import { many, number, percent, span } from "../parts/times.js";
import { count } from "./figure.js";
import { agentsFigure, articlesFigure, feedbackFigure, questionsFigure } from "./rankings.js";
import { byDayFigure, byHourFigure, errorsFigure, feelingsFigure, tokensFigure } from "./times.js";
import { handoffsFigure, outcomesFigure, resolvedFigure, waitsFigure } from "./wholes.js";

const NONE = {
  icon: "chart",
  title: "Nothing happened in this period",
  words: "Choose a longer one, or wait for the first conversations.",
};
/** Those of half the width stand in pairs. */
const FIGURES = [
  byDayFigure,
  outcomesFigure,
  resolvedFigure,
  handoffsFigure,
  waitsFigure,
  byHourFigure,
  questionsFigure,
  articlesFigure,
  feelingsFigure,
  feedbackFigure,
  agentsFigure,
  tokensFigure,
  errorsFigure,
];

export function sections(found) {
  if (total(found.outcomes) === 0 && found.by_day.every((day) => day.conversations === 0)) return empty(NONE);
  return [
    counts(found),
    h(
      "div",
      { class: "figures-grid" },
      FIGURES.map((figure) => figure(found)),
    ),
  ];
}

export const total = (counts) => Object.values(counts).reduce((all, each) => all + each, 0);

function counts(found) {
  const met = total(found.outcomes);
  const conversations = found.by_day.reduce((all, day) => all + day.conversations, 0);
  const thumbs = found.feedback.helpful + found.feedback.unhelpful;
  return h(
    "dl",
    { class: "card count-figures" },
    count("Conversations", number(conversations), "opened"),
    count("Answered", percent(found.outcomes.answered ?? 0, met), `of ${many(met, "message")} met`),
    count("Handoffs", number(total(found.handoffs)), "to a person"),
    count("Wait for a person", span(found.waits.p50), found.waits.count ? "half waited no longer" : "nobody waited"),
    count(
      "Found helpful",
      thumbs ? percent(found.feedback.helpful, thumbs) : "\u2013",
      thumbs ? `of ${many(thumbs, "thumb")}` : "no thumbs yet",
    ),
  );
}
