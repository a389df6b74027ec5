/** Who works here: present or not, what they have in hand, their role; administrators invite and change. */

import { get } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { openMenu } from "../shell/dialogs.js";
import { icon } from "../shell/icons.js";
import { avatar } from "../shell/names.js";
import { may, me } from "../shell/pages.js";
import { show } from "../parts/loading.js";
import { chip, heading, primary } from "../parts/pieces.js";
import { many } from "../parts/times.js";
import { askInvite, inviteAgain } from "./invite.js";
import { askName, changeRole, disable, enable } from "./changes.js";

const LOOK = 20_000;
const ROLES = { agent: "Agent", supervisor: "Supervisor", administrator: "Administrator" };

export function peopleView(place) {
  const list = h("div");
  const load = () =>
    show(
      list,
      () => get("/v1/agent/people"),
      ({ people }) => drawn(people, load),
    );
  const invite = may("administrator") ? primary("Invite", () => askInvite(load)) : null;
  fill(place, heading("People", "Who answers customers here, and who is there now.", invite), list);
  load();
  const timer = setInterval(() => atWork(list) || load(), LOOK);
  return () => clearInterval(timer);
}

/** Nobody looks, or somebody is about to change something: the list stays as it is. */
const atWork = (list) =>
  document.hidden || list.contains(document.activeElement) || document.querySelector("dialog[open], .menu");

function drawn(people, load) {
  const here = people.filter((person) => !person.disabled);
  const gone = people.filter((person) => person.disabled);
  const list = (persons) =>
    h(
      "ul",
      { class: "cards people" },
      persons.map((person) => card(person, load)),
    );
  const present = here.filter((person) => person.present).length;
  return [
    h("p", { class: "lead count-line" }, `${many(here.length, "person", "people")}, ${number(present)} here now`),
    list(here),
    gone.length > 0 && [h("h2", { class: "part-title" }, "Disabled"), list(gone)],
  ];
}

const number = (count) => (count === 0 ? "nobody" : String(count));

function card(person, load) {
  const self = person.id === me().id;
  const viewing =
    person.viewing &&
    h("a", { class: "link", href: `#/conversations/${encodeURIComponent(person.viewing)}` }, "Reads a conversation");
  const about = [person.email, person.in_hand ? many(person.in_hand, "conversation") + " in hand" : null]
    .filter(Boolean)
    .join(" \u00b7 ");
  return h(
    "li",
    { class: `card person${person.disabled ? " settled" : ""}` },
    avatar(person),
    h(
      "div",
      { class: "card-main" },
      h("p", { class: "card-title" }, h("bdi", {}, person.name), self && h("span", { class: "self" }, " (you)")),
      h("p", { class: "card-about" }, about, viewing && [about && " \u00b7 ", viewing]),
    ),
    h(
      "div",
      { class: "card-states" },
      presence(person),
      chip("plain", ROLES[person.role] ?? person.role),
      factor(person),
    ),
    may("administrator") && menuButton(person, load),
  );
}

function presence(person) {
  if (person.disabled) return chip("plain", "Disabled");
  if (person.invited) return chip("warm", "Invited");
  if (!person.present) return chip("plain", "Away");
  return chip(person.on_duty ? "good" : "info", person.on_duty ? "Here, on duty" : "Here, off duty");
}

const factor = (person) => person.second_factor && chip("accent", "Second factor");

function menuButton(person, load) {
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `Change ${person.name}`,
      onclick: () => openMenu(button, items(person, load)),
    },
    icon("more"),
  );
  return button;
}

function items(person, load) {
  if (person.disabled) return [{ label: "Enable again", icon: "check", run: () => enable(person, load) }];
  const roles = Object.keys(ROLES).filter((role) => role !== person.role);
  const make = (role) => ({
    label: `Make ${role === "supervisor" ? "a" : "an"} ${role}`,
    icon: "shield",
    run: () => changeRole(person, role, load),
  });
  return [
    ...roles.map(make),
    { label: "Change the name", icon: "edit", run: () => askName(person, load) },
    {
      label: person.invited ? "New invite link" : "Link for a new password",
      icon: "link",
      run: () => inviteAgain(person, load),
    },
    null,
    {
      label: "Disable",
      icon: "block",
      danger: true,
      disabled: person.id === me().id,
      run: () => disable(person, load),
    },
  ];
}
