// Builds DOM nodes. Text of other people only ever enters the page through here, as text nodes.

import { word } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** A node: `props` holds attributes, plus `data` (dataset), `on` (listeners) and the page's own words. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on") listen(node, value);
    else if (name === "word") put(node, "word", value);
    else if (name === "label") put(node, "wordLabel", value);
    else if (name === "hint") put(node, "wordHint", value);
    else if (name === "title") put(node, "wordTitle", value);
    else if (name === "style") node.style.cssText = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function listen(node, handlers) {
  for (const [name, handler] of Object.entries(handlers)) node.addEventListener(name, handler);
}

/** Remembers which of the page's words a node shows, so that a switch of language can find it. */
function put(node, slot, key) {
  node.dataset[slot] = key;
  speak(node);
}

function speak(node) {
  const { word: text, wordLabel, wordHint, wordTitle } = node.dataset;
  if (text) node.textContent = word(text);
  if (wordLabel) node.setAttribute("aria-label", word(wordLabel));
  if (wordHint) node.setAttribute("placeholder", word(wordHint));
  if (wordTitle) {
    node.setAttribute("title", word(wordTitle));
    if (!node.textContent.trim() && !wordLabel) node.setAttribute("aria-label", word(wordTitle));
  }
}

/** Puts another of the page's words on a node. */
export function reword(node, key) {
  put(node, "word", key);
}

/** Says every word of the page again, in the language of now. */
export function translate(root = document) {
  const slots = "[data-word],[data-word-label],[data-word-hint],[data-word-title]";
  for (const node of root.querySelectorAll(slots)) speak(node);
}

/** One of the drawings kept in index.html. */
export function icon(name, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const AVATAR_HUES = [
  ["#ff885e", "#d4414f"], ["#f0a13c", "#c8641b"], ["#9a86e8", "#6a4fc4"], ["#6dbf57", "#34892e"],
  ["#45bcd0", "#1f7f9e"], ["#55a5ec", "#2568b8"], ["#f0719b", "#c23a70"],
];

/** The round picture of someone without a picture: colours by id, letters by name. */
export function avatar(id, name, className = "avatar") {
  const [from, to] = AVATAR_HUES[Math.abs(Number(id)) % AVATAR_HUES.length];
  const letters = name.split(/\s+/u).slice(0, 2).map((part) => [...part][0] ?? "").join("");
  return h("span", {
    class: className, "aria-hidden": "true", style: `--from:${from};--to:${to}`,
  }, letters.toUpperCase());
}

/** The person's full name as Telegram shows it. */
export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

/** Moves the focus along a row or column of controls with the arrow keys, as toolbars and menus do. */
export function arrowKeys(container, selector) {
  container.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const items = [...container.querySelectorAll(selector)].filter((item) => item.offsetParent);
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    items[(at + step + items.length) % items.length].focus();
  });
}
