/** Inviting an agent: name, e-mail, role, and then the link to hand over. */

import { post } from "../shell/api.js";
import { confirm, openDialog } from "../shell/dialogs.js";
import { h } from "../shell/dom.js";
import { field, select, sending } from "../shell/forms.js";
import { notifyProblem } from "../shell/notices.js";
import { button, copied, formFoot } from "../parts/pieces.js";
import { momentOf } from "../parts/times.js";

const ROLES = [
  ["agent", "Agent: answers customers, writes drafts"],
  ["supervisor", "Supervisor: also publishes, imports, sees insight"],
  ["administrator", "Administrator: also policy, people and keys"],
];

export async function askInvite(load) {
  const made = await openDialog({ title: "Invite an agent", build: form });
  if (!made) return;
  load();
  await showLink(made.person.name, made);
}

function form(close) {
  const role = select({ options: ROLES, name: "role", value: "agent" });
  const send = sending(async (element) => {
    const { name, email } = element.elements;
    close(await post("/v1/agent/people", { name: name.value.trim(), email: email.value.trim(), role: role.value }));
  });
  return h(
    "form",
    { class: "dialog-form", onsubmit: send },
    field({
      label: "Name",
      name: "name",
      required: true,
      maxlength: 120,
      autocomplete: "off",
      autofocus: true,
      hint: "Customers see it.",
    }),
    field({ label: "E-mail", name: "email", type: "email", required: true, maxlength: 320, autocomplete: "off" }),
    field({ label: "Role", control: role }),
    formFoot(close, "Make the invite"),
  );
}

/** A link lets its owner in once: a new one ends the ones before. */
export async function inviteAgain(person, load) {
  const words =
    `${person.name} chooses a new password with it. Links made before stop working; ` +
    "sign-ins and the second factor end when it is used.";
  if (!(await confirm({ title: "Make a new link?", words, action: "Make the link" }))) return;
  try {
    const made = await post(`/v1/agent/people/${encodeURIComponent(person.id)}/invite`);
    load();
    await showLink(person.name, made);
  } catch (error) {
    notifyProblem(error);
  }
}

const showLink = (name, made) =>
  openDialog({
    title: `The link for ${name}`,
    build: (close) => [
      h("p", {}, "Hand it over yourself: it works once and is shown only now."),
      copied(new URL(made.invite, location.origin).href, "Invite link"),
      h("p", { class: "field-hint" }, `It ends ${momentOf(made.ends_at)}.`),
      h(
        "footer",
        { class: "dialog-foot" },
        button("Done", () => close()),
      ),
    ],
  });
