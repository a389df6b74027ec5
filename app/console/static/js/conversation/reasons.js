/** Asks why: a conversation closes, or an answer is wrong. */

import { openDialog } from "../shell/dialogs.js";
import { h } from "../shell/dom.js";
import { field } from "../shell/forms.js";
import { CLOSE_REASONS } from "../queue/words.js";

const OTHER = "other";

/** One of the usual reasons, or words of one's own; null when left. */
export const askCloseReason = () => openDialog({ title: "Close the conversation", build: closeForm });

/** Words on what is wrong, perhaps none; null when left. */
export const askWhatIsWrong = (entry) =>
  openDialog({
    title: "Mark this answer as wrong",
    build: (close) =>
      h(
        "form",
        {
          onsubmit: (event) => {
            event.preventDefault();
            close(event.target.elements.reason.value.trim());
          },
        },
        h("blockquote", { class: "quote", dir: "auto" }, entry.text),
        field({
          label: "What is wrong with it?",
          name: "reason",
          rows: 3,
          maxlength: 2000,
          autofocus: true,
          hint: "Colleagues who keep the articles read this. The customer does not.",
        }),
        foot(close, "Mark as wrong"),
      ),
  });

function closeForm(close) {
  const own = field({ label: "Reason", name: "own", maxlength: 200 });
  own.hidden = true;
  const options = [...CLOSE_REASONS, [OTHER, "Another reason"]].map(([value, words], at) =>
    h(
      "label",
      { class: "check" },
      h("input", { type: "radio", name: "reason", value, checked: at === 0, autofocus: at === 0 }),
      words,
    ),
  );
  const form = h(
    "form",
    {
      onchange: () => {
        own.hidden = form.elements.reason.value !== OTHER;
      },
      onsubmit: (event) => {
        event.preventDefault();
        const { reason, own: words } = form.elements;
        close(reason.value === OTHER ? words.value.trim() || OTHER : reason.value);
      },
    },
    h("fieldset", { class: "choices" }, h("legend", { class: "visually-hidden" }, "Why does it end?"), options),
    own,
    foot(close, "Close the conversation"),
  );
  return form;
}

const foot = (close, words) =>
  h(
    "footer",
    { class: "dialog-foot" },
    h("button", { type: "button", class: "button", onclick: () => close() }, "Cancel"),
    h("button", { type: "submit", class: "button primary" }, words),
  );
