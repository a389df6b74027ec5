/** What outcomes, feelings, reasons and resolutions are called. */

export const OUTCOMES = [
  ["answered", "Answered"], ["asked_back", "Asked back"], ["not_known", "Not known"], ["handed_off", "Handed to a person"],
  ["waiting", "Written while waiting"], ["with_agent", "With an agent"], ["closed", "Closed"],
];

export const FEELINGS = [["calm", "Calm"], ["pleased", "Pleased"], ["upset", "Upset"], ["angry", "Angry"], ["distressed", "Distressed"]];

export const REASONS = {
  wish: "Asked for a person", anger: "Anger", distress: "Distress", safety: "Safety", two_misses: "Could not help twice",
  model_failure: "The model failed", failure: "Something failed", taken_over: "An agent took over",
};

export const RESOLUTIONS = [
  ["confirmed", "Confirmed", "The customer said so: thanks, or a thumb up."],
  ["assumed", "Assumed", "Our answer was the last word, and nobody came back."],
  ["reopened", "Reopened", "The customer came back within 48 hours."],
];
