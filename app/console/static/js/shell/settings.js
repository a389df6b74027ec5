/** What this browser remembers of how its agent likes to work; nothing of customers. */

const KEY = "careline:settings";
const FIRST = { sound: false, keys: true, theme: "auto", about: true };

export const settings = () => ({ ...FIRST, ...kept() });

export function setting(name, value) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...settings(), [name]: value }));
  } catch {
    // A browser that keeps nothing works for this visit.
  }
  applyTheme();
}

export function applyTheme() {
  const { theme } = settings();
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

applyTheme();
window.addEventListener("storage", (event) => event.key === KEY && applyTheme());
