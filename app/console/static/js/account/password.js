/** Changing the own password. */

import { put } from "../shell/api.js";
import { h } from "../shell/dom.js";
import { field, mark, sending } from "../shell/forms.js";
import { notify } from "../shell/notices.js";

const LEAST = 12;

export function passwordCard(agent) {
  const secret = (label, name, autocomplete, hint) =>
    field({ label, name, type: "password", autocomplete, required: true, maxlength: 1000, hint });
  const name = h("input", {
    type: "text",
    autocomplete: "username",
    value: agent.email ?? "",
    readonly: true,
    hidden: true,
  });
  return h(
    "form",
    { class: "card account-card", novalidate: true, onsubmit: sending(send) },
    h("h2", {}, "Password"),
    name,
    secret("Password now", "old", "current-password"),
    secret(
      "New password",
      "new",
      "new-password",
      `At least ${LEAST} characters. A few words in a row are easy to keep in mind.`,
    ),
    secret("The new one again", "again", "new-password"),
    h("p", { class: "field-hint" }, "Other browsers are signed out with it."),
    h("div", { class: "form-foot" }, h("button", { class: "button primary", type: "submit" }, "Change the password")),
  );
}

async function send(form) {
  const { old, new: fresh, again } = form.elements;
  if ([...fresh.value].length < LEAST) return wrong(fresh, `A password has at least ${LEAST} characters.`);
  if (fresh.value !== again.value) return wrong(again, "The two are not the same.");
  try {
    await put("/v1/agent/password", { old: old.value, new: fresh.value });
  } catch (error) {
    if (error.name !== "wrong-credentials") throw error;
    return wrong(old, "This is not your password.");
  }
  form.reset();
  return notify("Your password is changed.");
}

function wrong(input, words) {
  mark(input, words);
  input.focus();
}
