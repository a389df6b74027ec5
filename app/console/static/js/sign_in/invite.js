/** Accepting an invite: its token comes in the fragment, which no server sees, and is taken out of the address at once. */

import { post } from "../shell/api.js";
import { h } from "../shell/dom.js";
import { field, mark, sending } from "../shell/forms.js";
import { heading } from "./page.js";

const LEAST = 12;

/** The token of #invite=..., taken out of the address and the history; or an empty string. */
export function inviteFromAddress() {
  const found = /^#invite=([^&]+)$/.exec(location.hash);
  if (!found) return "";
  history.replaceState(null, "", location.pathname);
  return decodeURIComponent(found[1]);
}

export function invitePage(token, accepted) {
  const form = h("form", { class: "card alone-card", novalidate: true, onsubmit: sending((it) => accept(it, token, accepted)) },
    heading("Welcome to Careline"),
    h("p", { class: "alone-words" }, "You are invited to answer customers here. Choose a password to begin."),
    field({ label: "Password", name: "password", type: "password", autocomplete: "new-password", required: true, autofocus: true,
      hint: `At least ${LEAST} characters. A few words in a row are easy to keep in mind.` }),
    field({ label: "The same again", name: "again", type: "password", autocomplete: "new-password", required: true }),
    h("button", { type: "submit", class: "button primary wide" }, "Set the password and sign in"));
  return h("main", { class: "alone" }, form, h("p", { class: "alone-foot" }, "An invite can be used once and ends after seven days."));
}

async function accept(form, token, accepted) {
  const { password, again } = form.elements;
  if ([...password.value].length < LEAST) return wrong(password, `A password has at least ${LEAST} characters.`);
  if (password.value !== again.value) return wrong(again, "The two are not the same.");
  try {
    await post("/v1/invites/accept", { token, password: password.value });
  } catch (error) {
    if (!error.passing && error.status !== 422) error.message = "This invite was used already, or has ended. Ask an administrator for a new one.";
    throw error;
  }
  return accepted();
}

function wrong(input, words) {
  mark(input, words);
  input.focus();
}
