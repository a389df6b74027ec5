/**
 * Accepting an invite: its token comes in the fragment, which no server sees, and is taken out of the address at
 * once.
 */

import { post } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { field, mark, sending } from "../shell/forms.js";
import { loading, problemBox } from "../shell/states.js";
import { heading } from "./page.js";

const LEAST = 12;
const OVER = "This invite was used already, or it has ended. Ask an administrator for a new one.";

/** The token of #invite=..., taken out of the address and the history; or an empty string. */
export function inviteFromAddress() {
  const found = /^#invite=([^&]+)$/.exec(location.hash);
  if (!found) return "";
  history.replaceState(null, "", location.pathname);
  return decodeURIComponent(found[1]);
}

/** Asks whom the invite is for; the first administrator also gives name and e-mail. */
export function invitePage(token, accepted) {
  const page = h("main", { class: "alone" }, loading("The invite is looked at"));
  const ask = async () => {
    try {
      const invited = await post("/v1/invites/look", { token });
      fill(
        page,
        form(token, invited, accepted),
        h("p", { class: "alone-foot" }, "An invite can be used once and ends after seven days."),
      );
      page.querySelector("[autofocus]").focus();
    } catch (error) {
      fill(page, error.passing ? problemBox(error, ask) : over(accepted));
    }
  };
  ask();
  return page;
}

const over = (accepted) =>
  h(
    "div",
    { class: "card alone-card" },
    heading("This invite cannot be used"),
    h("p", { class: "alone-words" }, OVER),
    h("button", { type: "button", class: "button wide", onclick: accepted }, "Sign in"),
  );

const form = (token, invited, accepted) =>
  h(
    "form",
    { class: "card alone-card", novalidate: true, onsubmit: sending((it) => accept(it, token, accepted)) },
    heading(invited.first ? "Welcome to Careline" : `Welcome, ${invited.name}`),
    h(
      "p",
      { class: "alone-words" },
      invited.first
        ? "You are the first here, and the administrator. Who are you?"
        : `You are invited to answer customers here as ${invited.email}. Choose a password to begin.`,
    ),
    invited.first
      ? [
          field({
            label: "Name, as customers see it",
            name: "name",
            autocomplete: "name",
            required: true,
            autofocus: true,
            maxlength: 120,
          }),
          field({ label: "E-mail", name: "email", type: "email", autocomplete: "username", required: true }),
        ]
      : h("input", {
          class: "visually-hidden",
          tabindex: -1,
          "aria-hidden": "true",
          type: "text",
          autocomplete: "username",
          value: invited.email,
          readonly: true,
        }),
    field({
      label: "Password",
      name: "password",
      type: "password",
      autocomplete: "new-password",
      required: true,
      autofocus: !invited.first,
      hint: `At least ${LEAST} characters. A few words in a row are easy to keep in mind.`,
    }),
    field({ label: "The same again", name: "again", type: "password", autocomplete: "new-password", required: true }),
    h("button", { type: "submit", class: "button primary wide" }, "Set the password and sign in"),
  );

async function accept(it, token, accepted) {
  const { name, email, password, again } = it.elements;
  if (name && !name.value.trim()) return wrong(name, "Your name is needed.");
  if (email && !email.value.trim()) return wrong(email, "Your e-mail address is needed.");
  if ([...password.value].length < LEAST) return wrong(password, `A password has at least ${LEAST} characters.`);
  if (password.value !== again.value) return wrong(again, "The two are not the same.");
  const own = name ? { name: name.value.trim(), email: email.value.trim() } : {};
  try {
    await post("/v1/invites/accept", { token, password: password.value, ...own });
  } catch (error) {
    if (error.status === 410) error.message = OVER;
    throw error;
  }
  return accepted();
}

function wrong(input, words) {
  mark(input, words);
  input.focus();
}
