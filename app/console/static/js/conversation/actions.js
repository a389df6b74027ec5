/** What an agent does with a conversation; each asks the service, then shows what is true now. */

import { get, post, put } from "../shell/api.js";
import { confirm } from "../shell/dialogs.js";
import { nameOf } from "../shell/names.js";
import { announce, notify, notifyProblem } from "../shell/notices.js";
import { may } from "../shell/pages.js";
import { askCloseReason, askWhatIsWrong } from "./reasons.js";
import { chooseColleague } from "./colleagues.js";

const TAKEN = ["already-claimed", "not-yours", "not-waiting"];

export class Actions {
  constructor(pane) {
    this.pane = pane;
  }

  get can() {
    const { data, isMine } = this.pane;
    const open = data !== null && data.status !== "closed";
    return {
      claim: open && data.status !== "with_agent",
      reply: isMine,
      handOver: isMine || (open && may("supervisor")),
      block: may("supervisor"),
    };
  }

  /** A key that comes before the conversation is there acts once it is. */
  keys() {
    const when = (able, run) => () => this.pane.ready.then(() => !this.pane.ended && this.can[able] && run());
    return [
      ["c", "Claim or take over", when("claim", () => this.claim())],
      ["r", "Reply", () => this.pane.ready.then(() => this.pane.composer.focus("reply"))],
      ["n", "Write an internal note", () => this.pane.ready.then(() => this.pane.composer.focus("note"))],
      ["s", "Suggest a reply", when("reply", () => this.pane.composer.suggest())],
      ["b", "Back to the assistant", when("reply", () => this.giveBack())],
      ["e", "Close", when("reply", () => this.close())],
      ["a", "Hand to a colleague", when("handOver", () => this.handOver())],
      ["t", "Tags", () => this.pane.about.focusTags()],
      ["i", "Show or hide the customer", () => this.pane.about.toggle()],
    ];
  }

  async claim() {
    if (!(await this.#done(() => post(`${this.pane.path}/claim`)))) return;
    announce("The conversation is yours.");
    this.pane.composer.focus("reply");
  }

  async giveBack() {
    if (await this.#done(() => post(`${this.pane.path}/return`)))
      this.#left("Back with the assistant, which says again that it is an AI.");
  }

  async close() {
    const reason = await askCloseReason();
    if (reason && (await this.#done(() => post(`${this.pane.path}/close`, { reason }))))
      this.#left("Closed. If the customer writes within 48 hours, it opens again.");
  }

  async handOver() {
    const chosen = await chooseColleague(this.pane);
    if (!chosen) return;
    const done = await this.#done(() =>
      post(`${this.pane.path}/assign`, { agent: chosen.agent.id, ...(chosen.note ? { note: chosen.note } : {}) }),
    );
    if (done) this.#left(`${chosen.agent.name} has the conversation now.`);
  }

  /** The steps that were there are gone: the focus goes to what was said. */
  #left(words) {
    notify(words);
    this.pane.timeline.element.focus();
  }

  async mute() {
    const muted = !this.pane.data.muted;
    if (await this.#done(() => put(`${this.pane.path}/muted`, { muted })))
      notify(muted ? "Muted: no sound, no number for this one." : "Not muted any more.");
  }

  async spam() {
    const spam = !this.pane.data.spam;
    const sure =
      !spam ||
      (await confirm({
        title: "Is this spam?",
        words: "The conversation is closed and leaves the lists. It can be found with the filter for spam.",
        action: "It is spam",
        danger: true,
      }));
    if (sure && (await this.#done(() => put(`${this.pane.path}/spam`, { spam }))))
      notify(spam ? "Marked as spam and closed." : "It is not spam.");
  }

  async block() {
    const { customer, blocked } = this.pane.data;
    const sure =
      blocked ||
      (await confirm({
        title: `Block ${nameOf(customer)}?`,
        danger: true,
        action: "Block",
        words: "Nothing more is taken from this customer, and they are told so. You can take it back here.",
      }));
    const path = `/v1/agent/customers/${encodeURIComponent(customer.id)}/blocked`;
    if (sure && (await this.#done(() => put(path, { blocked: !blocked }))))
      notify(blocked ? "Not blocked any more." : "Blocked.");
  }

  async markWrong(entry) {
    const reason = await askWhatIsWrong(entry);
    if (reason === null) return;
    const path = `/v1/agent/messages/${encodeURIComponent(entry.id)}/wrong`;
    if (await this.#done(() => post(path, { reason })))
      notify("Marked as wrong. It stands with Knowledge to be set right.");
  }

  async note(text) {
    return this.#done(() => post(`${this.pane.path}/notes`, { text }));
  }

  async tag(tags) {
    return this.#done(() => put(`${this.pane.path}/tags`, { tags }));
  }

  /** What went wrong, in words that say who has it now. */
  async told(error) {
    if (!TAKEN.includes(error.name)) return notifyProblem(error);
    const found = await get(this.pane.path).catch(() => null);
    this.pane.refresh();
    return notify(whoHas(found, this.pane.agent), { kind: "info" });
  }

  async #done(act) {
    if (this.busy) return false;
    this.busy = true;
    try {
      await act();
      return true;
    } catch (error) {
      await this.told(error);
      return false;
    } finally {
      this.busy = false;
      await this.pane.refresh();
    }
  }
}

function whoHas(found, agent) {
  if (found?.status === "with_agent" && found.agent_id !== agent.id) return `${found.agent} has this conversation now.`;
  if (found?.status === "closed") return "This conversation was closed meanwhile.";
  if (found?.status === "with_assistant") return "The assistant has this conversation again.";
  return "This conversation went on meanwhile. Look at it again.";
}
