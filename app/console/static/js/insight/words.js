/** What outcomes, feelings, reasons and resolutions are called. */

export const OUTCOMES = [
  ["answered", "Answered"],
  ["asked_back", "Asked back"],
  ["not_known", "Not known"],
  ["handed_off", "Handed to a person"],
  ["waiting", "Written while waiting"],
  ["with_agent", "With an agent"],
  ["closed", "Closed"],
];

/** The third is the tone: the harder the feeling, the stronger. */
export const FEELINGS = [
  ["calm", "Calm", 5],
  ["pleased", "Pleased", 1],
  ["upset", "Upset", 2],
  ["angry", "Angry", 3],
  ["distressed", "Distressed", 4],
];

export const REASONS = {
  wish: "Asked for a person",
  anger: "Anger",
  distress: "Distress",
  safety: "Safety",
  two_misses: "Could not help twice",
  model_failure: "The model failed",
  failure: "Something failed",
  contradiction: "Articles contradicted each other",
  own_matter: "About their own order or account",
  taken_over: "An agent took over",
};

export const RESOLUTIONS = [
  ["confirmed", "Confirmed", "The customer said so: thanks, or a thumb up."],
  ["assumed", "Assumed", "Our answer was the last word, and nobody came back."],
  ["reopened", "Reopened", "The customer came back within 48 hours."],
];
