/** The title of the tab: where one is, and how many wait. */

let words = "Careline";
let number = 0;

export function title(page) {
  words = page;
  show();
}

export function badge(count) {
  number = count;
  show();
}

function show() {
  document.title = `${number ? `(${number}) ` : ""}${words} · Careline`;
}
