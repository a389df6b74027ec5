/** Tells colleagues that this agent is there, and which conversation they look at; while a page is seen. */

import { put } from "../shell/api.js";

const EVERY = 25_000;

let conversation = null;

/** Which conversation is open in this tab; null for none. */
export function look(id) {
  conversation = id;
  tell();
}

/** Gives the function that ends it. */
export function startViewing() {
  const timer = setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
  window.addEventListener("focus", tell);
  tell();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tell);
    window.removeEventListener("focus", tell);
  };
}

/** One that is missed is made good by the next. */
function tell() {
  if (document.visibilityState === "visible") put("/v1/agent/viewing", { conversation }).catch(() => {});
}
