/** The one stream of a browser to the service: connected again whenever it broke, and after every sleep. */

import { always, problem } from "../shell/api.js";
import { readEvents } from "./sse.js";

const ADDRESS = "/v1/agent/live";
const SILENCE = 40_000;
const SILENCE_WHEN_SEEN = 20_000;
const LOOK = 5_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/**
 * Follows until `signal`; `take(event)` for each event, `stands(whether)` when the line came or went,
 * `refused(error)` at 401.
 */
export async function followLive(signal, { take, stands, refused }) {
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    try {
      await connection(signal, (event) => {
        wait = FIRST_WAIT;
        stands(true);
        take(event);
      });
    } catch (error) {
      if (error.status === 401) return refused(error);
    }
    if (signal.aborted) return undefined;
    stands(false);
    await pause(wait * (0.75 + Math.random() / 2), signal);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
  return undefined;
}

/** One connection; ends when it broke, when it went silent, or when the network came back from somewhere else. */
async function connection(signal, take) {
  const own = new AbortController();
  let heard = Date.now();
  const look = (limit) => Date.now() - heard > limit && own.abort();
  const seen = () => document.visibilityState === "visible" && look(SILENCE_WHEN_SEEN);
  const timer = setInterval(look, LOOK, SILENCE);
  const online = () => look(LOOK);
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("online", online);
  try {
    const headers = { Accept: "text/event-stream", ...always };
    const answer = await fetch(ADDRESS, { headers, signal: AbortSignal.any([signal, own.signal]), cache: "no-store" });
    if (!answer.ok) throw problem(answer.status, await answer.json().catch(() => null));
    await readEvents(answer, take, () => (heard = Date.now()));
  } finally {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", seen);
    window.removeEventListener("online", online);
  }
}

/** Over sooner when the network is back or someone looks. */
function pause(milliseconds, signal) {
  return new Promise((done) => {
    const events = [
      [window, "online"],
      [document, "visibilitychange"],
      [signal, "abort"],
    ];
    const end = () => {
      clearTimeout(timer);
      for (const [target, name] of events) target.removeEventListener(name, end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    for (const [target, name] of events) target.addEventListener(name, end);
  });
}
