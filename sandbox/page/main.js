// Wires the page: events from the server go to the phones, the strip and the menus.

import { follow, read } from "./api.js";
import { zoneOf } from "./clock.js";
import { translate } from "./dom.js";
import { Network } from "./network.js";
import { People } from "./people.js";
import { Phone } from "./phone.js";
import { applyTheme, recall, remember, switchTheme } from "./prefs.js";
import { Prospects } from "./prospect.js";
import { Strip } from "./strip.js";
import { currentLanguage, speakLanguage, word } from "./words.js";

const NOTICE_MS = 4000;
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
const prospects = new Prospects($("prospect-panel"), { phones, bot: () => bot, say: notice });
const network = new Network($("network-button"), $("network-panel"), { phones, say: notice });
const strip = new Strip(
  { face: $("clock-face"), moves: $("moves"), moments: $("moments"), zonePick: $("zone"), say: notice },
  { onTick: () => each((phone) => phone.tick()), onDay: () => each((phone) => phone.log.relabel()) },
);
strip.chooseZone(recall("zone") ?? "WIB");

const world = {
  bot,
  isSeen: (phone) => people.isSeen(phone),
  onUnread: (phone) => people.drawFace(phone),
  makeProspect: async (wish) => { await prospects.make(wish); },
};

function each(work) {
  for (const phone of phones.values()) work(phone);
}

function notice(text) {
  const node = $("notice");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(node.timer);
  node.timer = setTimeout(() => { node.hidden = true; }, NOTICE_MS);
}

function phoneOf(id) {
  return phones.get(id);
}

const HANDLERS = {
  reset: ({ n, bot: now }) => {
    replayed = n;
    Object.assign(bot, now);
    document.title = `${bot.first_name} · ${word("title")}`;
    each((phone) => { phone.log.announce(false); phone.log.clear(); phone.setBot(); phone.refreshState(); });
    told.clear();
    setTimeout(settle, RETELL_MS);
    network.look();
  },
  bot: ({ bot: now }) => { Object.assign(bot, now); each((phone) => phone.setBot()); },
  clock: (event) => strip.take(event),
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
  strip.relabel();
  each((phone) => { phone.relabel(); people.drawFace(phone); });
});
