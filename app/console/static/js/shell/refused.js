/** What is shown in the place of a page, or a view of one, that is not for the agent's role. */

import { fill, h } from "./dom.js";
import { empty } from "./states.js";

const FOR = {
  supervisor: "Only supervisors and administrators see this page.",
  administrator: "Only administrators see this page.",
};

/** Stands in the place of this page when it is opened by its address. */
export const refusedPage = (page) => ({
  ...page,
  open: (main) => void fill(main, h("div", { class: "page-body" }, refused(page.role))),
});

export const refused = (role) => empty({ icon: "shield", title: "This page is not for your role", words: FOR[role] });
