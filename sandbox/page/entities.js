// Turns a text and its Telegram entities into DOM nodes; offsets count UTF-16 units, as JavaScript strings do.

import { h } from "./dom.js";
import { painted } from "./emoji.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// What Telegram's apps find by themselves in a text that carries no entity for it.
const FOUND = new RegExp([
  String.raw`(?<url>https?://[^\s<>"]+[^\s<>".,;:!?)\]]|\bt\.me/[\w/?=&%+-]+)`,
  String.raw`(?<bot_command>(?<![\w/<>])/[a-z][a-z0-9_]{0,31}(?:@\w+)?(?![\w/<>]))`,
  String.raw`(?<mention>(?<![\w@])@[a-zA-Z]\w{4,31}(?!\w))`,
].join("|"), "giu");

/** The nodes of a text; `act` is told `{kind, value}` when someone presses a link or a command. */
export function rich(text, entities = [], act = () => {}) {
  const sorted = [...entities, ...detected(text, entities)]
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, sorted, act);
  return fragment;
}

function detected(text, entities) {
  const taken = entities.filter((entity) => ["code", "pre", "text_link"].includes(entity.type)
    || TAGS[entity.type] === undefined);
  const found = [];
  for (const match of text.matchAll(FOUND)) {
    const [type] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    const entity = { type, offset: match.index, length: match[0].length };
    if (!taken.some((other) => overlaps(other, entity)) && !torn(entity, entities)) found.push(entity);
  }
  return found;
}

function overlaps(a, b) {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

/** A found entity must lie wholly inside or outside of every given one. */
function torn(found, entities) {
  return entities.some((entity) => overlaps(entity, found)
    && !(entity.offset <= found.offset
      && found.offset + found.length <= entity.offset + entity.length));
}

function fill(parent, text, from, to, entities, act) {
  let at = from;
  let rest = entities.filter((entity) => entity.offset >= from && entity.offset + entity.length <= to);
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const end = entity.offset + entity.length;
    const node = element(entity, text.slice(entity.offset, end), act);
    const before = text.slice(at, entity.offset);
    // A block stands on lines of its own, so the line breaks that set it off in the text are already there.
    const block = node.matches("pre, blockquote");
    parent.append(...painted(block ? before.replace(/\n$/u, "") : before));
    fill(node, text, entity.offset, end, others.filter((other) => other.offset < end), act);
    parent.append(node);
    at = block && text[end] === "\n" ? end + 1 : end;
    rest = others.filter((other) => other.offset >= end);
  }
  if (at < to) parent.append(...painted(text.slice(at, to)));
}

function element(entity, value, act) {
  if (entity.type in TAGS) return h(TAGS[entity.type]);
  switch (entity.type) {
    case "pre": return h("pre", { data: entity.language ? { codeLanguage: entity.language } : {} });
    case "spoiler": return spoiler();
    case "text_link": return link("url", entity.url, act);
    case "url": return link("url", value, act);
    case "bot_command": return link("command", value, act);
    case "mention": return link("url", `https://t.me/${value.slice(1)}`, act);
    case "email": return link("url", `mailto:${value}`, act);
    case "phone_number": return link("url", `tel:${value}`, act);
    default: return h("span", { class: `entity ${entity.type}` });
  }
}

/** A button, not an anchor: nothing a bot sends may lead the browser away by itself. */
function link(kind, value, act) {
  return h("button", {
    type: "button", class: "link", role: "link", data: { link: value },
    on: { click: () => act({ kind, value }) },
  });
}

function spoiler() {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", title: "spoiler" });
  const reveal = () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("tabindex");
    node.removeAttribute("title");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); reveal(); }
  });
  return node;
}
