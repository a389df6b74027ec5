/** Somebody else saved the same thing first: both texts side by side, and which of them stays. */

import { h } from "../shell/dom.js";
import { openDialog } from "../shell/dialogs.js";
import { button, primary } from "../parts/pieces.js";

/** Resolves with "mine", "theirs", or null to think about it. `theirs` and `mine` are texts, `by` who saved it. */
export function askWhichStays({ what, by, theirs, mine }) {
  const column = (name, text) =>
    h("section", { class: "side-text" }, h("h3", {}, name), h("pre", { tabindex: 0, dir: "auto" }, text));
  return openDialog({
    title: `${by || "Somebody"} changed this ${what} meanwhile`,
    wide: true,
    build: (close) => [
      h("p", {}, "Nothing is saved yet. Which text is to stay?"),
      h("div", { class: "sides" }, column(`As ${by || "they"} saved it`, theirs), column("As you wrote it", mine)),
      h(
        "footer",
        { class: "dialog-foot" },
        button("Back to writing", () => close()),
        button("Take theirs", () => close("theirs")),
        primary("Save mine", () => close("mine")),
      ),
    ],
  });
}
