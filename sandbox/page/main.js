// Wires the page: events from the server go to the phones, the strip and the menus.

import { follow, read } from "./api.js";
import { ZONES, zone, zoneOf } from "./clock.js";
import { h, icon, translate } from "./dom.js";
import { Guide } from "./guide.js";
import { Network } from "./network.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { applyTheme, recall, remember, switchTheme } from "./prefs.js";
import { Prospects } from "./prospect.js";
import { offerLanguage } from "./speech.js";
import { Strip } from "./strip.js";
import { currentLanguage, speakLanguage, spoken, word } from "./words.js";

const NOTICE_MS = 4000;
const OFFER_MS = 15000;
const RETELL_MS = 800;

const $ = (id) => document.getElementById(id);

speakLanguage(recall("language") ?? "id");
applyTheme();
translate();

const bot = { id: 1000001, first_name: "Bot", username: "bot", description: "" };

/** Replayed events carry the number of the reset; what comes later is news. */
let replayed = 0;
const told = new Set();

const people = new People($("people"), $("stage"));
const { phones } = people;
const prospects = new Prospects($("prospect-panel"), { phones, bot: () => bot, zone: () => ZONES[zone()], say: notice });
const network = new Network($("network-button"), $("network-panel"), { phones, say: notice });
const strip = new Strip(
  { face: $("clock-face"), panel: $("clock-panel"), panelDate: $("clock-date"), moves: $("moves"), moments: $("moments"), zonePick: $("zone"), say: notice },
  { onTick: () => each((phone) => phone.tick()), onDay: () => each((phone) => phone.log.relabel()) },
);
strip.chooseZone(recall("zone") ?? "WIB");
const guide = new Guide({ about: $("about"), band: $("guide"), button: $("guide-button"), say: notice }, lead);

const world = {
  bot,
  isSeen: (phone) => people.isSeen(phone),
  onUnread: (phone) => people.drawFace(phone),
  phones: () => [...phones.values()],
  show: (phone) => people.choose(phone.person.id, true),
  makeProspect: async (wish) => { await prospects.make(wish); },
};

function each(work) {
  for (const phone of phones.values()) work(phone);
}

/** Says something to the person at the screen, perhaps with a button `{label, run}`. */
function notice(text, offer) {
  const node = $("notice");
  const done = () => { node.hidden = true; };
  const button = offer ? h("button", {
    type: "button", class: "notice-button", data: { offer: "" }, on: { click: () => { done(); offer.run(); } },
  }, offer.label) : "";
  const close = offer ? h("button", { type: "button", class: "tool", title: "close", on: { click: done } }, icon("cross")) : "";
  node.replaceChildren(h("span", {}, text), button, close);
  node.hidden = false;
  clearTimeout(node.timer);
  node.timer = setTimeout(done, offer ? OFFER_MS : NOTICE_MS);
}

/** Brings the visitor to the phone on which a step is done, with the words in its field. */
function lead(step) {
  const phone = phoneOf(step.person);
  if (!phone) return;
  people.choose(step.person, true);
  phone.point();
  if (!step.done && step.write && !phone.composer.node.hidden) phone.composer.suggest(spoken(step.write));
}

function phoneOf(id) {
  return phones.get(id);
}

const HANDLERS = {
  reset: ({ n, bot: now }) => {
    replayed = n;
    Object.assign(bot, now);
    name();
    each((phone) => { phone.log.announce(false); phone.log.clear(); phone.setBot(); phone.refreshState(); });
    told.clear();
    setTimeout(settle, RETELL_MS);
    network.look();
  },
  bot: ({ bot: now }) => { Object.assign(bot, now); each((phone) => phone.setBot()); },
  clock: (event) => strip.take(event),
  guide: ({ guide: told }) => guide.take(told),
  upcoming: ({ moments }) => {
    // Whoever names the moments thinks in a zone; it is the page's too until a person chooses another.
    const meant = zoneOf(moments[0]?.at);
    if (meant && !recall("zone")) strip.chooseZone(meant);
    strip.setUpcoming(moments);
  },
  person: (event) => meet(event),
  message: ({ message, n }, phone) => phone.put(message, n > replayed),
  edit: ({ message }, phone) => phone.put(message, false),
  delete: ({ message_id: id }, phone) => phone.remove(id),
  keyboard: ({ reply_keyboard: markup, hidden }, phone) => phone.composer.setKeyboard(markup, hidden),
  commands: ({ commands }, phone) => phone.composer.setCommands(commands),
  blocked: ({ blocked }, phone) => phone.setBlocked(blocked),
  unread: ({ unread }, phone) => phone.log.countUnread(unread),
  typing: ({ action }, phone) => phone.typing(action),
  toast: ({ callback_id: id, text }, phone) => { phone.answer(id); phone.toast(text); },
  alert: ({ callback_id: id, text }, phone) => { phone.answer(id); phone.alert(text); },
  answered: ({ callback_id: id, url }, phone) => { phone.answer(id); if (url) phone.follow({ kind: "url", value: url }); },
};

function name() {
  $("name").textContent = bot.first_name;
  document.title = `${bot.first_name} · ${word("title")}`;
}

/** The whole state has been told: who was not in it is gone, and from now on news is read out. */
function settle() {
  for (const id of [...phones.keys()]) if (!told.has(id)) people.remove(id);
  each((phone) => phone.log.announce(true));
}

function meet(person) {
  if (!person.show) return;
  told.add(person.id);
  const known = phoneOf(person.id);
  if (known) {
    known.setPerson(person);
    people.drawFace(known);
    return;
  }
  const phone = new Phone(person, world);
  phone.tick();
  people.add(phone);
  if (person.n > replayed) welcome(phone);
}

/** Somebody who came after the page was opened: the stream brings what happens from now on, the rest is asked for. */
async function welcome(phone) {
  const { id } = phone.person;
  phone.log.announce(true);
  people.choose(id, true);
  const { commands, reply_keyboard: markup, keyboard_hidden: hidden } = await read(`/control/chat?person=${id}`);
  phone.composer.setCommands(commands);
  if (markup) phone.composer.setKeyboard(markup, hidden);
}

function hear(event) {
  const handler = HANDLERS[event.kind];
  if (!handler) return;
  // Groups have no phone of their own: the page shows each person's private chat.
  if (event.chat !== undefined && event.kind !== "person" && event.chat !== event.person) return;
  const phone = phoneOf(event.person);
  if (phone || handler.length < 2) handler(event, phone);
}

follow(hear, (line) => {
  const lost = line === "lost";
  $("lost").hidden = !lost;
  $("lost").textContent = lost ? word("lost") : "";
});

$("theme-button").addEventListener("click", switchTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme());
$("zone").addEventListener("change", () => remember("zone", $("zone").value));
$("language-button").addEventListener("click", () => {
  speakLanguage(currentLanguage() === "id" ? "en" : "id");
  remember("language", currentLanguage());
  translate();
  name();
  strip.relabel();
  guide.draw();
  $("notice").hidden = true;
  offerLanguage(phones, guide.told.speak, notice);
  each((phone) => { phone.relabel(); people.drawFace(phone); });
});
