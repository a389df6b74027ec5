/** The second factor: a code from an app besides the password. */

import { del, post, put } from "../shell/api.js";
import { openDialog } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { field, mark, sending } from "../shell/forms.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { button, busyWhile, chip, copied, formFoot, primary } from "../parts/pieces.js";

const WHY =
  "Besides your password, signing in asks for a code from an app. A stolen password alone opens nothing then.";
const NOW =
  "Signing in asks for a code from your app besides the password. Without the app, an administrator lets you in anew.";

export function factorCard(agent) {
  const card = h("section", { class: "card account-card", "aria-label": "Second factor" });
  const state = () => chip(agent.second_factor ? "good" : "warm", agent.second_factor ? "On" : "Off");
  const draw = () =>
    fill(
      card,
      h("div", { class: "card-head" }, h("h2", {}, "Second factor"), state()),
      agent.second_factor ? on(agent, draw) : off(agent, draw),
    );
  draw();
  return card;
}

function off(agent, draw) {
  const begin = primary("Set up", () => busyWhile(begin, () => setUp(agent, draw)));
  return [h("p", { class: "muted" }, WHY), h("div", { class: "form-foot" }, begin)];
}

function on(agent, draw) {
  return [
    h("p", { class: "muted" }, NOW),
    h(
      "div",
      { class: "form-foot" },
      button("Turn off", () => turnOff(agent, draw)),
    ),
  ];
}

async function setUp(agent, draw) {
  try {
    const begun = await post("/v1/agent/second-factor");
    const confirmed = await openDialog({ title: "Set up the second factor", build: (close) => steps(begun, close) });
    if (!confirmed) return;
    agent.second_factor = true;
    draw();
    notify("The second factor is on.");
  } catch (error) {
    notifyProblem(error);
  }
}

function steps(begun, close) {
  const code = h("input", {
    class: "input code-input",
    name: "code",
    inputmode: "numeric",
    autocomplete: "one-time-code",
    maxlength: 7,
    required: true,
    autofocus: true,
  });
  return h(
    "form",
    { class: "factor-steps", novalidate: true, onsubmit: sending(() => turnOn(code, close)) },
    h("p", {}, "1. Read this with an authenticator app:"),
    h("img", { class: "qr", src: begun.svg, alt: "QR code for an authenticator app", width: 200, height: 200 }),
    h(
      "details",
      {},
      h("summary", {}, "It cannot be read?"),
      h("p", { class: "field-hint" }, "Type this into the app instead:"),
      copied(begun.secret, "Secret"),
    ),
    field({ label: "2. The six digits that the app shows", control: code }),
    formFoot(close, "Turn on"),
  );
}

async function turnOn(code, close) {
  try {
    await put("/v1/agent/second-factor", { code: code.value.replaceAll(" ", "") });
    close(true);
  } catch (error) {
    if (error.name !== "second-factor" && error.name !== "wrong-credentials") throw error;
    mark(code, "This code does not fit. Codes change every 30 seconds; is the clock of the phone right?");
    code.select();
  }
}

async function turnOff(agent, draw) {
  const ended = await openDialog({ title: "Turn the second factor off?", build: offForm });
  if (!ended) return;
  agent.second_factor = false;
  draw();
  notify("The second factor is off.");
}

function offForm(close) {
  const send = sending(async (form) => {
    try {
      await del("/v1/agent/second-factor", { password: form.elements.password.value });
      close(true);
    } catch (error) {
      if (error.name !== "wrong-credentials") throw error;
      mark(form.elements.password, "This is not your password.");
    }
  });
  return h(
    "form",
    { class: "dialog-form", novalidate: true, onsubmit: send },
    h("p", {}, "Your password alone lets you in then."),
    field({
      label: "Password",
      name: "password",
      type: "password",
      autocomplete: "current-password",
      required: true,
      autofocus: true,
    }),
    formFoot(close, "Turn off", "danger"),
  );
}
