/** Policy: how the assistant behaves and what customers read; each change with who, when and the version before. */

import { opening } from "../parts/views.js";
import { cannedView } from "./canned.js";
import { hoursFields } from "./hours.js";
import { pricesFields } from "./prices.js";
import { rulesFields } from "./rules.js";
import { openSheet } from "./sheet.js";
import { textsFields } from "./texts.js";

const LANGUAGES = { en: "English", de: "German", fr: "French", es: "Spanish" };

const SHEETS = {
  rules: { title: "Rules", lead: "When the assistant answers, and when a person is brought in.", fields: rulesFields },
  hours: {
    title: "Hours",
    lead: "When people are there. Outside of them, customers are told so and when to expect someone.",
    fields: hoursFields,
  },
  prices: {
    title: "Prices",
    lead: "What a model's tokens cost you, so that Insight can tell the cost of conversations.",
    fields: pricesFields,
  },
};
const TEXTS_LEAD = "What customers read that no model wrote. Your own words stand beside the default.";

const sheetView = (name) => (place) => openSheet(place, { name, ...SHEETS[name] });

function textsView(place, { path: [, language = "en"] }) {
  const title = `Texts in ${LANGUAGES[language] ?? language}`;
  const languages = { all: LANGUAGES, chosen: language };
  return openSheet(place, { name: `texts.${language}`, title, lead: TEXTS_LEAD, fields: textsFields, languages });
}

const VIEWS = [
  { name: "texts", title: "Texts", href: "#/policy/texts", view: textsView, role: "administrator" },
  { name: "rules", title: "Rules", href: "#/policy/rules", view: sheetView("rules"), role: "administrator" },
  { name: "hours", title: "Hours", href: "#/policy/hours", view: sheetView("hours"), role: "administrator" },
  { name: "prices", title: "Prices", href: "#/policy/prices", view: sheetView("prices"), role: "administrator" },
  { name: "canned", title: "Canned replies", href: "#/policy/canned", view: cannedView, role: "supervisor" },
];

export const policyPage = {
  name: "policy",
  title: "Policy",
  icon: "sliders",
  role: "supervisor",
  open: opening("Policy", VIEWS),
};
