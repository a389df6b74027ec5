/** The console: the pages it has, in the order of its list, and its start. */

import { registerPage } from "./shell/pages.js";
import { start } from "./shell/start.js";
import { queuePage } from "./queue/page.js";
import { knowledgePage } from "./knowledge/page.js";
import { insightPage } from "./insight/page.js";
import { policyPage } from "./policy/page.js";
import { peoplePage } from "./people/page.js";
import { accountPage } from "./account/page.js";

for (const page of [queuePage, knowledgePage, insightPage, policyPage, peoplePage, accountPage]) registerPage(page);

start(document.getElementById("app"));
