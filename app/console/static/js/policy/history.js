/** The versions of a policy: who changed what when, and the way back. */

import { get } from "../shell/api.js";
import { h } from "../shell/dom.js";
import { show } from "../parts/loading.js";
import { button, chip } from "../parts/pieces.js";
import { ago, momentOf } from "../parts/times.js";
import { changesBetween, inWords } from "./differences.js";
import { titleOf } from "./titles.js";

const NONE = "Nobody changed it yet. Each change stands here, with who made it and what stood before.";

/** `back(version)` goes back to it. */
export function historyPanel(kind, policy, back) {
  const list = h("div");
  show(
    list,
    () => get(`/v1/agent/policies/${kind.name}/versions`),
    ({ versions }) => drawn(versions, policy, back),
  );
  return h("aside", { class: "history", "aria-label": "Changes", tabindex: 0 }, h("h2", {}, "Changes"), list);
}

function drawn(versions, policy, back) {
  if (versions.length === 0) return h("p", { class: "field-hint" }, NONE);
  const before = (index) => versions[index + 1]?.body ?? (versions[index].version === 1 ? {} : null);
  const entries = versions.map((version, index) => entry(version, before(index), policy, back));
  const first = h(
    "li",
    { class: "version" },
    h(
      "p",
      { class: "version-head" },
      h("strong", {}, "Default"),
      button("Go back to the default", () => back(0), { class: "button small" }),
    ),
  );
  return h("ol", { class: "versions" }, entries, first);
}

function entry(version, before, policy, back) {
  const current = version.version === policy.version;
  const props = { class: "button small", "aria-label": `Go back to it: version ${version.version}` };
  const go = current ? chip("good", "Holds now") : button("Go back to it", () => back(version.version), props);
  return h(
    "li",
    { class: "version" },
    h(
      "div",
      { class: "version-head" },
      h(
        "div",
        {},
        h("strong", {}, h("bdi", {}, version.agent || "Somebody")),
        h(
          "p",
          { class: "card-about", title: momentOf(version.at) },
          `Version ${version.version} \u00b7 ${ago(version.at)}`,
        ),
      ),
      go,
    ),
    before && difference(changesBetween(before, version.body), current),
  );
}

const difference = (all, open) => h("details", { open }, h("summary", {}, told(all)), changes(all));

const told = (all) =>
  all.length === 0 ? "Nothing was changed" : all.length === 1 ? titleOf(all[0].key) : `${all.length} changes`;

const changes = (all) =>
  h(
    "dl",
    { class: "changes" },
    all.map(({ key, before, after }) => [
      h("dt", {}, titleOf(key)),
      h("dd", {}, h("del", { dir: "auto" }, inWords(before)), h("ins", { dir: "auto" }, inWords(after))),
    ]),
  );
