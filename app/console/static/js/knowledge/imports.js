/** Pages taken in from the web: one address or a whole sitemap, how it went, and looking again by the hour. */

import { del, get, post } from "../shell/api.js";
import { confirm } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { field, select, sending } from "../shell/forms.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { empty } from "../shell/states.js";
import { show } from "../parts/loading.js";
import { busyWhile, button, chip, heading, quiet } from "../parts/pieces.js";
import { ago, many, momentOf } from "../parts/times.js";

const LOOK = 2_000;
const LEAD = "Help pages of your website become articles, and stay as new as the pages are.";
const KINDS = [
  ["page", "One page"],
  ["sitemap", "All pages of a sitemap"],
];
const EVERY = [
  ["", "Only once"],
  ["24", "Every day"],
  ["168", "Every week"],
  ["1", "Every hour"],
];
const STATES = {
  waiting: ["info", "Waits"],
  running: ["info", "Under way"],
  done: ["good", "Done"],
  failed: ["danger", "Failed"],
};
const WORKING = new Set(["waiting", "running"]);

export function importsView(place) {
  const list = h("div");
  const following = follow(list);
  fill(place, heading("Imports", LEAD), form(following.load), list);
  following.load();
  return following.stop;
}

/** The list, looked at again and again for as long as something is under way. */
function follow(list) {
  let timer = 0;
  let left = false;
  let last = "";
  const again = () => {
    if (!left) timer = setTimeout(() => get("/v1/agent/imports").then(looked, again), LOOK);
  };
  // Drawn anew only when something is new, so that whoever is about to press a button keeps it.
  const looked = (found) => (JSON.stringify(found) === last ? again() : fill(list, drawn(found)));
  const drawn = (found) => {
    last = JSON.stringify(found);
    if (found.imports.some((each) => WORKING.has(each.status))) again();
    return all(found.imports, load);
  };
  const load = () => {
    clearTimeout(timer);
    return show(list, () => get("/v1/agent/imports"), drawn);
  };
  const stop = () => {
    left = true;
    clearTimeout(timer);
  };
  return { load, stop };
}

function form(load) {
  const where = h("input", {
    class: "input",
    name: "address",
    type: "url",
    required: true,
    maxlength: 2000,
    placeholder: "https://shop.example/sitemap.xml",
  });
  const kind = select({ options: KINDS, name: "kind", value: "sitemap" });
  const every = select({ options: EVERY, name: "every_hours", value: "24" });
  const send = sending(async () => {
    const hours = every.value ? Number(every.value) : null;
    await post("/v1/agent/imports", { address: where.value.trim(), kind: kind.value, every_hours: hours });
    where.value = "";
    notify("The import has begun.");
    load();
  });
  const foot = h("div", { class: "form-foot" }, h("button", { class: "button primary", type: "submit" }, "Import"));
  return h(
    "form",
    { class: "card import-form", onsubmit: send },
    field({ label: "Address", control: where }),
    field({ label: "What stands there", control: kind }),
    field({ label: "Look again", control: every }),
    foot,
  );
}

const FIRST = "Give the address of a help page, or of the sitemap that lists all of them.";
const NONE = { icon: "download", title: "Nothing is imported yet", words: FIRST };

const all = (imports, load) =>
  imports.length === 0
    ? empty(NONE)
    : h(
        "ul",
        { class: "cards" },
        imports.map((each) => card(each, load)),
      );

function card(item, load) {
  const [kind, words] = STATES[item.status] ?? ["plain", item.status];
  const look = () => run(() => post(`/v1/agent/imports/${item.id}/again`), load);
  const again = button("Look again now", () => busyWhile(again, look), { class: "button small" });
  again.disabled = WORKING.has(item.status);
  return h(
    "li",
    { class: "card import" },
    h(
      "div",
      { class: "card-main" },
      h("p", { class: "card-title import-address" }, item.address),
      h("p", { class: "card-about" }, aboutOf(item)),
      item.problem && h("p", { class: "import-problem" }, item.problem),
    ),
    h("div", { class: "card-states" }, chip(kind, words)),
    h(
      "div",
      { class: "card-actions" },
      again,
      quiet("Remove", () => remove(item, load)),
    ),
  );
}

function aboutOf(item) {
  const known = EVERY.find(([hours]) => hours === String(item.every_hours ?? ""));
  const rhythm = known?.[1] ?? `Every ${item.every_hours} hours`;
  const ended = item.ended_at
    ? h("span", { title: momentOf(item.ended_at) }, ` \u00b7 last looked ${ago(item.ended_at)}`)
    : "";
  const next = item.next_at && !WORKING.has(item.status) ? ` \u00b7 next ${ago(item.next_at)}` : "";
  return [
    many(item.pages, "page"),
    " \u00b7 ",
    rhythm,
    ended,
    next,
    item.created_by ? ` \u00b7 by ${item.created_by}` : "",
  ];
}

async function remove(item, load) {
  const words = `The articles that came from ${item.address} are taken out with it and stop answering at once.`;
  if (!(await confirm({ title: "Remove this import?", words, action: "Remove", danger: true }))) return;
  await run(() => del(`/v1/agent/imports/${item.id}`), load);
}

const run = (work, load) => work().then(load, notifyProblem);
