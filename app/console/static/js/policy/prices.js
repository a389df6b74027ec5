/** What a million tokens of each model cost. */

import { h } from "../shell/dom.js";
import { field } from "../shell/forms.js";
import { cross, quiet } from "../parts/pieces.js";

export function pricesFields(policy, changed) {
  const currency = h("input", {
    class: "input currency-input",
    maxlength: 3,
    placeholder: "EUR",
    autocomplete: "off",
    oninput: changed,
  });
  const body = h("tbody");
  const add = (name = "", price = {}) => body.append(priceRow(name, price, changed));
  const more = quiet("Add a model", () => {
    add();
    changed();
  });
  const named = field({ label: "Currency", control: currency, hint: "Three capital letters." });
  return {
    element: h("div", { class: "card prices-card" }, named, tableOf(body), more),
    read: () => read(currency, body),
    write: (policyBody) => {
      currency.value = policyBody.currency ?? "";
      body.replaceChildren();
      for (const [name, price] of Object.entries(policyBody.per_million ?? {})) add(name, price);
      if (body.rows.length === 0) add();
    },
  };
}

function tableOf(body) {
  const names = ["Model", "Million tokens in", "Million tokens out"].map((each) => h("th", { scope: "col" }, each));
  const caption = h("caption", { class: "visually-hidden" }, "Prices by model");
  const head = h("thead", {}, h("tr", {}, names, h("td", {})));
  return h("div", { class: "table-frame" }, h("table", { class: "table prices" }, caption, head, body));
}

function priceRow(name, price, changed) {
  const amount = (value, label) =>
    h("input", {
      class: "input",
      type: "number",
      min: 0,
      step: "any",
      value: value ?? "",
      "aria-label": label,
      oninput: changed,
    });
  const drop = cross(`Take ${name || "this model"} away`, () => {
    row.remove();
    changed();
  });
  const model = h("input", {
    class: "input",
    value: name,
    placeholder: "Name of the model",
    "aria-label": "Model",
    oninput: changed,
  });
  const cells = [model, amount(price.input, "Million tokens in"), amount(price.output, "Million tokens out"), drop];
  const row = h(
    "tr",
    {},
    cells.map((each) => h("td", {}, each)),
  );
  return row;
}

/** Without a currency and a model, nothing is set. */
function read(currency, body) {
  const rows = [...body.rows].map((row) => [...row.querySelectorAll("input")].map((input) => input.value.trim()));
  const prices = rows
    .filter(([name]) => name)
    .map(([name, input, output]) => [name, { input: Number(input), output: Number(output) }]);
  if (!currency.value.trim() && prices.length === 0) return {};
  return { currency: currency.value.trim().toUpperCase(), per_million: Object.fromEntries(prices) };
}
