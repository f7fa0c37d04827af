// One person's phone: the plate with their name, the frame, and the chat with the bot inside.

import { control, whyNot } from "./api.js";
import { clockTime, nowEpoch, zone as pageZone, zoneNamed } from "./clock.js";
import { Composer } from "./composer.js";
import { avatar, fullName, h, icon, reword, translate } from "./dom.js";
import { painted } from "./emoji.js";
import { followLink } from "./follow.js";
import { startLink } from "./links.js";
import { Log } from "./log.js";
import { Overlay } from "./sheet.js";
import { spoken, word } from "./words.js";

const TYPING_MS = 5000;
const READ_AFTER_MS = 400;
const POINTED_MS = 2400;
const ACTIONS = { typing: "typing", upload_photo: "sendingPhoto", upload_document: "sendingFile" };

export class Phone {
  /** `world` knows the bot, which phones can be seen, and how to make a prospect. */
  constructor(person, world) {
    this.person = person;
    this.world = world;
    this.waiting = new Map();
    this.answered = new Set();
    this.blocked = Boolean(person.blocked);
    this.turn = 0;
    this.failedTurn = 0;
    this.head = this.chatHead();
    this.log = new Log(this, (count) => world.onUnread(this, count), () => this.markRead());
    this.composer = new Composer(this);
    this.action = h("button", {
      type: "button", class: "bottom-action", hidden: true, data: { start: "" }, on: { click: () => this.start(this.person.opens) },
    });
    this.intro = h("div", { class: "intro", hidden: true });
    this.log.node.append(this.intro);
    this.overlay = new Overlay();
    this.log.node.append(this.overlay.toasts);
    this.screen = h("div", { class: "screen" }, this.head, this.log.node, this.composer.node, this.action);
    this.overlay.beneath = this.screen;
    this.plate = h("header", { class: "plate" });
    this.statusTime = h("time", { class: "status-time", data: { phoneClock: "" } });
    this.headTime = h("time", { class: "head-time", "aria-hidden": "true" });
    this.head.lastElementChild.before(this.headTime);
    this.node = h("section", { class: "phone", id: `phone-${person.id}`, data: { person: String(person.id) } },
      this.plate,
      h("div", { class: "device" }, this.statusBar(), h("div", { class: "glass" }, this.screen, this.overlay.node)));
    this.setPerson(person);
    this.setBot();
    this.refreshState();
  }

  statusBar() {
    return h("div", { class: "status-bar", "aria-hidden": "true" }, this.statusTime, h("span", { class: "camera" }),
      h("span", { class: "status-icons" }, icon("signal"), icon("wifi"), icon("battery")));
  }

  chatHead() {
    this.botFace = h("span", { class: "face-holder" });
    this.botName = h("h3", { class: "chat-name" });
    this.subtitle = h("p", { class: "chat-state", data: { state: "idle" } });
    this.menuButton = h("button", {
      type: "button", class: "tool", title: "more", "aria-haspopup": "menu", "aria-expanded": "false", data: { more: "" },
      on: { click: () => this.openMenu(this.menuButton, this.headMenu()) },
    }, icon("dots"));
    return h("div", { class: "chat-head" }, this.botFace, h("div", { class: "chat-title" }, this.botName, this.subtitle), this.menuButton);
  }

  headMenu() {
    const block = this.blocked
      ? { name: "unblock", icon: "unblock", word: "unblock", run: () => this.act("unblock") }
      : { name: "block", icon: "block", word: "block", run: () => this.act("block") };
    return [{ name: "start", icon: "send", word: "sayStart", run: () => this.start("") }, block];
  }

  /** Who holds this phone. */
  setPerson(person) {
    this.person = { ...this.person, ...person };
    const name = fullName(this.person);
    this.node.setAttribute("aria-label", word("chatWith", { name }));
    this.log.scroller.setAttribute("aria-label", word("log", { name: this.world.bot.first_name }));
    const caption = spoken(this.person.caption);
    const chip = caption ? h("span", { class: "chip", data: { caption: "" } }, caption) : "";
    const lines = h("div", { class: "plate-lines" },
      h("div", { class: "plate-top" }, h("h2", { class: "plate-name" }, name), chip),
      h("p", { class: "plate-note" }, spoken(this.person.note) || (this.person.username ? `@${this.person.username}` : `ID ${this.person.id}`)));
    this.plate.replaceChildren(avatar(this.person.id, name, "avatar plate-face"), lines);
    this.setBlocked(Boolean(this.person.blocked));
    this.drawIntro();
  }

  setBot() {
    const { bot } = this.world;
    this.botFace.replaceChildren(avatar(bot.id ?? 5, bot.first_name, "avatar bot-face"));
    this.botName.textContent = bot.first_name;
    this.rest();
    this.drawIntro();
  }

  /** What stands in a chat without messages: what the bot is, and the link this person was sent. */
  drawIntro() {
    const { bot } = this.world;
    const description = bot.descriptions?.[this.person.language_code] ?? bot.description;
    const parts = description
      ? h("div", { class: "intro-card" }, h("b", { word: "about" }), h("p", {}, ...painted(description)))
      : h("div", { class: "pill", word: "emptyChat" });
    const link = startLink(bot.username, this.person.opens);
    const invited = this.person.opens ? h("div", { class: "invite" }, h("span", { word: "opensLink" }), h("code", {}, link),
      h("button", {
        type: "button", class: "invite-open", word: "openLink", data: { link },
        on: { click: () => this.start(this.person.opens) },
      })) : "";
    this.intro.replaceChildren(parts, invited);
  }

