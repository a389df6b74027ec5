/** Windows that ask something: the browser's own dialog keeps the focus inside and gives it back. */

import { h, newId } from "./dom.js";
import { icon } from "./icons.js";

/**
 * Opens a dialog with a title; `build(close)` gives its content and may call close(value).
 * Resolves with that value, or null when it was left.
 */
export function openDialog({ title, build, wide = false, side = false }) {
  return new Promise((resolve) => {
    let value = null;
    const name = newId("dialog");
    const close = (result = null) => {
      value = result;
      dialog.close();
    };
    const dialog = h(
      "dialog",
      { class: `dialog${wide ? " wide" : ""}${side ? " side" : ""}`, "aria-labelledby": name },
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: name }, title),
        h(
          "button",
          { type: "button", class: "icon-button", "aria-label": "Close", onclick: () => close() },
          icon("cross"),
        ),
      ),
      h("div", { class: "dialog-body" }, build(close)),
    );
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(value);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("[autofocus]")?.focus();
  });
}

/** Whether to go on: await confirm({ title, words, action: "Block", danger: true }). */
export async function confirm({ title, words, action = "Go on", danger = false }) {
  const answer = await openDialog({
    title,
    build: (close) => [
      h("p", {}, words),
      h(
        "footer",
        { class: "dialog-foot" },
        h("button", { type: "button", class: "button", onclick: () => close() }, "Cancel"),
        h(
          "button",
          {
            type: "button",
            class: `button ${danger ? "danger" : "primary"}`,
            autofocus: true,
            onclick: () => close(true),
          },
          action,
        ),
      ),
    ],
  });
  return answer === true;
}

/** A list of things to do, below the button that opens it. Items: { label, icon, run, danger } or null for a line. */
export function openMenu(button, items) {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto" });
  const end = () => menu.remove();
  for (const item of items) menu.append(item ? entry(item, menu) : h("hr", { role: "separator" }));
  menu.addEventListener(
    "toggle",
    (event) => event.newState === "closed" && (end(), button.setAttribute("aria-expanded", "false")),
  );
  menu.addEventListener("keydown", (event) => moved(event, menu, button));
  (button.closest("dialog, main, nav") ?? document.body).append(menu);
  button.setAttribute("aria-expanded", "true");
  menu.showPopover();
  placed(menu, button);
  menu.querySelector("[role=menuitem]:not([disabled])")?.focus();
}

function entry({ label, icon: name, run, danger = false, disabled = false }, menu) {
  const chosen = () => {
    menu.hidePopover();
    run();
  };
  return h(
    "button",
    { type: "button", role: "menuitem", tabindex: -1, disabled, class: danger ? "danger" : "", onclick: chosen },
    name ? icon(name, 18) : null,
    label,
  );
}

function moved(event, menu, button) {
  const items = [...menu.querySelectorAll("[role=menuitem]:not([disabled])")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    menu.hidePopover();
    button.focus();
  }
}

/** Below the button where there is room, else above; never beyond the edge. */
function placed(menu, button) {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 4;
  const top = below + height > innerHeight - 8 ? Math.max(8, at.top - height - 4) : below;
  const left = Math.min(Math.max(8, at.left), innerWidth - width - 8);
  menu.style.setProperty("top", `${top}px`);
  menu.style.setProperty("left", `${left}px`);
}
