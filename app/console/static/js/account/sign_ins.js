/** The browsers in which one is signed in, and ending them. */

import { del, get } from "../shell/api.js";
import { confirm } from "../shell/dialogs.js";
import { h } from "../shell/dom.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { signedOut } from "../shell/start.js";
import { show } from "../parts/loading.js";
import { button, chip, quiet } from "../parts/pieces.js";
import { ago, momentOf } from "../parts/times.js";

export function signInsCard() {
  const list = h("div");
  const load = () =>
    show(
      list,
      () => get("/v1/agent/sign-ins"),
      (found) => drawn(found.sign_ins, load),
    );
  load();
  return h(
    "section",
    { class: "card account-card wide", "aria-label": "Sign-ins" },
    h("h2", {}, "Signed in"),
    h("p", { class: "muted" }, "If you do not know one of these, end it and change your password."),
    list,
    h("div", { class: "form-foot" }, button("Sign out everywhere", everywhere, { class: "button danger" })),
  );
}

const drawn = (signIns, load) =>
  h(
    "ul",
    { class: "lines" },
    signIns.map((each) => line(each, load)),
  );

function line(each, load) {
  const ended = () => {
    notify("Signed out there.");
    return load();
  };
  const run = () => del(`/v1/agent/sign-ins/${encodeURIComponent(each.id)}`).then(ended, notifyProblem);
  const end = quiet("End", run, { "aria-label": `End the sign-in of ${each.device || "an unknown browser"}` });
  return h(
    "li",
    { class: "line" },
    h(
      "div",
      { class: "card-main" },
      h("p", {}, each.device || "Unknown browser"),
      h(
        "p",
        { class: "card-about", title: momentOf(each.seen_at) },
        `Seen ${ago(each.seen_at)} \u00b7 signed in ${momentOf(each.created_at)}`,
      ),
    ),
    each.current ? chip("good", "This browser") : end,
  );
}

async function everywhere() {
  const words = "This browser is signed out with all others.";
  const question = { title: "Sign out everywhere?", words, action: "Sign out everywhere", danger: true };
  if (!(await confirm(question))) return;
  await del("/v1/agent/sign-ins").then(signedOut, notifyProblem);
}
