/** What stays in the browser, and what tabs and tries have in common. */

/** Where the browser keeps nothing, a plain object does for as long as the page lasts. */
export let kept = {};
try {
  kept = localStorage;
} catch {}

/** Of one tab at a time, where the browser can tell. */
export const locks = navigator.locks ?? { request: (name, options, work) => work() };

export const newKey = () => `${Date.now()}-${Math.random()}`;

/** Whether the same request may go through later; an error without a status: no connection. */
export const passes = ({ status }) => !status || status >= 500 || status === 429;

/** Half a second and more, eight at most, never all at once. */
export const backOff = (tries) => Math.min(8_000, 500 * 2 ** tries) * (0.5 + Math.random());

export const nothing = () => {};
