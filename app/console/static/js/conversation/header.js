/** The head of a conversation: whose it is, who has it, and the next steps. */

import { openMenu } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { avatar, nameOf } from "../shell/names.js";
import { notify } from "../shell/notices.js";
import { counting } from "../shell/times.js";
import { viewers } from "../live/live.js";
import { channelWords, chip, statusChip } from "../queue/words.js";

export class Header {
  constructor(pane) {
    this.pane = pane;
    this.who = h("div", { class: "head-who" });
    this.steps = h("div", { class: "head-steps" });
    this.viewers = h("p", { class: "viewers", role: "status", hidden: true });
    this.element = h(
      "div",
      { class: "conversation-top" },
      h(
        "header",
        { class: "conversation-head" },
        h("a", { class: "icon-button back", href: "#/queue", "aria-label": "Back to the list" }, icon("back")),
        this.who,
        this.steps,
      ),
      this.viewers,
    );
  }

  draw() {
    const { data } = this.pane;
    fill(
      this.who,
      avatar(data.customer),
      h(
        "div",
        { class: "head-names" },
        h("h1", { class: "cut", dir: "auto" }, nameOf(data.customer)),
        h(
          "p",
          { class: "head-chips" },
          data.status === "waiting" && data.waiting_since ? waiting(data.waiting_since) : statusChip(data),
          chip(channelWords(data.channel), "chat"),
          data.muted ? chip("Muted", "mute") : null,
          data.spam ? chip("Spam", "flag", "danger") : null,
          data.customer.blocked ? chip("Blocked", "block", "danger") : null,
        ),
      ),
    );
    this.#drawSteps();
    this.drawViewers();
  }

  /** Steps that would do nothing are not offered; one that has the focus keeps it. */
  #drawSteps() {
    const { actions, data } = this.pane;
    const sign = JSON.stringify([actions.can, data.status]);
    if (sign === this.sign) return;
    this.sign = sign;
    const steps = [];
    if (actions.can.claim)
      steps.push(step(data.status === "waiting" ? "Claim" : "Take over", "hand", () => actions.claim(), "primary"));
    if (actions.can.reply)
      steps.push(
        step("Return", "back_to", () => actions.giveBack()),
        step("Close", "check", () => actions.close(), "primary"),
      );
    fill(this.steps, steps, this.#panel(), this.#more());
  }

  drawViewers() {
    const others = viewers(this.pane.id, this.pane.agent);
    this.viewers.hidden = !others.length;
    const names = others.map(({ name }) => name).join(" and ");
    if (this.viewers.textContent !== names)
      fill(
        this.viewers,
        others.length ? [icon("eye", 15), `${names} ${others.length > 1 ? "look" : "looks"} at this too`] : "",
      );
  }

  #panel() {
    return h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "About the customer",
        title: "About the customer (i)",
        onclick: () => this.pane.about.toggle(),
      },
      icon("panel"),
    );
  }

  #more() {
    const { actions } = this.pane;
    const button = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": "More",
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        onclick: () => {
          const { data } = this.pane;
          openMenu(
            button,
            [
              actions.can.handOver
                ? {
                    label: this.pane.isMine ? "Hand to a colleague" : "Assign to an agent",
                    icon: "people",
                    run: () => actions.handOver(),
                  }
                : undefined,
              { label: "Copy the address", icon: "link", run: copyAddress },
              { label: data.muted ? "Unmute" : "Mute", icon: data.muted ? "bell" : "mute", run: () => actions.mute() },
              null,
              { label: data.spam ? "Not spam" : "Spam", icon: "flag", danger: !data.spam, run: () => actions.spam() },
              actions.can.block
                ? {
                    label: data.customer.blocked ? "Unblock the customer" : "Block the customer",
                    icon: "block",
                    danger: !data.customer.blocked,
                    run: () => actions.block(),
                  }
                : undefined,
            ].filter((item) => item !== undefined),
          );
        },
      },
      icon("more"),
    );
    return button;
  }
}

const step = (words, name, run, kind = "") =>
  h("button", { type: "button", class: `button ${kind}`, onclick: run }, icon(name, 18), words);

const waiting = (since) =>
  h("span", { class: "chip warm" }, icon("clock", 14), h("span", {}, "Waiting for ", counting(since)));

async function copyAddress() {
  try {
    await navigator.clipboard.writeText(location.href);
    notify("The address is copied.");
  } catch {
    notify("The browser does not let this page copy.", { kind: "problem" });
  }
}
