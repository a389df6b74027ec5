/** The list of articles: search, status, upload, a new one. */

import { address, get } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { select } from "../shell/forms.js";
import { notifyProblem } from "../shell/notices.js";
import { may } from "../shell/pages.js";
import { empty } from "../shell/states.js";
import { settled, show } from "../parts/loading.js";
import { busyWhile, heading, quiet } from "../parts/pieces.js";
import { ago, many, momentOf } from "../parts/times.js";
import { kept } from "../parts/unsaved.js";
import { originOf, statesOf, wayTo } from "./states.js";
import { uploader } from "./upload.js";

const PAGE = 50;
const STATUSES = [
  ["", "All articles"],
  ["published", "Published"],
  ["draft", "Drafts"],
];

export function articlesView(place, params) {
  const list = h("div", { class: "articles" });
  const wanted = { q: params.query.get("q") ?? "", status: params.query.get("status") ?? "", limit: PAGE };
  const load = () =>
    show(
      list,
      () => get(address("/v1/agent/articles", wanted)),
      (shelf) => drawn(shelf, wanted),
    );
  const later = settled(load);
  const files = may("supervisor") ? uploader(load) : null;
  files?.droppedOn(list);
  fill(
    place,
    heading("Articles", "What the assistant answers from.", files?.button, writing("New article")),
    files?.place,
    h("div", { class: "toolbar" }, searchField(wanted, later), statusField(wanted, load)),
    list,
  );
  load();
  return () => later.stop();
}

function searchField(wanted, later) {
  const search = h("input", {
    class: "input",
    type: "search",
    placeholder: "Search titles and texts",
    value: wanted.q,
    "aria-label": "Search articles",
    maxlength: 200,
    oninput: () => {
      wanted.q = search.value.trim();
      later();
    },
  });
  return search;
}

function statusField(wanted, load) {
  const onchange = () => {
    wanted.status = status.value;
    load();
  };
  const status = select({ options: STATUSES, value: wanted.status, "aria-label": "Status", onchange });
  return status;
}

const writing = (words) => h("a", { class: "button primary", href: "#/knowledge/new" }, words);

function drawn(shelf, wanted) {
  if (shelf.total === 0) return nothing(wanted);
  const rows = h("ul", { class: "cards" }, shelf.articles.map(card));
  return [
    h("p", { class: "lead count-line", role: "status" }, many(shelf.total, "article")),
    rows,
    more(shelf, wanted, rows),
  ];
}

function nothing(wanted) {
  const found = { icon: "search", title: "Nothing found", words: "No article fits these words and this status." };
  if (wanted.q || wanted.status) return empty(found);
  const words = "The assistant answers only from articles. Write one, upload files, or import your help pages.";
  return empty({ icon: "book", title: "No articles yet", words, action: writing("Write the first article") });
}

/** The rest of a long list, page by page, below what is there. */
function more(shelf, wanted, rows) {
  if (shelf.articles.length >= shelf.total) return null;
  const load = async () => {
    const page = await get(address("/v1/agent/articles", { ...wanted, offset: rows.children.length }));
    rows.append(...page.articles.map(card));
    next.hidden = rows.children.length >= page.total || page.articles.length === 0;
  };
  const next = quiet("Show more", () => busyWhile(next, () => load().catch(notifyProblem)));
  return h("div", { class: "more" }, next);
}

function card(article) {
  const unsaved = kept(`article.${article.id}`) ? h("span", { class: "chip accent" }, "Unsaved changes") : null;
  const by = article.changed_by ? ` by ${article.changed_by}` : "";
  const about = [originOf(article), article.language.toUpperCase(), ...article.products].join(" \u00b7 ");
  return h(
    "li",
    { class: "card article-card" },
    h(
      "div",
      { class: "card-main" },
      h("a", { class: "card-title", href: wayTo(article.id), dir: "auto" }, article.title),
      h("p", { class: "card-about" }, about),
    ),
    h("div", { class: "card-states" }, statesOf(article), unsaved),
    h("p", { class: "card-when", title: momentOf(article.changed_at) }, `${ago(article.changed_at)}${by}`),
  );
}
