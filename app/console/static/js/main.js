/** The console: the pages it has, in the order of its list, and its start. */

import { registerPage } from "./shell/pages.js";
import { start } from "./shell/start.js";
import { queuePage } from "./queue/page.js";

registerPage(queuePage);

start(document.getElementById("app"));