  /** Shows or hides what depends on whether this chat has begun and whether the bot is blocked. */
  refreshState() {
    const empty = this.log.messages.size === 0;
    const idle = empty && !this.person.started;
    this.intro.hidden = !empty;
    this.action.hidden = !(idle || this.blocked);
    this.composer.node.hidden = idle || this.blocked;
    reword(this.action, this.blocked ? "restart" : "start");
  }

  setBlocked(blocked) {
    this.blocked = blocked;
    this.node.classList.toggle("blocked", blocked);
    this.rest();
    this.refreshState();
  }

  /** Tells the server that this person has looked; a burst of messages is one look. */
  markRead() {
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => this.act("read"), READ_AFTER_MS);
  }

  isSeen() {
    return this.world.isSeen(this);
  }

  put(message, isNews) {
    this.person.started = true;
    if (message.from?.id !== this.person.id) this.rest();
    this.log.put(message, isNews);
    this.refreshState();
  }

  remove(id) {
    this.log.remove(id);
    this.refreshState();
  }

  typing(action = "typing") {
    this.subtitle.classList.add("busy");
    this.subtitle.dataset.state = "typing";
    this.subtitle.replaceChildren(h("span", { word: ACTIONS[action] ?? "typing", data: { typing: "" } }),
      h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
    this.log.markAllRead();
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.rest(), TYPING_MS);
  }

  rest() {
    clearTimeout(this.typingTimer);
    this.subtitle.classList.remove("busy");
    this.subtitle.dataset.state = "idle";
    this.subtitle.replaceChildren(h("span", { word: this.blocked ? "blockedNow" : "bot" }));
  }

  /** Keeps a pressed button busy until the bot has answered the query, which may already have happened. */
  awaitAnswer(callbackId, rest) {
    if (this.answered.delete(callbackId)) rest();
    else this.waiting.set(callbackId, rest);
  }

  answer(callbackId) {
    if (callbackId === undefined) return;
    if (!this.waiting.has(callbackId)) this.answered.add(callbackId);
    this.waiting.get(callbackId)?.();
    this.waiting.delete(callbackId);
  }

  toast(text) {
    if (text) this.overlay.toast(text);
  }

  alert(text) {
    this.overlay.ask({ title: this.world.bot.first_name, body: text, kind: "alert", buttons: [{ word: "ok", value: true, strong: true }] });
  }

  showPhoto(url, caption) {
    this.overlay.photo(url, caption);
  }

  openMenu(anchor, items) {
    this.overlay.menu(anchor, items);
  }

  follow(link) {
    return followLink(link, this);
  }

  start(payload) {
    return this.act("start", payload ? { payload } : {});
  }

  mayShareContact() {
    return this.overlay.ask({
      title: word("shareTitle"), kind: "contact",
      body: word("shareBody", { bot: this.world.bot.first_name, phone: this.person.phone ?? "" }),
      buttons: [{ word: "cancel", value: null }, { word: "shareYes", value: true, strong: true }],
    });
  }

  /** Offers the phones from which a message can be passed on to the bot. */
  askWhereTo(message, anchor) {
    const { id } = this.person;
    const others = this.world.phones().filter((phone) => phone !== this && !phone.blocked);
    const body = { message_id: message.message_id, source: id };
    this.openMenu(anchor, [
      { name: "forward-here", icon: "forward", word: "forwardHere", run: () => this.act("pass_on", body) },
      ...others.map((phone) => ({
        name: `forward-${phone.person.id}`, icon: "person", text: word("forwardFrom", { name: phone.person.first_name }),
        run: () => { this.world.show(phone); return phone.act("pass_on", body); },
      })),
    ]);
  }

  /** Does something as this person; says so in the phone if it could not be done. */
  async act(action, body = {}) {
    const turn = ++this.turn;
    try {
      await control(action, { person: this.person.id, ...body });
      // What was done before does not take away the word that a later act has failed.
      if (action !== "read" && turn > this.failedTurn) this.composer.succeeded();
      return true;
    } catch (error) {
      const why = word("failed", { why: whyNot(error) });
      if (action !== "read") this.failedTurn = Math.max(this.failedTurn, turn);
      if (this.composer.node.hidden) this.toast(why);
      else if (action !== "read") this.composer.failed(why, () => this.act(action, body), body.text);
      return false;
    }
  }

  /** Draws the eye to this phone. */
  point() {
    this.node.classList.remove("pointed");
    requestAnimationFrame(() => this.node.classList.add("pointed"));
    clearTimeout(this.pointTimer);
    this.pointTimer = setTimeout(() => this.node.classList.remove("pointed"), POINTED_MS);
  }

  /** The zone of this phone's clock: its owner's, or the page's. */
  get zone() {
    return zoneNamed(this.person.zone) ?? pageZone();
  }

  tick() {
    const time = `${clockTime(nowEpoch(), this.zone)} ${this.zone}`;
    if (this.statusTime.textContent === time) return;
    this.statusTime.textContent = this.headTime.textContent = time;
  }

  /** After a change of language, zone or day. */
  relabel() {
    this.setPerson({});
    translate(this.node);
    this.log.relabel();
    this.tick();
  }
}
