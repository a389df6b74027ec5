/** Conversations of the queue and of the list, brought into one shape, and filtered. */

/** From an item of the live queue. */
export const fromQueue = (item) => ({
  id: item.conversation,
  status: item.status === "waiting" ? "waiting" : "with_agent",
  customer: item.customer ?? { id: item.conversation, name: null },
  channel: item.channel ?? "",
  agent: item.agent,
  since: item.status === "waiting" ? item.since : (item.last?.at ?? item.since),
  waits: item.status === "waiting",
  reason: item.reason,
  evidence: item.brief?.wants || item.evidence || "",
  feeling: item.feeling ?? item.brief?.feeling ?? null,
  tags: item.tags ?? [],
  last: item.last ?? null,
  muted: item.muted ?? false,
});

/** From the list of conversations; the wish of those who wait is told by the live queue alone. */
export const fromList = (found, queue) => ({
  ...found,
  since: found.waiting_since ?? found.last?.at ?? found.last_at ?? found.opened_at,
  waits: found.status === "waiting",
  evidence: wishOf(found.id, queue) || found.evidence || "",
  tags: found.tags ?? [],
});

/** Those of the live queue that a filter wants; the list is filtered by the service. */
export const kept = (rows, { tag, feeling, channel }) =>
  rows.filter(
    (row) =>
      (!tag || row.tags.includes(tag)) &&
      (!feeling || row.feeling === feeling) &&
      (!channel || row.channel === channel),
  );

/** A customer's words shown in one line: why they wait, or what was said last. */
export function quoteOf(row) {
  if (row.waits && row.evidence) return { words: row.evidence, by: "customer" };
  if (row.last) return { words: row.last.text, by: row.last.author };
  return row.evidence ? { words: row.evidence, by: "customer" } : null;
}

/** Whether the customer of an agent's own conversation had the last word. */
export const isDue = (row) => row.status === "with_agent" && row.last?.author === "customer";

const wishOf = (id, queue) => queue?.waiting.find(({ conversation }) => conversation === id)?.brief?.wants;
