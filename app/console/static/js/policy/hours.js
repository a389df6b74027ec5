/** The week's hours in one time zone, and days on which nobody is there. */

import { fill, h } from "../shell/dom.js";
import { icon } from "../shell/icons.js";
import { field, mark } from "../shell/forms.js";
import { banner, cross, quiet } from "../parts/pieces.js";
import { calendarDay } from "../parts/times.js";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NONE = "No hours are set: whether someone is there depends on who is on duty alone.";
const WORKDAYS = DAYS.slice(0, 5);

export function hoursFields(policy, changed) {
  const hours = new HoursForm(changed);
  return {
    element: hours.element,
    read: () => hours.read(),
    write: (body) => hours.write(body),
    mark: (name, words) => hours.mark(name, words),
  };
}

class HoursForm {
  constructor(changed) {
    this.changed = changed;
    this.set = h("input", {
      type: "checkbox",
      onchange: () => {
        this.toggle();
        changed();
      },
    });
    this.zone = h("input", { class: "input", name: "zone", list: "zones", autocomplete: "off", oninput: changed });
    this.days = DAYS.map((day) => new Day(day, changed));
    this.closed = new ClosedDays(changed);
    this.week = this.weekOf();
    this.none = banner("info", h("p", {}, NONE));
    const choice = h("label", { class: "check" }, this.set, "We have set hours");
    this.element = h("div", { class: "card hours" }, choice, this.none, this.week);
  }

  weekOf() {
    const zone = field({ label: "Time zone", control: this.zone });
    const days = this.days.map((day) => day.element);
    return h("div", { class: "week" }, zone, zones(), h("div", { class: "days" }, days), this.closed.element);
  }

  write(body) {
    this.set.checked = Object.keys(body).length > 0;
    this.zone.value = body.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const usual = this.set.checked
      ? (body.week ?? {})
      : Object.fromEntries(WORKDAYS.map((day) => [day, ["09:00-17:00"]]));
    for (const day of this.days) day.write(usual[day.name] ?? []);
    this.closed.write(body.closed ?? []);
    this.toggle();
  }

  toggle() {
    this.week.hidden = !this.set.checked;
    this.none.hidden = this.set.checked;
  }

  read() {
    if (!this.set.checked) return {};
    const open = this.days.map((day) => [day.name, day.read()]).filter(([, spans]) => spans.length > 0);
    return { zone: this.zone.value.trim(), week: Object.fromEntries(open), closed: this.closed.read() };
  }

  mark(name, words) {
    if (name === "zone") mark(this.zone, words);
    else this.zone.removeAttribute("aria-invalid");
    return name === "zone";
  }
}

function zones() {
  const names = Intl.supportedValuesOf?.("timeZone") ?? [];
  return h(
    "datalist",
    { id: "zones" },
    names.map((name) => h("option", { value: name })),
  );
}

/** A day has any number of spans; none is a closed day. */
class Day {
  constructor(name, changed) {
    Object.assign(this, { name, changed });
    this.title = name[0].toUpperCase() + name.slice(1);
    this.spans = h("div", { class: "spans" });
    const add = quiet(
      "Add hours",
      () => {
        this.add("09:00-17:00");
        changed();
      },
      { "aria-label": `Add hours on ${this.title}` },
    );
    this.element = h("div", { class: "day" }, h("span", { class: "day-name" }, this.title), this.spans, add);
  }

  write(spans) {
    fill(this.spans);
    for (const span of spans) this.add(span);
    this.tell();
  }

  add(span) {
    const [from, to] = span.split("-");
    const time = (value, words) =>
      h("input", {
        class: "input time-input",
        type: "time",
        value,
        required: true,
        "aria-label": `${this.title}, ${words}`,
        oninput: this.changed,
      });
    const drop = cross(`Take these hours of ${this.title} away`, () => {
      row.remove();
      this.tell();
      this.changed();
    });
    const row = h(
      "div",
      { class: "span" },
      time(from, "from"),
      h("span", { "aria-hidden": "true" }, "\u2013"),
      time(to === "24:00" ? "00:00" : to, "to"),
      drop,
    );
    this.spans.querySelector(".day-closed")?.remove();
    this.spans.append(row);
  }

  tell() {
    if (!this.spans.hasChildNodes()) this.spans.append(h("span", { class: "day-closed" }, "Closed"));
  }

  /** Midnight as an end is the end of the day. */
  read() {
    const rows = [...this.spans.querySelectorAll(".span")].map((row) =>
      [...row.querySelectorAll("input")].map((input) => input.value),
    );
    return rows.map(([from, to]) => `${from}-${to === "00:00" ? "24:00" : to}`).sort();
  }
}

class ClosedDays {
  constructor(changed) {
    this.days = new Set();
    this.changed = changed;
    this.list = h("ul", { class: "closed-days" });
    this.input = h("input", { class: "input", type: "date" });
    const add = quiet("Add", () => this.add());
    this.element = h(
      "div",
      { class: "closed" },
      field({ label: "Days on which nobody is there", control: this.input }),
      add,
      this.list,
    );
  }

  add() {
    if (!this.input.value) return;
    this.days.add(this.input.value);
    this.input.value = "";
    this.draw();
    this.changed();
  }

  write(days) {
    this.days = new Set(days);
    this.draw();
  }

  draw() {
    fill(
      this.list,
      this.read().map((day) =>
        h(
          "li",
          { class: "chip" },
          calendarDay(day),
          h(
            "button",
            {
              type: "button",
              class: "chip-button",
              "aria-label": `Take ${calendarDay(day)} away`,
              onclick: () => {
                this.days.delete(day);
                this.draw();
                this.changed();
              },
            },
            icon("cross", 14),
          ),
        ),
      ),
    );
  }

  read() {
    return [...this.days].sort();
  }
}
