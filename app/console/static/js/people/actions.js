/** What agents did, in words. */

const ACTIONS = {
  "agent.added": "Added an agent", "agent.changed": "Changed an agent", "agent.reset": "Took sign-in proofs away",
  "answer.marked_wrong": "Marked an answer wrong", "answer.settled": "Settled a wrong answer",
  "article.written": "Wrote an article", "article.changed": "Changed an article", "article.taken_out": "Deleted an article",
  "article.uploaded": "Uploaded files",
  "canned.added": "Added a canned reply", "canned.changed": "Changed a canned reply", "canned.removed": "Removed a canned reply",
  "customer.blocked": "Blocked a customer", "customer.unblocked": "Unblocked a customer",
  "delivery.sent_again": "Sent a delivery again", "delivery.settled": "Settled a delivery",
  "endpoint.added": "Added an endpoint", "endpoint.disabled": "Disabled an endpoint",
  "gap.settled": "Settled an unanswered question",
  "import.added": "Began an import", "import.again": "Ran an import again", "import.deleted": "Removed an import",
  "invite.made": "Made an invite", "invite.accepted": "Accepted an invite",
  "key.made": "Made a key", "key.revoked": "Revoked a key",
  "password.changed": "Changed the own password", "policy.changed": "Changed a policy", "profile.read": "Read a profile",
  "second_factor.on": "Turned the second factor on", "second_factor.off": "Turned the second factor off",
  "sign_in.opened": "Signed in", "sign_in.ended": "Ended a sign-in", "sign_in.all_ended": "Signed out everywhere",
};

/** One that has no words here yet is told by its name. */
export const actionOf = (action) => ACTIONS[action] ?? action.replaceAll(".", ": ").replaceAll("_", " ");
