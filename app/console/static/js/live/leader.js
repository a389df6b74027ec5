/** Chooses one tab of this browser for a work that is to be done once. */

const LEASE = 8_000;
const LOOK = 2_000;

/**
 * Runs `work(signal)` in one tab at a time; the next tab goes on when that one closes. Gives { steal, stop }:
 * `steal` takes the work from a tab that does not answer any more.
 */
export function leading(name, work) {
  return navigator.locks ? byLock(name, work) : byLease(name, work);
}

function byLock(name, work) {
  let ended = false;
  let asking = new AbortController();
  let doing = null;
  const hold = async () => {
    doing = new AbortController();
    await work(doing.signal);
  };
  const ask = async (options, own) => {
    try {
      await navigator.locks.request(name, options, hold);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
    if (own === asking) doing?.abort();
    if (!ended && own === asking) ask({ signal: own.signal }, own);
  };
  ask({ signal: asking.signal }, asking);
  return {
    steal() {
      if (ended || (doing && !doing.signal.aborted)) return;
      asking.abort();
      asking = new AbortController();
      ask({ steal: true }, asking);
    },
    stop() {
      ended = true;
      asking.abort();
      doing?.abort();
    },
  };
}

/** For pages without a secure context, which have no locks: a lease that is renewed, and runs out by itself. */
function byLease(name, work) {
  const own = String(Math.random());
  let doing = null;
  const look = () => {
    const held = kept(name);
    const mine = held?.own === own;
    if (!mine && held && held.until > Date.now()) return doing?.abort();
    localStorage.setItem(name, JSON.stringify({ own, until: Date.now() + LEASE }));
    if (mine && (!doing || doing.signal.aborted)) work((doing = new AbortController()).signal);
    return undefined;
  };
  const timer = setInterval(look, LOOK);
  look();
  setTimeout(look, 100);
  const stop = () => {
    clearInterval(timer);
    doing?.abort();
    if (kept(name)?.own === own) localStorage.removeItem(name);
  };
  window.addEventListener("pagehide", stop, { once: true });
  return { steal: () => {}, stop };
}

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
