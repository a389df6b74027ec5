/** One policy: its fields, saving, what to do when somebody was faster, and the versions before. */

import { get, post, put } from "../shell/api.js";
import { confirm } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { askWhichStays } from "../parts/conflict.js";
import { show, wordsOf } from "../parts/loading.js";
import { banner, busyWhile, heading, primary, quiet } from "../parts/pieces.js";
import { ago } from "../parts/times.js";
import { forget, foundAgain, keep, kept, tellKept } from "../parts/unsaved.js";
import { changesBetween, wordsFor } from "./differences.js";
import { historyPanel } from "./history.js";
import { titleOf } from "./titles.js";

const addressOf = (name) => `/v1/agent/policies/${name}`;

/** `kind`: { name, title, lead, fields, languages }; `fields(policy, changed)` gives { element, read, write, mark }. */
export function openSheet(place, kind) {
  let sheet = null;
  const body = h("div");
  fill(place, heading(kind.title, kind.lead, kind.languages && languageWays(kind.languages)), body);
  const load = () =>
    show(
      body,
      () => get(addressOf(kind.name)),
      (policy) => (sheet = new Sheet(kind, policy, load)).element,
    );
  load();
  return () => sheet?.close();
}

function languageWays({ all, chosen }) {
  const link = ([code, name]) =>
    h("a", { href: `#/policy/texts/${code}`, "aria-current": code === chosen ? "page" : null, lang: "en" }, name);
  return h("nav", { class: "tabs", "aria-label": "Language" }, Object.entries(all).map(link));
}

class Sheet {
  constructor(kind, policy, reload) {
    Object.assign(this, { kind, policy, reload, dirty: false });
    this.unsaved = kept(this.place);
    if (this.unsaved) foundAgain();
    this.version = this.unsaved?.values.version ?? policy.version;
    this.fields = kind.fields(policy, () => this.changed());
    this.fields.write(this.unsaved?.values.body ?? policy.body);
    this.state = h("p", { class: "save-state", role: "status" });
    this.told = h("div", { class: "told" });
    this.element = this.drawn();
    this.tellState();
  }

  get place() {
    return `policy.${this.kind.name}`;
  }

  drawn() {
    const save = primary("Save", () => busyWhile(save, () => this.save()));
    const discard = quiet("Discard changes", () => this.discard());
    this.buttons = [discard, save];
    const bar = h("footer", { class: "save-bar" }, this.state, discard, save);
    const props = { class: "sheet-form", novalidate: true, onsubmit: (event) => event.preventDefault() };
    const form = h("form", props, this.told, this.fields.element, bar);
    return [
      this.unsavedBanner(),
      h(
        "div",
        { class: "sheet" },
        form,
        historyPanel(this.kind, this.policy, (version) => this.goBack(version)),
      ),
    ];
  }

  unsavedBanner() {
    if (!this.unsaved) return null;
    const moved = this.version !== this.policy.version;
    const since = moved ? " The policy was changed since then." : "";
    const words = `These are your unsaved changes, begun ${ago(this.unsaved.at)}.${since}`;
    return banner(
      moved ? "warm" : "info",
      h("p", {}, words),
      quiet("Discard them", () => this.discard()),
    );
  }

  changed() {
    this.dirty = true;
    keep(this.place, { body: this.fields.read(), version: this.version });
    this.tellState();
  }

  tellState() {
    const unsaved = this.dirty || this.unsaved !== null;
    const saved = this.policy.version
      ? `Saved by ${this.policy.agent} ${ago(this.policy.at)}`
      : "Nothing is changed: the default holds.";
    this.state.textContent = unsaved ? "Unsaved changes, kept in this browser" : saved;
    for (const each of this.buttons) each.disabled = !unsaved;
  }

  async save() {
    this.fields.mark?.(null);
    fill(this.told);
    try {
      await put(addressOf(this.kind.name), { body: this.fields.read(), version: this.version });
    } catch (error) {
      return this.failed(error);
    }
    return this.done("Saved. It holds within a few seconds.");
  }

  done(words) {
    forget(this.place);
    this.dirty = false;
    notify(words);
    return this.reload();
  }

  /** What is refused names its field first: "greeting: must hold {name}." */
  async failed(error) {
    if (error.status === 409) return this.overtaken().catch(notifyProblem);
    const [, name, reason] = /^([a-z_]+): (.+)/s.exec(error.detail ?? "") ?? [];
    if (
      name &&
      this.fields.mark?.(
        name,
        reason.replace(/^./, (first) => first.toUpperCase()),
      )
    )
      return null;
    return fill(this.told, banner("danger", h("p", {}, name ? `${titleOf(name)}: ${reason}` : wordsOf(error))));
  }

  async overtaken() {
    const theirs = await get(addressOf(this.kind.name));
    const changes = changesBetween(this.policy.body, theirs.body);
    const mine = changesBetween(this.policy.body, this.fields.read());
    const stays = await askWhichStays({
      what: "policy",
      by: theirs.agent,
      theirs: wordsFor(changes),
      mine: wordsFor(mine),
    });
    if (stays === "theirs") return this.discard();
    if (stays !== "mine") return null;
    this.version = theirs.version;
    this.fields.write(merged(theirs.body, mine));
    return this.save();
  }

  discard() {
    forget(this.place);
    this.dirty = false;
    return this.reload();
  }

  async goBack(to) {
    const which = to === 0 ? "the default" : `version ${to}`;
    const lost = this.dirty ? " Your unsaved changes are discarded." : "";
    const words = `What stands there becomes the newest version. Nothing is lost: you can go back again.${lost}`;
    if (!(await confirm({ title: `Go back to ${which}?`, words, action: "Go back" }))) return;
    try {
      await post(`${addressOf(this.kind.name)}/back`, { to, version: this.policy.version });
      await this.done(`Gone back to ${which}.`);
    } catch (error) {
      if (error.status !== 409) return notifyProblem(error);
      notify("Somebody changed this policy meanwhile: look at the newest version first.", { kind: "problem" });
      await this.reload();
    }
  }

  close() {
    if (!this.dirty) return;
    const way = this.kind.name.startsWith("texts.")
      ? `#/policy/texts/${this.kind.name.slice(6)}`
      : `#/policy/${this.kind.name}`;
    tellKept(way);
  }
}

/** My changes laid over what they saved: fields that only they changed stay as they made them. */
function merged(theirs, changes) {
  const body = { ...theirs };
  for (const { key, after } of changes) {
    if (after === undefined) delete body[key];
    else body[key] = after;
  }
  return body;
}
