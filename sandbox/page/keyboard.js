// The keyboard below a message: every kind of inline button and what pressing it does.

import { control, whyNot } from "./api.js";
import { h, icon } from "./dom.js";
import { painted } from "./emoji.js";
import { word } from "./words.js";

const ANSWER_WAIT_MS = 15000;
const CORNERS = { url: "arrow", copy_text: "copy", web_app: "window", login_url: "arrow", switch_inline_query: "share" };

/** The node for an InlineKeyboardMarkup, or null. `phone` is where a press takes effect. */
export function inlineKeyboard(message, phone) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "inline-keys", role: "group", label: "messageKeys" },
    ...rows.map((row) => h("div", { class: "inline-row" },
      ...row.map((button) => inlineButton(button, message, phone)))));
}

function kindOf(button) {
  return Object.keys(button).find((key) => !["text", "style", "icon_custom_emoji_id"].includes(key)) ?? "none";
}

function inlineButton(button, message, phone) {
  const kind = kindOf(button);
  const node = h("button", {
    type: "button", class: `inline-key ${button.style ?? ""}`,
    data: { button: button.text, kind, ...(button.callback_data ? { callback: button.callback_data } : {}) },
  }, h("span", { class: "key-text" }, ...painted(button.text)));
  if (CORNERS[kind]) node.append(icon(CORNERS[kind], "corner"));
  node.addEventListener("click", () => press(button, kind, node, message, phone));
  return node;
}

function press(button, kind, node, message, phone) {
  if (kind === "callback_data") return tap(button, node, message, phone);
  if (kind === "url") return phone.follow({ kind: "url", value: button.url });
  if (kind === "copy_text") return copy(button.copy_text.text, phone);
  return phone.toast(word("notHere"));
}

async function tap(button, node, message, phone) {
  if (node.dataset.busy) return;
  node.dataset.busy = "true";
  node.setAttribute("aria-busy", "true");
  const rest = () => {
    delete node.dataset.busy;
    node.removeAttribute("aria-busy");
  };
  try {
    const { callback_id: id } = await control("tap", {
      person: phone.person.id, message_id: message.message_id, data: button.callback_data,
    });
    phone.awaitAnswer(id, rest);
    setTimeout(rest, ANSWER_WAIT_MS);
  } catch (error) {
    rest();
    phone.toast(word("failed", { why: whyNot(error) }));
  }
}

/** Puts a text on the clipboard and says so; without the right to do that, shows the text instead. */
export async function copy(text, phone) {
  try {
    await navigator.clipboard.writeText(text);
    phone.toast(word("copied"));
  } catch {
    phone.toast(word("copyFailed", { text }));
  }
}

/** The keyboard under the input field: a ReplyKeyboardMarkup, pressed by `onKey(button)`. */
export function replyKeyboard(markup, onKey) {
  const rows = markup.keyboard.map((row) => h("div", { class: "reply-row" },
    ...row.map((raw) => replyKey(typeof raw === "string" ? { text: raw } : raw, onKey))));
  return h("div", {
    class: `reply-keys ${markup.resize_keyboard ? "" : "tall"}`, role: "group", label: "keys", data: { keyboard: "" },
  }, ...rows);
}

function replyKey(button, onKey) {
  const node = h("button", {
    type: "button", class: `reply-key ${button.style ?? ""}`, data: { key: button.text },
  }, h("span", { class: "key-text" }, ...painted(button.text)));
  if (button.request_location) node.prepend(icon("pin", "key-icon"));
  node.addEventListener("click", () => onKey(button));
  return node;
}

/** Says on the toggle whether the reply keyboard is open. */
export function markToggle(toggle, open) {
  toggle.setAttribute("aria-pressed", String(open));
  toggle.dataset.wordTitle = toggle.dataset.wordLabel = open ? "hideKeys" : "showKeys";
  toggle.replaceChildren(icon(open ? "keyboard-hide" : "keyboard"));
  toggle.setAttribute("aria-label", word(toggle.dataset.wordLabel));
  toggle.setAttribute("title", word(toggle.dataset.wordTitle));
}
