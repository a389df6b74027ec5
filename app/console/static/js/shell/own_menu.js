/** The agent's own menu: duty, sound, colours, keys, account, signing out. */

import { del, put } from "./api.js";
import { confirm, openMenu } from "./dialogs.js";
import { notify, notifyProblem } from "./notices.js";
import { go, setMe } from "./pages.js";
import { setting, settings } from "./settings.js";
import { showKeys } from "./key_list.js";
import { signedOut } from "./start.js";
import { forgetAll, unsentConversations } from "../conversation/kept.js";
import { tryOutSound } from "../live/alerts.js";

const NEXT_THEME = { auto: "light", light: "dark", dark: "auto" };

export function agentMenu(button, agent) {
  const { sound, keys, theme } = settings();
  openMenu(button, [
    {
      label: agent.on_duty ? "Go off duty" : "Go on duty",
      icon: agent.on_duty ? "away" : "check",
      run: () => duty(agent),
    },
    {
      label: sound ? "Sound off" : "Sound on for new handoffs",
      icon: sound ? "mute" : "bell",
      run: () => toggleSound(!sound),
    },
    {
      label: keys ? "Keyboard shortcuts off" : "Keyboard shortcuts on",
      icon: "keys",
      run: () => setting("keys", !keys),
    },
    { label: "Show keyboard shortcuts", icon: "info", run: showKeys },
    {
      label: `Colours: ${theme}`,
      icon: theme === "dark" ? "moon" : "sun",
      run: () => setting("theme", NEXT_THEME[theme]),
    },
    null,
    { label: "Account and second factor", icon: "gear", run: () => go("#/account") },
    { label: "Sign out", icon: "out", run: () => signOut(agent) },
  ]);
}

export async function duty(agent) {
  const on = !agent.on_duty;
  try {
    await put("/v1/agent/duty", { on_duty: on });
    agent.on_duty = on;
    setMe(agent);
    for (const dot of document.querySelectorAll("[data-duty]")) dot.classList.toggle("on", on);
    window.dispatchEvent(new CustomEvent("careline:duty"));
    notify(on ? "You are on duty: customers are told that someone is here." : "You are off duty.");
  } catch (error) {
    notifyProblem(error);
  }
}

function toggleSound(on) {
  setting("sound", on);
  if (on) tryOutSound();
}

/** On a machine that others may use, no words stay behind; whoever still has some is asked first. */
async function signOut(agent) {
  const unsent = unsentConversations(agent.id).length;
  const words = "A reply is not sent yet, and a draft may be there. Both are deleted from this browser.";
  if (unsent && !(await confirm({ title: "Sign out now?", words, action: "Sign out", danger: true }))) return;
  try {
    await del("/v1/sign-in");
    forgetAll(agent.id);
    signedOut();
  } catch (error) {
    notifyProblem(error, "You are still signed in.");
  }
}
