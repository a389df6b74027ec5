/** People: who works here and who is there now, keys of the company's systems, and who did what. */

import { opening } from "../parts/views.js";
import { auditView } from "./audit.js";
import { keysView } from "./keys.js";
import { peopleView } from "./list.js";

const VIEWS = [
  { name: "people", title: "People", href: "#/people", view: peopleView },
  { name: "keys", title: "Keys", href: "#/people/keys", view: keysView, role: "administrator" },
  { name: "audit", title: "Audit", href: "#/people/audit", view: auditView, role: "administrator" },
];

export const peoplePage = {
  name: "people",
  title: "People",
  icon: "people",
  role: "agent",
  open: opening("People", VIEWS),
};
