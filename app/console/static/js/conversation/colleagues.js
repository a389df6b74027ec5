/** Chooses the colleague who gets a conversation: who is there, how much they have in hand, a note for them. */

import { get } from "../shell/api.js";
import { openDialog } from "../shell/dialogs.js";
import { h } from "../shell/dom.js";
import { field } from "../shell/forms.js";
import { initials, tintOf } from "../shell/names.js";
import { empty, shown } from "../shell/states.js";

/** { agent: { id, name }, note } or null. */
export const chooseColleague = (pane) =>
  openDialog({
    title: pane.isMine ? "Hand to a colleague" : "Assign to an agent",
    build: (close) => {
      const place = h("div", { class: "colleagues-place" });
      shown(
        place,
        async () => (await get("/v1/agent/people")).people,
        (people) => form(pane, people, close),
      ).then(() => place.querySelector(":checked")?.focus());
      return place;
    },
  });

function form(pane, people, close) {
  const able = people.filter(({ id, disabled }) => id !== pane.data.agent_id && !disabled).sort(presentFirst);
  if (!able.length)
    return empty({
      icon: "people",
      title: "Nobody else is here yet",
      words: "An administrator can invite colleagues on the page People.",
    });
  return h(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        const { agent, note } = event.target.elements;
        close({ agent: able.find(({ id }) => id === agent.value), note: note.value.trim() });
      },
    },
    h(
      "fieldset",
      { class: "choices colleagues" },
      h("legend", { class: "visually-hidden" }, "Colleague"),
      able.map(colleague),
    ),
    field({ label: "Note for them", name: "note", rows: 2, maxlength: 4000, hint: "Only colleagues see it." }),
    h(
      "footer",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button", onclick: () => close() }, "Cancel"),
      h("button", { type: "submit", class: "button primary" }, pane.isMine ? "Hand over" : "Assign"),
    ),
  );
}

const colleague = ({ id, name, present, on_duty: onDuty, in_hand: inHand }, at) =>
  h(
    "label",
    { class: "colleague" },
    h("input", { type: "radio", name: "agent", value: id, required: true, checked: at === 0, autofocus: at === 0 }),
    h("span", { class: `avatar small tint-${tintOf(id)}`, "aria-hidden": "true" }, initials(name)),
    h("span", { class: "cut", dir: "auto" }, name),
    h(
      "span",
      { class: "muted small-words" },
      [present ? "here" : "away", onDuty ? "on duty" : null, `${inHand ?? 0} in hand`].filter(Boolean).join(" · "),
    ),
  );

const presentFirst = (one, other) =>
  Number(other.present) - Number(one.present) ||
  Number(other.on_duty) - Number(one.on_duty) ||
  one.name.localeCompare(other.name);
