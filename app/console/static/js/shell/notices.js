/** Short words at the edge of the page about what just happened; also read out to those who do not see them. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const ICONS = { done: "check", problem: "warn", info: "info" };
const STAYS = 6_000;

let place = null;

/** notify("Sent."), notify("It could not be sent.", { kind: "problem", action: { label: "Try again", run } }). */
export function notify(words, { kind = "done", action = null, stays = STAYS } = {}) {
  const notice = h("div", { class: `notice ${kind}` }, icon(ICONS[kind]), h("p", {}, words));
  const end = () => notice.remove();
  if (action)
    notice.append(
      h(
        "button",
        {
          class: "button small quiet",
          onclick: () => {
            end();
            action.run();
          },
        },
        action.label,
      ),
    );
  notice.append(h("button", { class: "icon-button small", "aria-label": "Dismiss", onclick: end }, icon("cross", 16)));
  const region = at(kind === "problem" ? "alert" : "status");
  region.append(notice);
  while (region.childElementCount > 4) region.firstElementChild.remove();
  if (!action || kind !== "problem") setTimeout(end, action ? stays * 2 : stays);
  return end;
}

/** What went wrong, in the words of the problem. */
export const notifyProblem = (error, before = "") =>
  notify([before, error.message || "Something went wrong."].filter(Boolean).join(" "), { kind: "problem" });

/** Read out, not shown. */
export function announce(words) {
  const region = at("quiet");
  region.textContent = "";
  setTimeout(() => (region.textContent = words), 50);
}

function at(name) {
  place ??= made();
  return place[name];
}

function made() {
  const status = h("div", { class: "notices-list", role: "status", "aria-live": "polite" });
  const alert = h("div", { class: "notices-list", role: "alert" });
  const quiet = h("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
  document.body.append(h("div", { class: "notices" }, alert, status), quiet);
  return { status, alert, quiet };
}
