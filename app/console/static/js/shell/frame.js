/** Around every page: the list of pages, who one is, whether the line to the service stands. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { agentMenu } from "./own_menu.js";
import { initials, tintOf } from "./names.js";
import { onPage, pagesOf, startPages, stopPages } from "./pages.js";
import { startKeys, stopKeys } from "./keys.js";
import { onLine, onQueue, startLive } from "../live/live.js";
import { startSending } from "../conversation/unsent.js";
import { startViewing } from "../live/viewing.js";
import { startAlerts, stopAlerts } from "../live/alerts.js";

/** Fills `root` with the frame and starts the pages; gives the function that ends all of it. */
export function framed(root, agent) {
  const main = h("div", { class: "outlet" });
  const links = pagesOf(agent.role)
    .filter((page) => !page.hidden)
    .map(link);
  const line = h("p", { class: "line-lost", role: "status", hidden: true });
  fill(
    root,
    skipLink(),
    h("div", { class: "frame" }, rail(agent, links), h("div", { class: "frame-main" }, line, main)),
  );
  const ends = [
    onPage((page) => links.forEach((each) => mark(each, page))),
    onLine((stands) => tell(line, stands)),
    startSending(agent),
    startViewing(),
    onQueue((queue) => links.forEach((each) => count(each, queue))),
  ];
  startLive(agent);
  startKeys();
  startAlerts(agent);
  startPages(() => freshMain(main));
  return () => [...ends, stopPages, stopKeys, stopAlerts].forEach((stop) => stop());
}

function rail(agent, links) {
  const own = h(
    "button",
    {
      class: "own",
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => agentMenu(own, agent),
    },
    h(
      "span",
      { class: `avatar tint-${tintOf(agent.id)}`, "aria-hidden": "true" },
      initials(agent.name),
      dutyDot(agent),
    ),
    h("span", { class: "visually-hidden" }, `${agent.name}: duty, sound, account`),
  );
  return h(
    "nav",
    { class: "rail", "aria-label": "Pages" },
    h(
      "a",
      { class: "mark", href: "#/queue", "aria-label": "Careline, to the queue" },
      h("img", { src: "/console/static/icon.svg", alt: "", width: 32, height: 32 }),
    ),
    h(
      "ul",
      {},
      links.map(({ item }) => item),
    ),
    own,
  );
}

function dutyDot(agent) {
  const dot = h("span", { class: "duty-dot", "data-duty": "" });
  dot.classList.toggle("on", agent.on_duty);
  return dot;
}

function link(page) {
  const badge = h("span", { class: "rail-badge", hidden: true });
  const way = h(
    "a",
    { href: `#/${page.name}` },
    h("span", { class: "rail-icon" }, icon(page.icon, 22), badge),
    h("span", { class: "rail-words" }, page.short ?? page.title),
  );
  return { page, way, badge, item: h("li", {}, way) };
}

function mark({ page, way }, shown) {
  if (page === shown) way.setAttribute("aria-current", "page");
  else way.removeAttribute("aria-current");
}

function count({ page, badge }, queue) {
  const number = page.badge?.(queue) ?? 0;
  badge.hidden = !number;
  fill(badge, number > 99 ? "99+" : String(number), h("span", { class: "visually-hidden" }, " waiting"));
}

function tell(line, stands) {
  line.hidden = stands;
  fill(
    line,
    stands ? "" : [icon("warn", 16), "No connection to the service. What you see may be old; it is tried again."],
  );
}

function freshMain(outlet) {
  const main = h("main", { id: "main", tabindex: -1 });
  fill(outlet, main);
  return main;
}

/** The address holds the page, so the link moves the focus itself. */
const skipLink = () =>
  h(
    "a",
    {
      class: "skip",
      href: "#main",
      onclick: (event) => {
        event.preventDefault();
        document.getElementById("main")?.focus();
      },
    },
    "Skip to the content",
  );
