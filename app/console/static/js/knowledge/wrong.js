/** Answers that agents marked as wrong: what was asked, what was said, why it is wrong, and where to mend it. */

import { get, post } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { notify, notifyProblem } from "../shell/notices.js";
import { empty } from "../shell/states.js";
import { show } from "../parts/loading.js";
import { busyWhile, chip, heading, primary } from "../parts/pieces.js";
import { ago, momentOf } from "../parts/times.js";
import { wayTo } from "./states.js";

const LEAD = "Answers of the assistant that an agent found wrong. Mend the article, then settle them.";
const NONE = {
  icon: "check",
  title: "No answer is marked wrong",
  words: "In a conversation, an agent marks an answer with what is wrong about it.",
};

export function wrongView(place) {
  const list = h("div");
  const load = () =>
    show(
      list,
      () => get("/v1/agent/wrong"),
      ({ wrong }) => drawn(wrong, load),
    );
  fill(place, heading("Marked wrong", LEAD), list);
  load();
}

const drawn = (wrong, load) =>
  wrong.length === 0
    ? empty(NONE)
    : h(
        "ul",
        { class: "cards" },
        wrong.map((each) => card(each, load)),
      );

function card(wrong, load) {
  const way = `#/conversations/${encodeURIComponent(wrong.conversation)}`;
  const sources = wrong.citations.map((each) =>
    h("li", {}, h("a", { class: "link", href: wayTo(each.article) }, each.title.replaceAll(" > ", " \u203a "))),
  );
  const again = `#/knowledge/try?q=${encodeURIComponent(wrong.question)}`;
  const settle = primary("Settled", () => busyWhile(settle, () => settled(wrong, load)));
  return h(
    "li",
    { class: `card wrong${wrong.settled_at ? " settled" : ""}` },
    h(
      "div",
      { class: "wrong-head" },
      h(
        "p",
        { class: "card-about", title: momentOf(wrong.at) },
        `Marked by ${wrong.agent} ${ago(wrong.at)} \u00b7 `,
        h("a", { class: "link", href: way }, "Conversation"),
      ),
      wrong.settled_at ? chip("good", `Settled ${ago(wrong.settled_at)}`) : chip("danger", "To be mended"),
    ),
    part("Asked", wrong.question),
    part("Said", wrong.reply),
    wrong.reason && part("What is wrong", wrong.reason),
    sources.length > 0 &&
      h("div", { class: "wrong-part" }, h("h3", {}, "It was taken from"), h("ul", { class: "sources" }, sources)),
    !wrong.settled_at &&
      h("div", { class: "card-actions" }, settle, h("a", { class: "button", href: again }, "Try it again")),
  );
}

const part = (name, words) => h("div", { class: "wrong-part" }, h("h3", {}, name), h("p", { dir: "auto" }, words));

async function settled(wrong, load) {
  try {
    await post(`/v1/agent/wrong/${encodeURIComponent(wrong.message)}/settle`);
    notify("Settled.");
    await load();
  } catch (error) {
    notifyProblem(error);
  }
}
