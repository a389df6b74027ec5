/** Fields with their label, hint and error; a form that is sent once at a time. */

import { fill, h, newId } from "./dom.js";

/**
 * field({ label: "E-mail", name: "email", type: "email", hint, value, required }) or with `control`, an element of
 * your own.
 */
export function field({ label, hint = "", control = null, ...props }) {
  const id = newId("field");
  const input = control ?? h(props.rows ? "textarea" : "input", { class: "input", ...props });
  input.id = id;
  const told = h("p", { class: "field-error", id: `${id}-error`, hidden: true });
  input.setAttribute("aria-describedby", `${id}-hint ${id}-error`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    input,
    h("p", { class: "field-hint", id: `${id}-hint`, hidden: !hint }, hint),
    told,
  );
}

/** options: [["value", "words"], ...] */
export const select = ({ options, value = "", ...props }) =>
  h(
    "select",
    { class: "input", ...props, value },
    options.map(([key, words]) => h("option", { value: key }, words)),
  );

/**
 * Shows what is wrong beside the field of that name, or in the form's own place; the first wrong field gets the
 * focus.
 */
export function tellProblem(form, error) {
  clearProblems(form);
  const known = error.errors?.filter(({ field: name }) => form.elements[name.split(".").at(-1)]) ?? [];
  for (const { field: name, reason } of known) mark(form.elements[name.split(".").at(-1)], reason);
  if (known.length) form.elements[known[0].field.split(".").at(-1)].focus();
  else fill(placeOf(form), error.message || "Something went wrong.").hidden = false;
}

export function mark(input, reason) {
  input.setAttribute("aria-invalid", "true");
  const told = document.getElementById(`${input.id}-error`);
  if (told) fill(told, reason).hidden = false;
}

export function clearProblems(form) {
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  for (const told of form.querySelectorAll(".field-error, .form-problem")) told.hidden = true;
}

/** onsubmit: sending(async (form) => {...}): no second sending while one is under way; errors are told in the form. */
export const sending = (send) => async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  clearProblems(form);
  try {
    await send(form);
  } catch (error) {
    tellProblem(form, error);
  } finally {
    form.removeAttribute("aria-busy");
  }
};

function placeOf(form) {
  const found = form.querySelector(".form-problem");
  if (found) return found;
  const place = h("p", { class: "form-problem", role: "alert" });
  form.querySelector(".form-foot, button[type=submit]")?.before(place);
  return place;
}
