/** Uploading files as articles: chosen or dropped, with progress, and what came of each. */

import { upload } from "../shell/api.js";
import { fill, h } from "../shell/dom.js";
import { wordsOf } from "../parts/loading.js";
import { banner, button, quiet } from "../parts/pieces.js";
import { many } from "../parts/times.js";

const KINDS = ".md,.markdown,.html,.htm,.txt,.pdf,.docx,.csv,.jsonl";
const MOST = 20;

/** A button, the place where the upload is told, and dropping; `taken` is called when articles have come in. */
export function uploader(taken) {
  const place = h("div", { class: "upload" });
  const input = h("input", {
    type: "file",
    multiple: true,
    accept: KINDS,
    hidden: true,
    "aria-label": "Files to upload",
  });
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    if (files.length > 0) send(place, files, taken);
  });
  const choose = button("Upload files", () => input.click());
  const into = (files) => files.length > 0 && send(place, files, taken);
  return { button: [choose, input], place, droppedOn: (element) => droppedOn(element, into) };
}

/** Files that are dragged onto the element are taken as if they were chosen. */
function droppedOn(element, into) {
  const over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    element.classList.toggle("dropping", event.type === "dragover");
    if (event.type === "drop") into([...event.dataTransfer.files]);
  };
  for (const name of ["dragover", "dragleave", "drop"]) element.addEventListener(name, over);
}

async function send(place, files, taken) {
  if (files.length > MOST)
    return fill(place, banner("warm", h("p", {}, `Please choose at most ${MOST} files at a time.`)));
  const giving = new AbortController();
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Upload" });
  const words = h("span", { class: "upload-words" }, `Uploading ${many(files.length, "file")}`);
  const stop = quiet("Stop", () => giving.abort());
  fill(place, h("div", { class: "banner info upload-running", role: "status" }, words, bar, stop));
  const progress = (share) => told(bar, words, stop, share);
  try {
    const report = await upload("/v1/agent/articles/files", formOf(files), { progress, signal: giving.signal });
    fill(
      place,
      came(report, () => fill(place)),
    );
    taken();
  } catch (error) {
    if (error.name === "AbortError") return fill(place);
    fill(
      place,
      banner(
        "danger",
        h("p", {}, wordsOf(error)),
        quiet("Try again", () => send(place, files, taken)),
      ),
    );
  }
}

function told(bar, words, stop, share) {
  bar.value = share;
  if (share < 1) return;
  bar.removeAttribute("value");
  stop.hidden = true;
  words.textContent = "Reading the files";
}

function formOf(files) {
  const form = new FormData();
  for (const file of files) form.append("files", file, file.name);
  return form;
}

function came(report, close) {
  const broken = Object.entries(report.broken);
  const taken = report.changed.length;
  const lines = [`${many(taken, "article")} taken in with ${many(report.passages, "passage")}.`];
  if (report.unchanged.length > 0) lines.push(`${many(report.unchanged.length, "article")} unchanged.`);
  const failed = broken.map(([name, why]) => h("li", {}, h("strong", {}, name), `: ${why}`));
  const list =
    failed.length > 0 ? [h("p", {}, `${many(failed.length, "file")} could not be taken:`), h("ul", {}, failed)] : null;
  return banner(failed.length > 0 ? "warm" : "good", h("p", {}, lines.join(" ")), list, quiet("Close", close));
}
