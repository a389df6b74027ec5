/** Knowledge: what the assistant answers from, what it could not answer, and what it got wrong. */

import { opening } from "../parts/views.js";
import { articlesView } from "./articles.js";
import { editorView } from "./editor.js";
import { gapsView } from "./gaps.js";
import { importsView } from "./imports.js";
import { tryView } from "./trying.js";
import { wrongView } from "./wrong.js";

const editor = (place, { path: [name, ...id] }) => editorView(place, name === "new" ? null : id.join("/"));

const VIEWS = [
  { name: "articles", title: "Articles", href: "#/knowledge", view: articlesView },
  { name: "try", title: "Try a question", href: "#/knowledge/try", view: tryView },
  { name: "gaps", title: "Unanswered", href: "#/knowledge/gaps", view: gapsView },
  { name: "wrong", title: "Marked wrong", href: "#/knowledge/wrong", view: wrongView },
  { name: "imports", title: "Imports", href: "#/knowledge/imports", view: importsView, role: "supervisor" },
  { name: "new", within: "articles", view: editor },
  { name: "article", within: "articles", view: editor },
];

export const knowledgePage = {
  name: "knowledge",
  title: "Knowledge",
  icon: "book",
  role: "agent",
  open: opening("Knowledge", VIEWS),
};
