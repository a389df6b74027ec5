/** From values to places in a picture: round ends of an axis, and its steps. */

const STEPS = [1, 2, 2.5, 5, 10];

/** The round number at or above the highest value, and a few steps up to it. */
export function axisFor(values, wanted = 4) {
  const highest = Math.max(0, ...values.filter(Number.isFinite));
  if (highest === 0) return { top: 1, ticks: [0, 1] };
  const step = roundStep(highest / wanted, highest > 4 || values.every(Number.isInteger));
  const count = Math.ceil(highest / step - 1e-9);
  return { top: step * count, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}

function roundStep(rough, whole) {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.find((each) => each * power >= rough - 1e-9) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/** So many names apart are those that fit, if each needs so many pixels. */
export function everyNth(count, width, needed) {
  return Math.max(1, Math.ceil((count * needed) / Math.max(1, width)));
}
