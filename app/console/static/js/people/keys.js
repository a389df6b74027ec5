/** Keys of the company's own systems: what each opens; a secret is told once. */

import { del, get, post } from "../shell/api.js";
import { confirm, openDialog } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { field, sending } from "../shell/forms.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { empty } from "../shell/states.js";
import { show } from "../parts/loading.js";
import { button, chip, copied, formFoot, heading, primary, quiet } from "../parts/pieces.js";
import { ago, momentOf } from "../parts/times.js";

const SCOPES = [
  ["knowledge", "Knowledge", "put articles in and take them out"],
  ["customers", "Customers", "set what the company knows of a customer"],
  ["metrics", "Metrics", "read figures about the service"],
];
const NONE = {
  icon: "key",
  title: "No keys yet",
  words: "A key lets one of your own systems put articles in or tell what it knows of a customer.",
};

export function keysView(place) {
  const list = h("div");
  const load = () =>
    show(
      list,
      () => get("/v1/agent/keys"),
      ({ keys }) => drawn(keys, load),
    );
  const lead = "For your shop, your CRM and other systems. Each opens only what it needs.";
  fill(
    place,
    heading(
      "Keys",
      lead,
      primary("New key", () => make(load)),
    ),
    list,
  );
  load();
}

const drawn = (keys, load) =>
  keys.length === 0
    ? empty(NONE)
    : h(
        "ul",
        { class: "cards" },
        keys.map((key) => card(key, load)),
      );

function card(key, load) {
  const made = key.created_at
    ? h("p", { class: "card-about", title: momentOf(key.created_at) }, `Made ${ago(key.created_at)}`)
    : null;
  const names = key.scopes.map((scope) => chip("plain", SCOPES.find(([name]) => name === scope)?.[1] ?? scope));
  return h(
    "li",
    { class: "card" },
    h("div", { class: "card-main" }, h("p", { class: "card-title" }, key.name), made),
    h("div", { class: "card-states" }, names),
    quiet("Revoke", () => revoke(key, load), { "aria-label": `Revoke ${key.name}` }),
  );
}

async function make(load) {
  const made = await openDialog({ title: "New key", build: form });
  if (!made) return;
  load();
  await openDialog({
    title: `The secret of ${made.name ?? "the new key"}`,
    build: (close) => [
      h("p", {}, "It is shown only now: copy it to where it is used."),
      copied(made.secret, "Secret"),
      h(
        "footer",
        { class: "dialog-foot" },
        button("Done", () => close()),
      ),
    ],
  });
}

function form(close) {
  const boxes = SCOPES.map(([value, name, words]) =>
    h(
      "label",
      { class: "check" },
      h("input", { type: "checkbox", name: "scope", value }),
      h("span", {}, h("strong", {}, name), ` ${words}`),
    ),
  );
  const send = sending(async (element) => {
    const scopes = [...element.querySelectorAll("input[name=scope]:checked")].map((box) => box.value);
    if (scopes.length === 0) throw new Error("Choose at least one thing that it opens.");
    close(await post("/v1/agent/keys", { name: element.elements.name.value.trim(), scopes }));
  });
  return h(
    "form",
    { class: "dialog-form", onsubmit: send },
    field({
      label: "Name",
      name: "name",
      required: true,
      maxlength: 120,
      autofocus: true,
      hint: "Which system has it.",
    }),
    h("fieldset", {}, h("legend", {}, "It opens"), boxes),
    formFoot(close, "Make the key"),
  );
}

async function revoke(key, load) {
  const words = "The system that has it is refused from now on. This cannot be undone.";
  if (!(await confirm({ title: `Revoke \u201c${key.name}\u201d?`, words, action: "Revoke", danger: true }))) return;
  await del(`/v1/agent/keys/${encodeURIComponent(key.id)}`).then(() => {
    notify("The key is revoked.");
    return load();
  }, notifyProblem);
}
