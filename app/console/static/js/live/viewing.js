/** Tells colleagues that this agent is there, and which conversation they look at; while the page is seen. */

import { put } from "../shell/api.js";

const EVERY = 25_000;

export function startViewing() {
  let conversation = null;
  const tell = () =>
    document.visibilityState === "visible" && put("/v1/agent/viewing", { conversation }).catch(() => {});
  const timer = setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
  window.addEventListener("focus", tell);
  return {
    look(id) {
      conversation = id;
      tell();
    },
    stop() {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
      window.removeEventListener("focus", tell);
    },
  };
}
