/** Insight: pictures of what happened in a period, each with its figures behind it. */

import { address, get } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { show } from "../parts/loading.js";
import { heading } from "../parts/pieces.js";
import { sections } from "./sections.js";

const PERIODS = [
  [7, "7 days"],
  [30, "30 days"],
  [90, "90 days"],
];
const USUAL = 30;
const PATIENCE = 60_000;
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const insightPage = { name: "insight", title: "Insight", icon: "chart", role: "supervisor", open };

function open(main, first) {
  const place = h("div", { class: "page-body insight" });
  const move = ({ query }) => {
    const days = PERIODS.some(([each]) => String(each) === query.get("days")) ? Number(query.get("days")) : USUAL;
    const body = h("div");
    fill(place, heading("Insight", "What customers asked, how it was met, and what it took.", chooser(days)), body);
    show(
      body,
      () => figuresOf(days),
      (found) => sections(found, days),
    );
  };
  fill(main, place);
  move(first);
  return { move };
}

/** A browser may know a time zone by a name that the service does not; then days are those of UTC. */
async function figuresOf(days) {
  try {
    return await get(address("/v1/agent/insight", { days, zone: ZONE }), { timeout: PATIENCE });
  } catch (error) {
    if (error.status !== 422) throw error;
    return get(address("/v1/agent/insight", { days }), { timeout: PATIENCE });
  }
}

function chooser(days) {
  const link = ([each, words]) =>
    h("a", { href: `#/insight?days=${each}`, "aria-current": each === days ? "page" : null }, words);
  return h("nav", { class: "tabs period", "aria-label": "Period" }, PERIODS.map(link));
}
