/** The conversation as one line of entries: messages, notes, files and what happened, in their order. */

import { agentName, CLOSE_REASONS, readable, reasonWords } from "../queue/words.js";
import { dateOf } from "../shell/times.js";

const HAPPENED = {
  handoff: ({ reason }) => ["hand", `Passed to people: ${reasonWords(reason).toLowerCase()}`],
  claimed: ({ agent }) => ["person", `${agentName(agent)} took the conversation`],
  assigned: ({ agent, by }) => ["person", `Given to ${agentName(agent)}${by ? ` by ${agentName(by)}` : ""}`],
  returned: ({ agent }) => ["spark", `${agentName(agent)} gave the conversation back to the assistant`],
  closed: ({ reason, agent }) => ["check", `Closed${agent ? ` by ${agentName(agent)}` : ""}: ${closeWords(reason)}`],
  reopened: () => ["refresh", "The customer wrote again: opened anew"],
};

/** Sorted by time, then by number; each with a `key` that stays. `unsent` come last: they are not said yet. */
export function entriesOf(conversation, events, unsent) {
  const said = conversation.messages.map((message) => ({ ...message, key: message.id, kind: message.author }));
  const notes = (conversation.notes ?? []).map((note) => ({ ...note, key: note.id, kind: "note" }));
  const files = (conversation.files ?? []).map((file) => ({ ...file, key: file.file, kind: "file" }));
  const happened = events.filter(({ name }) => name in HAPPENED).map(lineOf);
  const sorted = [...said, ...notes, ...files, ...happened].sort(inOrder);
  const waiting = unsent.map((each) => ({ ...each, kind: "unsent" }));
  return followed([...sorted, ...waiting]);
}

export function closeWords(reason) {
  return (CLOSE_REASONS.find(([value]) => value === reason)?.[1] ?? readable(reason)).toLowerCase();
}

function lineOf({ seq, name, at, data }) {
  const [icon, words] = HAPPENED[name](data ?? {});
  return { key: `event-${seq}`, kind: "happened", at: at ?? data?.at, seq, icon, words };
}

function inOrder(one, other) {
  const apart = dateOf(one.at) - dateOf(other.at);
  return apart || (one.seq ?? Infinity) - (other.seq ?? Infinity) || 0;
}

/** Marks the first entry of a day, and messages that go on where the same author just stopped. */
function followed(entries) {
  let before = null;
  return entries.map((entry) => {
    const day = !before || dateOf(before.at).toDateString() !== dateOf(entry.at).toDateString();
    const same = before?.kind === entry.kind && agentName(before.agent) === agentName(entry.agent);
    const follows = !day && same && dateOf(entry.at) - dateOf(before.at) < 5 * 60_000;
    before = entry;
    return { ...entry, day, follows };
  });
}
