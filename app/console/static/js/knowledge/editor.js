/** The editor of one article: fields, live passages, saving, publishing, taking out. */

import { del, get, post, put } from "../shell/api.js";
import { confirm } from "../shell/dialogs.js";
import { fill, h } from "../shell/dom.js";
import { tellProblem } from "../shell/forms.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { go, goInstead, may } from "../shell/pages.js";
import { askWhichStays } from "../parts/conflict.js";
import { show } from "../parts/loading.js";
import { banner, busyWhile, button, primary, quiet } from "../parts/pieces.js";
import { ago } from "../parts/times.js";
import { forget, foundAgain, keep, kept, tellKept } from "../parts/unsaved.js";
import { articleFields, bodyOf, valuesOf } from "./fields.js";
import { previewPanel } from "./preview.js";
import { originOf, statesOf, wayTo } from "./states.js";

const addressOf = (id) => `/v1/agent/articles/${id.split("/").map(encodeURIComponent).join("/")}`;

/** `id` null is a new article. */
export function editorView(place, id) {
  let open = null;
  const draw = (article) => (open = new Editor(article)).element;
  if (id === null) fill(place, draw(null));
  else show(place, () => get(addressOf(id)), draw);
  return () => open?.close();
}

class Editor {
  constructor(article) {
    this.article = article;
    this.name = `article.${article?.id ?? "new"}`;
    this.unsaved = kept(this.name);
    this.gap = this.unsaved?.values.gap ?? null;
    this.digest = this.unsaved?.values.digest ?? article?.digest ?? "";
    this.fields = articleFields(this.unsaved?.values ?? valuesOf(article), !this.changeable, () => this.changed());
    if (this.unsaved) foundAgain();
    this.preview = previewPanel();
    this.state = h("p", { class: "save-state", role: "status" });
    this.element = this.drawn();
    this.preview.now(this.fields.read());
    this.tellState();
  }

  /** Agents write drafts; what customers read is a supervisor's. What comes from elsewhere is changed there. */
  get changeable() {
    if (this.article === null) return true;
    return (this.article.own || this.takenOver) && (may("supervisor") || this.article.status === "draft");
  }

  get takenOver() {
    return this.unsaved?.values.take_over === true;
  }

  drawn() {
    const about = h(
      "details",
      { class: "about-fields", open: true },
      h("summary", {}, "Who, when and where"),
      h("div", { class: "about-grid" }, this.fields.about),
    );
    const hears = { onsubmit: (event) => event.preventDefault(), onkeydown: (event) => this.pressed(event) };
    this.form = h(
      "form",
      { class: "editor-form", novalidate: true, ...hears },
      this.fields.words,
      about,
      this.changeable && this.foot(),
    );
    const columns = h("div", { class: "editor-columns" }, this.form, this.preview.panel);
    return h("div", { class: "editor" }, this.head(), this.banners(), columns);
  }

  head() {
    const [way, words] = this.gap ? ["#/knowledge/gaps", "Unanswered"] : ["#/knowledge", "Articles"];
    const states = this.article ? h("span", { class: "card-states" }, statesOf(this.article)) : null;
    const title = h("div", { class: "editor-title" }, h("h1", {}, this.article ? "Article" : "New article"), states);
    return h(
      "header",
      { class: "editor-head" },
      h("a", { class: "back-link", href: way }, words),
      title,
      this.origin(),
    );
  }

  origin() {
    if (!this.article) return null;
    const by = this.article.changed_by ? ` by ${this.article.changed_by}` : "";
    return h(
      "p",
      { class: "card-about" },
      `${originOf(this.article)} \u00b7 changed ${ago(this.article.changed_at)}${by}`,
    );
  }

  banners() {
    return [this.gap && this.gapBanner(), this.unsaved && this.unsavedBanner(), this.article && this.rightsBanner()];
  }

  gapBanner() {
    const words = " Once it is published, the question counts as answered.";
    return banner("info", h("p", {}, "For the question: ", h("q", { dir: "auto" }, this.gap), words));
  }

  unsavedBanner() {
    const moved = this.article && this.digest !== this.article.digest;
    const since = moved ? " The article was changed since then." : "";
    const words = `These are your unsaved changes, begun ${ago(this.unsaved.at)}.${since}`;
    return banner(
      moved ? "warm" : "info",
      h("p", {}, words),
      quiet("Discard them", () => this.discard()),
    );
  }

