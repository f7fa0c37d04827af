// Where a person writes: the field, what may be attached, the bot's commands, the reply keyboard.

import { attachItems, pickFile } from "./attach.js";
import { CommandMenu } from "./commands.js";
import { h, icon } from "./dom.js";
import { markToggle, replyKeyboard } from "./keyboard.js";
import { gist } from "./message.js";
import { word } from "./words.js";

const INPUT_HEIGHT_MAX = 132;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.editing = null;
    this.replying = null;
    this.markup = null;
    this.menu = new CommandMenu(`commands-${phone.person.id}`, (name) => this.say(`/${name}`));
    this.input = h("textarea", {
      class: "input", rows: "1", hint: "message", label: "message", autocomplete: "off", spellcheck: "false", maxlength: "4096",
      "aria-autocomplete": "list", "aria-controls": this.menu.node.id, enterkeyhint: "send", data: { input: "" },
      on: { input: () => this.typed(), keydown: (event) => this.keys(event) },
    });
    this.menuButton = h("button", {
      type: "button", class: "menu-pill", hidden: true, label: "commands", title: "commands", "aria-expanded": "false",
      "aria-controls": this.menu.node.id, data: { commands: "" }, on: { click: (event) => this.toggleMenu(event) },
    }, icon("lines"), h("span", { word: "menu" }));
    this.toggle = h("button", {
      type: "button", class: "tool", hidden: true, data: { keyboardToggle: "" }, on: { click: () => this.openKeys(!this.keysOpen) },
    });
    this.attach = h("button", {
      type: "button", class: "tool", title: "attach", "aria-haspopup": "menu", "aria-expanded": "false", data: { attach: "" },
      on: { click: () => phone.openMenu(this.attach, attachItems(this)) },
    }, icon("clip"));
    this.send = h("button", { type: "submit", class: "tool send", title: "send", data: { send: "" } }, icon("send"));
    this.voice = h("button", {
      type: "button", class: "tool mic", title: "sendVoice", data: { voice: "" }, on: { click: () => this.speak() },
    }, icon("mic"));
    this.file = h("input", { type: "file", hidden: true, tabindex: "-1", data: { file: "" }, on: { change: () => pickFile(this) } });
    this.editBar = h("div", { class: "edit-bar", hidden: true });
    this.failBar = h("div", { class: "fail-bar", role: "alert", hidden: true, data: { failed: "" } });
    this.keysHolder = h("div", { class: "keys-holder" });
    const form = h("form", { class: "composer-line", on: { submit: (event) => { event.preventDefault(); this.submit(); } } },
      this.menuButton, this.input, this.toggle, this.attach, this.voice, this.send, this.file);
    this.node = h("div", { class: "composer" }, this.menu.node, this.failBar, this.editBar, form, this.keysHolder);
    this.menu.onState = (open) => this.menuButton.setAttribute("aria-expanded", String(open));
    this.node.addEventListener("focusout", (event) => {
      if (!this.node.contains(event.relatedTarget) && this.menu.open) setTimeout(() => this.menu.close(), 150);
    });
  }

  /** What the bot offers in its menu. */
  setCommands(commands) {
    this.menu.set(commands);
    this.menuButton.hidden = commands.length === 0;
  }

  toggleMenu(event) {
    if (this.menu.open) return this.menu.close();
    this.menu.show();
    // On a touch screen the focus would bring up the system keyboard over the menu; only key users need it.
    if (event.detail === 0) {
      this.input.focus();
      this.menu.move(1, this.input);
    }
  }

  typed() {
    this.fit();
    this.menu.filter(this.input.value);
    this.input.removeAttribute("aria-activedescendant");
  }

  fit() {
    // What stands beside a filled field is narrower, so its height is taken afterwards.
    this.node.classList.toggle("filled", this.input.value.trim() !== "");
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, INPUT_HEIGHT_MAX)}px`;
  }

  keys(event) {
    if (event.isComposing) return;
    if (this.menu.open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.menu.move(event.key === "ArrowDown" ? 1 : -1, this.input);
    } else if (event.key === "Escape") {
      this.menu.close();
      this.leaveBar();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (!this.menu.choose()) this.submit();
    }
  }

  submit() {
    const text = this.input.value;
    if (text.trim() === "") return;
    if (this.editing) this.saveEdit(text);
    else this.say(text, text);
  }

  /** A voice message, as the microphone of an empty field sends one. */
  async speak() {
    await this.phone.act("media", { kind: "voice" });
  }

  /** Sends words; `typedText` comes back into the field if they could not be sent. */
  async say(text, typedText = "") {
    this.write("");
    this.menu.close();
    const sent = await this.phone.act("say", { text, ...this.quoted() });
    if (!sent && typedText && !this.input.value) this.write(typedText);
  }

  /** Puts words into an empty field, for the person to send. */
  suggest(text) {
    if (!this.input.value) this.write(text);
    if (matchMedia("(hover: hover)").matches) this.input.focus({ preventScroll: true });
  }

  /** Says above the field why something was not sent, until it is sent or put aside. */
  failed(why, again, text) {
    const retry = () => {
      this.succeeded();
      if (this.input.value === text) this.write("");
      return again();
    };
    this.failBar.hidden = false;
    this.failBar.replaceChildren(icon("stop"), h("span", {}, why),
      h("button", { type: "button", class: "fail-again", word: "tryAgain", data: { tryAgain: "" }, on: { click: retry } }),
      h("button", { type: "button", class: "tool", title: "close", on: { click: () => this.succeeded() } }, icon("cross")));
  }

  succeeded() {
    this.failBar.hidden = true;
  }

  write(text) {
    this.input.value = text;
    this.fit();
    this.menu.filter(text);
  }

  /** Changes one of the person's own earlier messages. */
  edit(message) {
    this.leaveBar();
    this.editing = message.message_id;
    this.openBar("pencil", "editing", message);
    this.write(message.text ?? message.caption);
  }

  /** What is sent next answers this message. */
  reply(message) {
    this.leaveBar();
    this.replying = message.message_id;
    this.openBar("reply", "replying", message);
  }

  openBar(drawing, key, message) {
    this.editBar.hidden = false;
    this.editBar.dataset.bar = key;
    this.editBar.replaceChildren(icon(drawing),
      h("span", { class: "edit-lines" }, h("b", { word: key }), h("span", {}, gist(message))),
      h("button", { type: "button", class: "tool", title: "cancel", on: { click: () => this.leaveBar() } }, icon("cross")));
    this.input.focus({ preventScroll: true });
  }

  /** The message that is being answered, as the server takes it; it is answered once. */
  quoted() {
    if (!this.replying) return {};
    const answered = { reply_to: this.replying };
    this.leaveBar();
    return answered;
  }

  async saveEdit(text) {
    const id = this.editing;
    this.leaveBar();
    await this.phone.act("edit", { message_id: id, text });
  }

  /** Neither changes nor answers a message any more. */
  leaveBar() {
    if (this.editing) this.write("");
    this.editing = this.replying = null;
    this.editBar.hidden = true;
  }

  /** Shows a ReplyKeyboardMarkup (`folded` after a one-time key was pressed), or takes the keyboard away with null. */
  setKeyboard(markup, folded = false) {
    this.markup = markup?.keyboard?.length ? markup : null;
    this.keysHolder.replaceChildren(this.markup ? replyKeyboard(this.markup, (key) => this.press(key)) : "");
    this.toggle.hidden = !this.markup;
    const hint = markup?.input_field_placeholder;
    if (hint) {
      delete this.input.dataset.wordHint;
      this.input.placeholder = hint;
    } else {
      this.input.dataset.wordHint = "message";
      this.input.placeholder = word("message");
    }
    this.openKeys(Boolean(this.markup) && !folded);
  }

  openKeys(open) {
    this.keysOpen = open;
    this.keysHolder.hidden = !open;
    markToggle(this.toggle, open);
  }

  async press(key) {
    if (key.request_contact) {
      if (!(await this.phone.mayShareContact())) return;
    } else if (Object.keys(key).some((name) => name.startsWith("request_") || name === "web_app")) {
      this.phone.toast(word("notHere"));
      return;
    }
    await this.phone.act("press", { label: key.text });
  }

  /** Sends a photo or file that was picked; `body` as /control/photo and /control/document take it. */
  upload(action, body) {
    return this.phone.act(action, action === "photo" ? { ...body, ...this.quoted() } : body);
  }

  async shareContact() {
    if (await this.phone.mayShareContact()) await this.phone.act("contact");
  }
}
