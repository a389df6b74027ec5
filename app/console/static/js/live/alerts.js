/** Tells of new handoffs and of customers who answered: a short sound where it is wanted, a number in the title. */

import { announce } from "../shell/notices.js";
import { settings } from "../shell/settings.js";
import { badge } from "../shell/title.js";
import { nameOf } from "../shell/names.js";
import { onQueue } from "./live.js";

const KEY = "careline:focused";
const HANDOFF = [659, 880];
const ANSWER = [587];
const own = String(Math.random());

let stop = null;
let sound = null;

export function startAlerts() {
  const known = { waiting: null, mine: null };
  const focused = () => localStorage.setItem(KEY, own);
  window.addEventListener("focus", focused);
  document.addEventListener("pointerdown", ready);
  document.addEventListener("keydown", ready);
  focused();
  const unheard = onQueue((queue) => looked(queue, known));
  stop = () => {
    window.removeEventListener("focus", focused);
    document.removeEventListener("pointerdown", ready);
    document.removeEventListener("keydown", ready);
    unheard();
    badge(0);
  };
}

export function stopAlerts() {
  stop?.();
  stop = null;
}

/** Lets the agent hear what it will be. */
export function tryOutSound() {
  opened();
  play(HANDOFF);
}

export const answersDue = (queue) => (queue?.mine ?? []).filter(({ last }) => last?.author === "customer");

function looked(queue, known) {
  const waiting = new Map(queue.waiting.filter(({ muted }) => !muted).map((item) => [item.conversation, item]));
  const mine = new Map(answersDue(queue).map((item) => [`${item.conversation} ${item.last.at}`, item]));
  badge((queue.counts?.waiting ?? waiting.size) + mine.size);
  const fresh = known.waiting && [...waiting].find(([key]) => !known.waiting.has(key))?.[1];
  const answered = known.mine && [...mine].find(([key]) => !known.mine.has(key))?.[1];
  Object.assign(known, { waiting, mine });
  if (fresh) tell(`${nameOf(fresh.customer)} waits for a person.`, HANDOFF);
  else if (answered) tell(`${nameOf(answered.customer)} answered.`, ANSWER);
}

function tell(words, tones) {
  announce(words);
  if (settings().sound && localStorage.getItem(KEY) === own) play(tones);
}

/** Browsers let a page sound only after its agent did something on it. */
function ready() {
  if (settings().sound) opened();
}

function opened() {
  sound ??= new AudioContext();
  if (sound.state === "suspended") sound.resume();
}

function play(tones) {
  if (!sound) return;
  tones.forEach((tone, place) => {
    const from = sound.currentTime + place * 0.16;
    const source = new OscillatorNode(sound, { type: "sine", frequency: tone });
    const loudness = new GainNode(sound, { gain: 0 });
    loudness.gain.setTargetAtTime(0.14, from, 0.012);
    loudness.gain.setTargetAtTime(0, from + 0.1, 0.07);
    source.connect(loudness).connect(sound.destination);
    source.start(from);
    source.stop(from + 0.6);
  });
}