  rightsBanner() {
    if (this.changeable) return null;
    if (!this.article.own && may("supervisor")) return this.elsewhereBanner();
    const elsewhere = `It comes from ${this.article.source} and is changed there.`;
    return banner("info", h("p", {}, this.article.own ? "Published articles are changed by supervisors." : elsewhere));
  }

  elsewhereBanner() {
    const words = `It comes from ${this.article.source} and is changed there. `;
    const then = "Take it over to change it here; what comes from there leaves it alone then.";
    return banner(
      "info",
      h("p", {}, words, then),
      button("Take over", () => this.takeOver(), { class: "button small" }),
    );
  }

  foot() {
    const published = this.article?.status === "published";
    const drop = this.article?.own ? button("Delete", () => this.takeOut(), { class: "button quiet danger" }) : null;
    const draft = button(published ? "Unpublish" : "Save draft", (event) => this.save("draft", event.currentTarget));
    const live = may("supervisor")
      ? primary(published ? "Save changes" : "Publish", (event) => this.save("published", event.currentTarget))
      : null;
    this.usual = published ? live : draft;
    return h("footer", { class: "form-foot save-bar" }, this.state, drop, draft, live);
  }

  /** Ctrl+S saves the article as what it is. */
  pressed(event) {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.usual?.click();
  }

  changed() {
    keep(this.name, { ...this.fields.read(), digest: this.digest, gap: this.gap, take_over: this.takenOver });
    this.dirty = true;
    this.preview.update(this.fields.read());
    this.tellState();
  }

  tellState() {
    const words = this.article ? "All changes are saved." : "Nothing is saved yet.";
    this.state.textContent = this.dirty || this.unsaved ? "Unsaved changes, kept in this browser" : words;
  }

  async save(status, pressed) {
    if (!this.form.reportValidity()) return;
    const sent = () => this.send(status).catch((error) => this.failed(error, status, pressed));
    await busyWhile(pressed, sent).catch(notifyProblem);
  }

  async send(status) {
    const body = bodyOf(this.fields.read(), status);
    const saved = this.article
      ? await put(addressOf(this.article.id), { ...body, digest: this.digest, take_over: this.takenOver })
      : await post("/v1/agent/articles", body);
    forget(this.name);
    this.dirty = false;
    await this.settle(saved);
    notify(status === "published" ? "Published: the assistant answers with it within seconds." : "The draft is saved.");
    goInstead(wayTo(saved.id));
  }

  /** A question counts as answered once its article can answer. */
  async settle(saved) {
    if (!this.gap || saved.status !== "published") return;
    await put("/v1/agent/gaps/settle", { question: this.gap, article: saved.id }).catch(notifyProblem);
  }

  async failed(error, status, pressed) {
    if (error.name !== "article-changed") return tellProblem(this.form, error);
    const theirs = await get(addressOf(this.article.id));
    const texts = {
      theirs: `${theirs.title}\n\n${theirs.text}`,
      mine: `${this.fields.read().title}\n\n${this.fields.read().text}`,
    };
    const stays = await askWhichStays({ what: "article", by: theirs.changed_by, ...texts });
    if (stays === "theirs") return this.discard();
    if (stays === "mine") this.digest = theirs.digest;
    return stays === "mine" ? this.save(status, pressed) : null;
  }

  takeOver() {
    keep(this.name, { ...valuesOf(this.article), digest: this.article.digest, take_over: true });
    go(wayTo(this.article.id));
  }

  discard() {
    forget(this.name);
    this.dirty = false;
    goInstead(this.article ? wayTo(this.article.id) : "#/knowledge");
  }

  async takeOut() {
    const words = `\u201c${this.article.title}\u201d stops answering at once. This cannot be undone.`;
    if (!(await confirm({ title: "Delete this article?", words, action: "Delete", danger: true }))) return;
    try {
      await del(addressOf(this.article.id));
      forget(this.name);
      this.dirty = false;
      notify("The article is deleted.");
      go("#/knowledge");
    } catch (error) {
      notifyProblem(error);
    }
  }

  /** Left with changes: they are kept, and that is said, with the way back. */
  close() {
    this.preview.stop();
    if (this.dirty) tellKept(this.article ? wayTo(this.article.id) : "#/knowledge/new");
  }
}
