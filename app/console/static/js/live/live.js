/** What is going on, in every tab: one of them follows the service and tells the others. */

import { leading } from "./leader.js";
import { followLive } from "./line.js";

const LOOK = 15_000;
const ANSWER = 3_000;

const heard = { queue: new Set(), changed: new Set(), line: new Set() };
let tab = null;

/** The whole queue, now if it is known and each time it changed: { waiting, mine, counts, present }. */
export const onQueue = (listener) => listening("queue", listener, tab?.queue);

/** That something happened in a conversation: { conversation }; { conversation: null } after a time without a line. */
export const onChanged = (listener) => listening("changed", listener);

/** Whether the line to the service stands; told once it was away for a moment. */
export const onLine = (listener) => listening("line", listener, tab?.stands);

/** The queue as it was last told, or null. */
export const queueNow = () => tab?.queue ?? null;

/** Who looks at a conversation besides the agent of this console. */
export const viewers = (conversation, agent) =>
  (tab?.queue?.present ?? []).filter(({ id, viewing }) => viewing === conversation && id !== agent.id);

export function startLive(agent) {
  stopLive();
  const name = `careline-live-${agent.id}`;
  tab = { channel: new BroadcastChannel(name), queue: null, stands: null, leads: false, word: Date.now(), ends: [] };
  tab.channel.onmessage = ({ data }) => (data.kind === "hello" ? greeted() : told(data));
  const leader = leading(name, (signal) => lead(signal));
  const look = () => document.visibilityState === "visible" && silent(leader);
  const timer = setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
  tab.ends = [leader.stop, () => clearInterval(timer), () => document.removeEventListener("visibilitychange", look)];
  tab.channel.postMessage({ kind: "hello" });
}

export function stopLive() {
  if (!tab) return;
  for (const end of tab.ends) end();
  tab.channel.close();
  tab = null;
}

async function lead(signal) {
  const own = tab;
  own.leads = true;
  const say = (message) => own === tab && (told(message), own.channel.postMessage(message));
  let lost = null;
  const stands = (whether) => {
    clearTimeout(lost);
    if (whether) {
      if (own.stands === false) say({ kind: "changed", data: { conversation: null } });
      if (own.stands !== true) say({ kind: "line", data: true });
    } else lost = setTimeout(() => say({ kind: "line", data: false }), 1_500);
  };
  const take = ({ name, data }) => name in heard && say({ kind: name, data });
  await followLive(signal, { take, stands, refused: () => say({ kind: "refused" }) });
  clearTimeout(lost);
  own.leads = false;
}

/** A tab that opens gets what is known at once; one that asks whether anybody leads gets the answer. */
function greeted() {
  if (!tab.leads) return;
  if (tab.queue) tab.channel.postMessage({ kind: "queue", data: tab.queue });
  tab.channel.postMessage({ kind: "line", data: tab.stands });
}

/** A leader that was frozen, or sleeps, does not answer: then this tab leads. */
function silent(leader) {
  if (tab.leads || Date.now() - tab.word < LOOK) return;
  const asked = Date.now();
  const own = tab;
  tab.channel.postMessage({ kind: "hello" });
  setTimeout(() => own === tab && tab.word < asked && leader.steal(), ANSWER);
}

function told({ kind, data }) {
  tab.word = Date.now();
  if (kind === "refused") return window.dispatchEvent(new CustomEvent("careline:refused"));
  if (kind === "queue") tab.queue = data;
  if (kind === "line") tab.stands = data;
  for (const listener of [...heard[kind]]) listener(data);
  return undefined;
}

function listening(kind, listener, known) {
  heard[kind].add(listener);
  if (known !== undefined && known !== null) listener(known);
  return () => heard[kind].delete(listener);
}
