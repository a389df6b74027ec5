/** Canned replies: what agents insert with a few letters, with fields that are filled from the conversation. */

import { del, get, post, put } from "../shell/api.js";
import { confirm, openDialog } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { field, sending } from "../shell/forms.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { empty } from "../shell/states.js";
import { show } from "../parts/loading.js";
import { formFoot, heading, primary, quiet } from "../parts/pieces.js";
import { ago } from "../parts/times.js";

const LEAD = "In a conversation an agent types / and a few letters of the name. Who inserts one can still change it.";
const FIELDS = "{customer}, {agent} and {order} are filled in, as is all that the company has on file, like {plan}.";
const NONE = {
  icon: "bolt",
  title: "No canned replies yet",
  words: "What your agents write again and again is written once here.",
};

export function cannedView(place) {
  const list = h("div");
  const load = () =>
    show(
      list,
      () => get("/v1/agent/canned"),
      ({ canned }) => drawn(canned, load),
    );
  fill(
    place,
    heading(
      "Canned replies",
      LEAD,
      primary("New reply", () => edit(null, load)),
    ),
    list,
  );
  load();
}

const drawn = (canned, load) =>
  canned.length === 0
    ? empty(NONE)
    : h(
        "ul",
        { class: "cards" },
        canned.map((reply) => card(reply, load)),
      );

function card(reply, load) {
  const by = reply.changed_by ? `Changed ${ago(reply.changed_at)} by ${reply.changed_by}` : "";
  return h(
    "li",
    { class: "card canned-card" },
    h(
      "div",
      { class: "card-main" },
      h("h2", { class: "card-title", dir: "auto" }, reply.name),
      h("p", { class: "canned-text", dir: "auto" }, reply.text),
      h("p", { class: "card-about" }, by),
    ),
    h(
      "div",
      { class: "card-actions" },
      quiet("Edit", () => edit(reply, load), { "aria-label": `Edit ${reply.name}` }),
      quiet("Remove", () => remove(reply, load), { "aria-label": `Remove ${reply.name}` }),
    ),
  );
}

async function edit(reply, load) {
  const title = reply ? "Edit the canned reply" : "New canned reply";
  const saved = await openDialog({ title, wide: true, build: (close) => form(reply, close) });
  if (!saved) return;
  notify("Saved. Agents have it at once.");
  load();
}

function form(reply, close) {
  const send = sending(async (element) => {
    const body = { name: element.elements.name.value.trim(), text: element.elements.text.value.trim() };
    close(reply ? await put(addressOf(reply), body) : await post("/v1/agent/canned", body));
  });
  return h(
    "form",
    { class: "dialog-form", onsubmit: send },
    field({
      label: "Name",
      name: "name",
      value: reply?.name ?? "",
      required: true,
      maxlength: 60,
      autofocus: true,
      hint: "What agents type to find it.",
    }),
    field({
      label: "Text",
      name: "text",
      rows: 8,
      value: reply?.text ?? "",
      required: true,
      maxlength: 4000,
      hint: FIELDS,
    }),
    formFoot(close, "Save"),
  );
}

async function remove(reply, load) {
  const question = {
    title: `Remove \u201c${reply.name}\u201d?`,
    words: "Agents do not find it any more.",
    action: "Remove",
    danger: true,
  };
  if (await confirm(question)) await del(addressOf(reply)).then(load, notifyProblem);
}

const addressOf = (reply) => `/v1/agent/canned/${encodeURIComponent(reply.id)}`;
