// What this browser remembers: light or dark, the language, the zone, the guide. Nothing breaks when it may not remember.

const KEYS = { theme: "sandbox-theme", language: "sandbox-language", zone: "sandbox-zone", guide: "sandbox-guide" };

export function recall(name) {
  try {
    return localStorage.getItem(KEYS[name]);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(KEYS[name], value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/** Follows the system until a person has chosen. */
export function applyTheme(theme = recall("theme")) {
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

/** The other of the two, and it stays chosen. */
export function switchTheme() {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  remember("theme", next);
  applyTheme(next);
}
