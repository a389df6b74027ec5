/** What the console shows first: an invite, the sign-in, or the pages. */

import { get, onSignedOut } from "./api.js";
import { fill, h } from "./dom.js";
import { framed } from "./frame.js";
import { setMe } from "./pages.js";
import { problemBox } from "./states.js";
import { inviteFromAddress, invitePage } from "../sign_in/invite.js";
import { signInPage } from "../sign_in/page.js";
import { stopLive } from "../live/live.js";

const AGAIN = 3_000;

let root = null;
let end = null;

export async function start(element) {
  root = element;
  onSignedOut(signedOut);
  window.addEventListener("careline:refused", signedOut);
  const invite = inviteFromAddress();
  if (invite) show(invitePage(invite, opened));
  else await opened();
}

/** Asks who is signed in and shows the pages, or the sign-in. */
export async function opened() {
  try {
    const agent = await get("/v1/agent");
    setMe(agent);
    leave();
    end = framed(root, agent);
  } catch (error) {
    if (error.status === 401) show(signInPage(opened));
    else showProblem(error);
  }
}

/** After signing out here, or when the service said so. */
export function signedOut() {
  if (!end) return;
  leave();
  setMe(null);
  show(signInPage(opened, "You are signed out. Sign in to go on where you were."));
}

function showProblem(error) {
  show(h("main", { class: "alone" }, problemBox(error, opened)));
  if (error.passing) setTimeout(opened, AGAIN);
}

function show(page) {
  document.title = "Sign in · Careline";
  fill(root, page);
  root.querySelector("[autofocus]")?.focus();
}

function leave() {
  end?.();
  end = null;
  stopLive();
}
