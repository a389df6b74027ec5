/** The fields of an article: what is written, and who may read it when. */

import { h } from "../shell/dom.js";
import { field, select } from "../shell/forms.js";

const LANGUAGES = [
  ["en", "English"],
  ["de", "German"],
  ["fr", "French"],
  ["es", "Spanish"],
];
const AUDIENCES = [
  ["public", "Customers and agents"],
  ["internal", "Agents only"],
];
const EMPTY = {
  title: "",
  text: "",
  address: "",
  language: "en",
  audience: "public",
  valid_from: "",
  valid_until: "",
  products: "",
};

/** What an article's form holds: every value as text. */
export function valuesOf(article) {
  if (!article) return { ...EMPTY };
  const texts = Object.keys(EMPTY).map((name) => [name, article[name] ?? ""]);
  return { ...Object.fromEntries(texts), products: article.products.join(", ") };
}

/** What the service takes: dates and the address only where there are some, products as a list. */
export function bodyOf(values, status) {
  const products = values.products
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
  const dates = { valid_from: values.valid_from || null, valid_until: values.valid_until || null };
  return { ...values, ...dates, address: values.address.trim() || null, products, status };
}

/** The fields with `read`, `write` and their nodes; `changed` is called with every letter. */
export function articleFields(values, readonly, changed) {
  const controls = controlsFor(values.language, readonly);
  const write = (all) => Object.entries(controls).forEach(([name, control]) => (control.value = all[name]));
  const read = () => Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value]));
  for (const control of Object.values(controls)) control.addEventListener("input", () => changed(read()));
  write(values);
  return { read, write, words: wordsOf(controls), about: aboutOf(controls) };
}

function controlsFor(language, readonly) {
  const own = readonly ? { readonly: true } : {};
  const locked = readonly ? { disabled: true } : {};
  const written = { required: true, dir: "auto", ...own };
  const line = (name, props) => h("input", { class: "input", name, ...props, ...own });
  return {
    title: h("input", { class: "input title-input", name: "title", maxlength: 500, ...written }),
    text: h("textarea", { class: "input text-input", name: "text", rows: 18, maxlength: 500000, ...written }),
    language: select({ options: languagesWith(language), name: "language", ...locked }),
    audience: select({ options: AUDIENCES, name: "audience", ...locked }),
    valid_from: line("valid_from", { type: "date" }),
    valid_until: line("valid_until", { type: "date" }),
    address: line("address", { type: "url", inputmode: "url", maxlength: 2000, placeholder: "https://" }),
    products: line("products", { maxlength: 2000, placeholder: "Pour 4, Pour 10" }),
  };
}

/** An article may be in a language that the console does not name. */
function languagesWith(language) {
  const known = LANGUAGES.some(([each]) => each === language);
  return known ? LANGUAGES : [...LANGUAGES, [language, language.toUpperCase()]];
}

const wordsOf = ({ title, text }) => [
  field({ label: "Title", control: title, hint: "What a customer would look for." }),
  field({
    label: "Text",
    control: text,
    hint: "Markdown. Each heading begins a passage of its own: short sections are found best.",
  }),
];

const aboutOf = ({ language, audience, valid_from, valid_until, address, products }) => [
  field({ label: "Language", control: language }),
  field({ label: "Who may read it", control: audience }),
  field({ label: "Holds from", control: valid_from, hint: "Empty: at once." }),
  field({ label: "Holds until", control: valid_until, hint: "Its last day. Empty: no end." }),
  field({ label: "Address of the page", control: address, hint: "Shown to customers as the source." }),
  field({ label: "Products", control: products, hint: "Parted by commas." }),
];
