/** What an agent wrote and did not send yet, kept in this browser: drafts, and replies under way. */

const DRAFT = "careline:draft";
const UNSENT = "careline:unsent";

export const draftOf = (agent, conversation, kind) => read(`${DRAFT}:${agent}:${conversation}:${kind}`) ?? "";

export function keepDraft(agent, conversation, kind, text) {
  write(`${DRAFT}:${agent}:${conversation}:${kind}`, text || null);
}

/**
 * Replies of this agent in this conversation that the service has not taken yet: [{ key, text, at, tried, refused
 * }].
 */
export const unsentOf = (agent, conversation) => read(`${UNSENT}:${agent}:${conversation}`) ?? [];

export function keepUnsent(agent, conversation, replies) {
  write(`${UNSENT}:${agent}:${conversation}`, replies.length ? replies : null);
}

/** Conversations in which something of this agent is under way. */
export function unsentConversations(agent) {
  const start = `${UNSENT}:${agent}:`;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length));
}

/** Signing out leaves no words behind on a machine that others may use. */
export function forgetAll(agent) {
  const starts = [`${DRAFT}:${agent}:`, `${UNSENT}:${agent}:`];
  for (const key of Object.keys(localStorage))
    if (starts.some((start) => key.startsWith(start))) localStorage.removeItem(key);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or closed storage keeps nothing; what is on the page is still there.
  }
}
