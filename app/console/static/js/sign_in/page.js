/** Signing in: e-mail and password, and the code of the second factor where one is set. */

import { post } from "../shell/api.js";
import { h } from "../shell/dom.js";
import { field, mark, sending } from "../shell/forms.js";

/** The page; `signedIn` is called once the cookie is there, `words` tell why one is here again. */
export function signInPage(signedIn, words = "") {
  const form = h(
    "form",
    { class: "card alone-card", novalidate: true, onsubmit: sending((it) => signIn(it, signedIn)) },
    heading("Sign in to Careline"),
    words ? h("p", { class: "alone-words", role: "status" }, words) : null,
    field({ label: "E-mail", name: "email", type: "email", autocomplete: "username", required: true, autofocus: true }),
    field({ label: "Password", name: "password", type: "password", autocomplete: "current-password", required: true }),
    h(
      "div",
      { class: "code-place", hidden: true },
      field({
        label: "Code of your second factor",
        name: "code",
        inputmode: "numeric",
        autocomplete: "one-time-code",
        maxlength: 6,
        hint: "The six digits that your authenticator app shows now.",
      }),
    ),
    h("button", { type: "submit", class: "button primary wide" }, "Sign in"),
  );
  return h(
    "main",
    { class: "alone" },
    form,
    h("p", { class: "alone-foot" }, "No password yet? Open the invite that an administrator sent you."),
  );
}

export const heading = (words) =>
  h(
    "header",
    { class: "alone-head" },
    h("img", { src: "/console/static/icon.svg", alt: "", width: 44, height: 44 }),
    h("h1", {}, words),
  );

async function signIn(form, signedIn) {
  const { email, password, code } = form.elements;
  if (missing(email, "Your e-mail address is needed.") || missing(password, "Your password is needed.")) return;
  try {
    const digits = code.value.replace(/\s/g, "");
    await post("/v1/sign-in", {
      email: email.value.trim(),
      password: password.value,
      ...(digits ? { code: digits } : {}),
    });
  } catch (error) {
    refused(form, error);
    return;
  }
  await signedIn();
}

function refused(form, error) {
  if (error.name === "second-factor") askCode(form);
  else if (error.name === "wrong-credentials") throw told(error, "E-mail and password do not belong together.");
  else if (error.status === 429)
    throw told(error, `Too many tries. Wait ${error.seconds || 60} seconds, then try again.`);
  else throw error;
}

/** The first time it is asked for; then it was wrong. */
function askCode(form) {
  const place = form.querySelector(".code-place");
  const { code } = form.elements;
  if (place.hidden) place.hidden = false;
  else mark(code, "This code is not right, or was used already. Wait for the next one.");
  code.value = "";
  code.focus();
}

function missing(input, words) {
  if (input.value.trim()) return false;
  mark(input, words);
  input.focus();
  return true;
}

const told = (error, message) => Object.assign(error, { message, errors: [] });
