/** My account: password, second factor, and where one is signed in. */

import { get } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { avatar } from "../shell/names.js";
import { me } from "../shell/pages.js";
import { show } from "../parts/loading.js";
import { heading } from "../parts/pieces.js";
import { factorCard } from "./factor.js";
import { passwordCard } from "./password.js";
import { signInsCard } from "./sign_ins.js";

const ROLES = { agent: "Agent", supervisor: "Supervisor", administrator: "Administrator" };

export const accountPage = { name: "account", title: "My account", icon: "gear", role: "agent", hidden: true, open };

function open(main) {
  const place = h("div", { class: "page-body account" });
  fill(main, place);
  show(
    place,
    () => get("/v1/agent"),
    (agent) => [
      heading("My account", "How you sign in, and where you are signed in now."),
      who(agent),
      h("div", { class: "account-cards" }, passwordCard(agent), factorCard(agent), signInsCard()),
    ],
  );
}

const who = (agent) =>
  h(
    "div",
    { class: "card who" },
    avatar(me(), "large"),
    h(
      "div",
      { class: "card-main" },
      h("p", { class: "card-title" }, h("bdi", {}, agent.name)),
      h("p", { class: "card-about" }, [agent.email, ROLES[agent.role] ?? agent.role].filter(Boolean).join(" \u00b7 ")),
    ),
  );
