/** Calls to the service: JSON in and out, with an end in time, and errors that tell what happened. */

const PATIENCE = 15_000;

/**
 * What the service answered. `name` is the stable word of the problem, such as already-claimed; 0 is no answer at
 * all.
 */
export class ApiError extends Error {
  constructor({ status, name, title, detail = "", errors = [], seconds = 0 }) {
    super(detail || title);
    Object.assign(this, { status, name, title, detail, errors, seconds });
  }

  /** Nothing was answered, or the service could not do it just now: the same request may be sent again. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Options of all: `timeout` in milliseconds, `signal` to give up earlier, `headers`. */
export const get = (path, options) => call("GET", path, undefined, options);
export const post = (path, body, options) => call("POST", path, body, options);
export const put = (path, body, options) => call("PUT", path, body, options);
export const patch = (path, body, options) => call("PATCH", path, body, options);
export const del = (path, body, options) => call("DELETE", path, body, options);

/** Sends files with their progress (0 to 1): upload("/v1/agent/articles/files", formData, { progress }). */
export function upload(path, form, { progress = () => {}, headers = {}, timeout = 120_000, signal } = {}) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.timeout = timeout;
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      const body = read(request.responseText);
      if (request.status < 300) done(body);
      else failed(told(problem(request.status, body, request.getResponseHeader("Retry-After"))));
    };
    request.onerror = () => failed(unanswered());
    request.ontimeout = () => failed(late());
    request.onabort = () => failed(new DOMException("Given up.", "AbortError"));
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/** "/v1/agent/conversations" and { q: "late", tag: "" } make an address; empty values are left out. */
export function address(path, query) {
  const kept = Object.entries(query).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const words = new URLSearchParams(kept).toString();
  return words ? `${path}?${words}` : path;
}

const listeners = new Set();

/** Calls back when the service says that nobody is signed in here any more; gives a function that stops it. */
export function onSignedOut(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Headers that every call carries besides its own. */
export const always = {};

async function call(method, path, body, { timeout = PATIENCE, signal, headers = {} } = {}) {
  const end = AbortSignal.timeout(timeout);
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const type = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    const answer = await fetch(path, {
      method,
      ...content,
      headers: { Accept: "application/json", ...type, ...always, ...headers },
      signal: signal ? AbortSignal.any([signal, end]) : end,
      credentials: "same-origin",
      cache: "no-store",
    });
    const found = read(await answer.text());
    if (answer.ok) return found;
    throw told(problem(answer.status, found, answer.headers.get("Retry-After")));
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    throw error.name === "TimeoutError" ? late() : unanswered();
  }
}

function read(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function problem(status, body, retryAfter) {
  const name = String(body?.type ?? "").replace("about:careline/", "") || "refused";
  const title = body?.title ?? "The service could not do this.";
  const errors = body?.errors ?? [];
  return new ApiError({ status, name, title, detail: body?.detail, errors, seconds: Number(retryAfter) || 0 });
}

function told(error) {
  if (error.status === 401 && error.name === "unauthorized") for (const listener of listeners) listener(error);
  return error;
}

const unanswered = () => new ApiError({ status: 0, name: "offline", title: "The service cannot be reached just now." });
const late = () => new ApiError({ status: 0, name: "late", title: "The service took too long to answer." });
