/** A page of several views: links on top, the view below, and the word that a view is not for this role. */

import { fill, h } from "../shell/dom.js";
import { may } from "../shell/pages.js";
import { refused } from "../shell/refused.js";
import { ways } from "./pieces.js";

/**
 * Gives a page's `open`. A view is { name, title, href, view(place, params), role, within }: the first that one may see
 * is the page's own, `within` names the view whose link stands for it.
 */
export const opening = (label, views) => (main, first) => {
  const top = h("div", { class: "page-top" });
  const place = h("div", { class: "page-body" });
  let close = null;
  const move = (params) => {
    close?.();
    const first = views.find((view) => may(view.role ?? "agent"));
    const chosen = views.find((view) => view.name === params.path[0]) ?? first;
    const shown = views.filter((view) => view.href && may(view.role ?? "agent"));
    fill(top, shown.length > 1 && ways(label, shown, chosen.within ?? chosen.name));
    top.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    close = viewed(fill(place), chosen, params) ?? null;
  };
  fill(main, top, place);
  move(first);
  return { move, close: () => close?.() };
};

const viewed = (place, chosen, params) =>
  may(chosen.role ?? "agent") ? chosen.view(place, params) : fill(place, refused(chosen.role)) && null;
