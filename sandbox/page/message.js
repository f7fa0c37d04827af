// One message as a bubble: who, what, when, ticks, "edited", and the keyboard below.

import { clockTime } from "./clock.js";
import { fullName, h, icon } from "./dom.js";
import { painted } from "./emoji.js";
import { rich } from "./entities.js";
import { copy, inlineKeyboard } from "./keyboard.js";
import { mediaOf } from "./media.js";
import { word } from "./words.js";

const QUOTE_LENGTH_MAX = 90;
const QUOTED_KINDS = ["photo", "document", "contact", "location", "sticker", "voice", "video", "poll"];
const BIG_EMOJI = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?){1,3}$/u;

/** Whether the phone's own person wrote it. */
export function isOwn(message, person) {
  return message.from?.id === person.id;
}

/** The row of the log that shows this message. */
export function messageRow(message, phone) {
  const own = isOwn(message, phone.person);
  const service = serviceWords(message);
  const row = h("div", {
    class: `row ${service ? "service" : own ? "own" : "theirs"}`,
    data: { message: String(message.message_id), from: own ? "person" : "bot" },
  });
  row.append(service ? h("span", { class: "pill" }, service) : stack(message, phone, own));
  return row;
}

function stack(message, phone, own) {
  const keys = inlineKeyboard(message, phone);
  const bubble = bubbleOf(message, phone, own);
  const menu = messageMenu(message, phone, own);
  openOnTouch(bubble, menu);
  return h("div", { class: `stack ${keys ? "keyed" : ""}` }, bubble, keys, menu);
}

function bubbleOf(message, phone, own) {
  const media = mediaOf(message, phone);
  const text = message.text ?? message.caption ?? "";
  const bare = !media && BIG_EMOJI.test(text);
  const speaker = own ? word("fromYou") : word("fromBot", { name: authorName(message) });
  const bubble = h("div", { class: `bubble ${media?.dataset.shape ?? ""} ${bare ? "jumbo" : ""}` },
    h("span", { class: "sr" }, speaker), groupName(message, own), origin(message), quote(message), media);
  const meta = metaOf(message, phone, own);
  if (text) {
    const entities = message.text ? message.entities : message.caption_entities;
    bubble.append(h("div", { class: "text", dir: "auto" },
      h("span", { data: { text: "" } }, rich(text, entities, (link) => phone.follow(link))), meta));
  } else {
    meta.classList.add(media?.dataset.shape === "picture" ? "over" : "below");
    bubble.append(meta);
  }
  return bubble;
}

function authorName(message) {
  return message.from ? fullName(message.from) : message.chat?.title ?? "";
}

/** In a group the name of the writer stands on top of the bubble. */
function groupName(message, own) {
  if (own || !message.chat || message.chat.type === "private") return null;
  return h("div", { class: "author" }, authorName(message));
}

/** Who wrote a forwarded message first. */
function origin(message) {
  const from = message.forward_origin;
  if (!from) return null;
  const name = from.sender_user ? fullName(from.sender_user) : from.sender_user_name ?? from.chat?.title ?? "";
  return h("div", { class: "author", data: { forwarded: "" } }, word("forwardedFrom", { name }));
}

/** The words of a message, or what it holds if it has none. */
export function gist(message) {
  const kind = QUOTED_KINDS.find((name) => message[name]) ?? "message";
  return message.text ?? message.caption ?? word(kind === "contact" ? "contactCard" : kind);
}

function quote(message) {
  const quoted = message.reply_to_message;
  if (!quoted) return null;
  const text = gist(quoted);
  const short = text.length > QUOTE_LENGTH_MAX ? `${text.slice(0, QUOTE_LENGTH_MAX)}…` : text;
  return h("div", { class: "quote" }, h("b", {}, authorName(quoted)), h("span", {}, ...painted(short)));
}

function metaOf(message, phone, own) {
  const meta = h("span", { class: "meta" });
  if (message.edit_date) meta.append(h("span", { class: "edited", word: "edited", data: { edited: "" } }), " ");
  meta.append(h("time", {
    datetime: new Date(message.date * 1000).toISOString(), data: { time: String(message.date) },
  }, clockTime(message.date, phone.zone)));
  if (own) meta.append(h("span", { class: "ticks" }, icon("tick"), h("span", { class: "sr", word: "sent" })));
  return meta;
}

/** Two ticks: the bot has seen it. */
export function markRead(row) {
  const ticks = row.querySelector(".ticks");
  if (!ticks || row.dataset.read) return;
  row.dataset.read = "true";
  ticks.replaceChildren(icon("ticks"), h("span", { class: "sr", word: "read" }));
}

/** Writes the times of a row again, after a change of zone or language. */
export function retime(row, zone) {
  for (const time of row.querySelectorAll("time[data-time]")) {
    time.textContent = clockTime(Number(time.dataset.time), zone);
  }
}

/** What a message offers: answer it, pass it on, copy it; one's own words can be changed. */
function messageMenu(message, phone, own) {
  const words = message.text ?? message.caption;
  const items = [
    { name: "reply", icon: "reply", word: "reply", run: () => phone.composer.reply(message) },
    { name: "forward", icon: "forward", word: "forward", run: () => phone.askWhereTo(message, button) },
    ...(own && words && !message.forward_origin
      ? [{ name: "edit", icon: "pencil", word: "edit", run: () => phone.composer.edit(message) }] : []),
    ...(words ? [{ name: "copy", icon: "copy", word: "copyText", run: () => copy(words, phone) }] : []),
  ];
  const button = h("button", {
    type: "button", class: "row-menu", label: "options", "aria-haspopup": "menu", data: { messageMenu: "" },
    on: { click: () => phone.openMenu(button, items) },
  }, icon("dots"));
  return button;
}

/** On a touch screen a tap on a message opens its menu; elsewhere the secondary button does. */
function openOnTouch(bubble, button) {
  const open = (event) => {
    if (event.target.closest("button, a, .spoiler")) return;
    event.preventDefault();
    button.click();
  };
  bubble.addEventListener("contextmenu", open);
  if (matchMedia("(hover: none)").matches) bubble.addEventListener("click", open);
}

function serviceWords(message) {
  if (message.group_chat_created) return message.chat.title;
  if (message.new_chat_members) return `+ ${message.new_chat_members.map(fullName).join(", ")}`;
  if (message.left_chat_member) return `− ${fullName(message.left_chat_member)}`;
  if (message.pinned_message) return "📌";
  return null;
}
