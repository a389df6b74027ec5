/** Fields of canned replies: {customer}, {agent} and others, filled from the conversation or left for the agent. */

import { nameOf } from "../shell/names.js";

const FIELD = /\{([a-z][a-z0-9_ ]{0,30})\}/gi;

/** What is known goes in; what is not stays as {field}. */
export function filled(text, { data, agent }) {
  const known = knownFields(data, agent);
  return text.replace(FIELD, (whole, name) => known.get(name.trim().toLowerCase()) ?? whole);
}

/** Fields that nobody filled: [{ words: "{order}", at }]. */
export const openFields = (text) => [...text.matchAll(FIELD)].map(({ 0: words, index: at }) => ({ words, at }));

function knownFields(data, agent) {
  const known = new Map(
    (data.profile?.known ?? []).map(({ about, value }) => [about.toLowerCase().replaceAll("_", " "), value]),
  );
  for (const [name, value] of [...known]) known.set(name.replaceAll(" ", "_"), value);
  const first =
    known.get("first_name") ??
    known.get("name")?.split(/\s/)[0] ??
    (data.customer.name ? nameOf(data.customer).split(/\s/)[0] : null);
  if (first) known.set("customer", first);
  known.set("agent", agent.name);
  const order = known.get("order") ?? known.get("order_number") ?? known.get("order number");
  if (order) known.set("order", order);
  return known;
}
