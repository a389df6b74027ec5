/**
 * The pages of the console and the way between them: one small module each, listed in main.js, shown by the
 * address.
 */

import { refusedPage } from "./refused.js";
import { title } from "./title.js";

const RANKS = ["agent", "supervisor", "administrator"];
const pages = [];
const watchers = new Set();

let outlet = null;
let current = null;
let agent = null;

/**
 * A page: registerPage({ name: "knowledge", title: "Knowledge", icon: "book", role: "agent", open(main, params)
 * {...} }).
 * `open` fills `main` (an empty element) and gives back nothing, a function that ends it, or { move(params), close() }:
 * with `move` the page itself follows further addresses below its name. `params` is { path: ["a", "b"], query, name }
 * for #/knowledge/a/b?q=. `also` are further names that lead to it, `hidden` keeps it out of the list of pages;
 * `badge` is a function of the number beside its title. `role` is the least that may see it.
 */
export function registerPage(page) {
  pages.push({ role: "agent", also: [], hidden: false, ...page });
}

/** The pages that this agent may see, in the order of main.js. */
export const pagesOf = (role) => pages.filter((page) => ranks(role, page.role));

/** Whether `role` may do what needs `least`. */
export const ranks = (role, least) => RANKS.indexOf(role) >= RANKS.indexOf(least);

/** Who is signed in here: { id, name, email, role, on_duty, second_factor }, or null. */
export const me = () => agent;

/** Whether the signed-in agent may do what needs this role. */
export const may = (least) => agent !== null && ranks(agent.role, least);

export function setMe(found) {
  agent = found;
}

/** go("#/conversations/cnv_1"): to this address, as if a link was followed. */
export function go(hash) {
  if (location.hash === hash) show();
  else location.hash = hash;
}

/** To this address without a step back to the one before. */
export function goInstead(hash) {
  history.replaceState(null, "", hash);
  show();
}

/** Calls back with the page that is shown and its params, each time it changes. */
export function onPage(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** `fresh` gives a new, empty main element to fill, in place of the one before. */
export function startPages(fresh) {
  outlet = fresh;
  window.addEventListener("hashchange", show);
  show();
}

export function stopPages() {
  window.removeEventListener("hashchange", show);
  closed();
  outlet = null;
}

export function paramsOf(hash) {
  const [way, words = ""] = hash.replace(/^#\/?/, "").split("?");
  const [name = "", ...path] = way.split("/").map(decoded);
  return { name, path: path.filter(Boolean), query: new URLSearchParams(words) };
}

function show() {
  if (!outlet || !agent) return;
  const params = paramsOf(location.hash);
  const page = pageOf(params.name);
  if (current?.page === page && current.move) current.move(params);
  else opened(page, params);
  for (const watcher of watchers) watcher(page, params);
}

/** The page of this name; a word that it is not for this role; or the first page for a name that no page has. */
function pageOf(name) {
  const page = pages.find((each) => each.name === name || each.also.includes(name));
  if (!page) return pagesOf(agent.role)[0];
  return ranks(agent.role, page.role) ? page : refusedPage(page);
}

function opened(page, params) {
  closed();
  const main = outlet();
  main.className = `page page-${page.name}`;
  title(page.title);
  const found = page.open(main, params);
  const ends = typeof found === "function" ? { close: found } : (found ?? {});
  current = { page, move: ends.move?.bind(ends), close: ends.close?.bind(ends) };
}

function closed() {
  current?.close?.();
  current = null;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
