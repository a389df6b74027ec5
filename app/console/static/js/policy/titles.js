/** What the fields of policies are called, and in which groups the texts stand. */

const TITLES = {
  ai_notice: "Says that it is an AI",
  greeting: "Greeting",
  greeting_named: "Greeting by name",
  thanks: "To thanks",
  goodbye: "To a goodbye",
  who_are_you: "To \u201cwho are you?\u201d",
  agreement: "To a yes",
  refusal: "To a no",
  ask_back: "Asks back",
  ask_back_about: "Asks back about a product",
  not_known: "Does not know",
  not_helped: "The answer did not help",
  own_matter: "Asked about their own order or account",
  own_matter_numbered: "The same, with a number that they gave",
  on_record: "What the business says of them",
  open_own: "Left open: about their own records",
  open_unknown: "Left open: not found",
  open_offer: "Left open: offers a person",
  found_only_in_en: "Found only in English",
  found_only_in_de: "Found only in German",
  found_only_in_fr: "Found only in French",
  found_only_in_es: "Found only in Spanish",
  handoff_wish: "Handoff: wish for a person",
  handoff_anger: "Handoff: anger",
  handoff_distress: "Handoff: distress",
  handoff_safety: "Handoff: safety",
  handoff_two_misses: "Handoff: could not help twice",
  handoff_model_failure: "Handoff: the model failed",
  handoff_failure: "Handoff: something failed",
  handoff_contradiction: "Handoff: articles contradict each other",
  handoff_own_matter: "Handoff: about their own order or account",
  agent_on_duty: "Place in the queue",
  nobody_on_duty_ask_contact: "Nobody is there: asks for a contact",
  nobody_on_duty_contact_known: "Nobody is there: contact known",
  still_waiting: "Still waiting",
  contact_taken: "Contact noted",
  wish_at: "How sure that a person is wished for",
  answerable_at: "How sure that the passages hold the answer",
  misses_before_handoff: "Misses before a person is brought in",
  fewest_words_to_search: "Too short to look anything up",
  words_of_its_own: "Words of a model's own that are let pass",
  back_at: "Nobody is there: when someone is",
  day_today: "Today",
  day_monday: "Monday",
  day_tuesday: "Tuesday",
  day_wednesday: "Wednesday",
  day_thursday: "Thursday",
  day_friday: "Friday",
  day_saturday: "Saturday",
  day_sunday: "Sunday",
  zone: "Time zone",
  week: "Week",
  closed: "Closed days",
  currency: "Currency",
  per_million: "Prices",
};

const GROUPS = [
  ["Beginning", /^(ai_notice|greeting)/],
  ["Small talk", /^(thanks|goodbye|who_are_you|agreement|refusal)/],
  ["Asking back and not knowing", /^(ask_back|not_)/],
  ["Bringing in a person", /^handoff_/],
  ["Waiting for a person", /^(agent_|nobody_|still_|contact_|back_)/],
  ["Days, within the text before", /^day_/],
];

export const titleOf = (key) => TITLES[key] ?? key.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());

/** [["Beginning", keys], ...], in the order of the files; what belongs nowhere comes last. */
export function grouped(keys) {
  const of = (key) => GROUPS.find(([, fits]) => fits.test(key))?.[0] ?? "Others";
  const names = [...GROUPS.map(([name]) => name), "Others"];
  return names.map((name) => [name, keys.filter((key) => of(key) === name)]).filter(([, all]) => all.length > 0);
}
