/** Changing an agent: role, name, disabled and enabled. */

import { patch } from "../shell/api.js";
import { confirm, openDialog } from "../shell/dialogs.js";
import { h } from "../shell/dom.js";
import { field, sending } from "../shell/forms.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { formFoot } from "../parts/pieces.js";

const addressOf = (person) => `/v1/agent/people/${encodeURIComponent(person.id)}`;

const change = (person, what, told, load) =>
  patch(addressOf(person), what).then(() => {
    notify(told);
    return load();
  }, notifyProblem);

export async function changeRole(person, role, load) {
  const title = `Make ${person.name} ${role === "supervisor" ? "a" : "an"} ${role}?`;
  const question = { title, words: "It counts from their next step on.", action: "Change the role" };
  if (await confirm(question)) await change(person, { role }, `${person.name} has the role ${role} now.`, load);
}

export async function disable(person, load) {
  const words = "They are signed out everywhere, and neither password nor key lets them in. What they wrote stays.";
  if (!(await confirm({ title: `Disable ${person.name}?`, words, action: "Disable", danger: true }))) return;
  await change(person, { disabled: true }, `${person.name} is disabled.`, load);
}

export const enable = (person, load) => change(person, { disabled: false }, `${person.name} can sign in again.`, load);

export async function askName(person, load) {
  const name = await openDialog({ title: "Change the name", build: (close) => nameForm(person, close) });
  if (name) load();
}

function nameForm(person, close) {
  const send = sending(async (form) =>
    close(await patch(addressOf(person), { name: form.elements.name.value.trim() })),
  );
  return h(
    "form",
    { class: "dialog-form", onsubmit: send },
    field({
      label: "Name",
      name: "name",
      value: person.name,
      required: true,
      maxlength: 120,
      autofocus: true,
      hint: "Customers see it.",
    }),
    formFoot(close, "Save"),
  );
}
