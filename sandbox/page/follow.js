// What happens when somebody presses a link, a command or a link button in a chat.

import { h } from "./dom.js";
import { copy } from "./keyboard.js";
import { deepLink, linkWithin, shared } from "./links.js";
import { word } from "./words.js";

/** Commands are sent, links to this bot start it here, everything else is shown and never opened. */
export async function followLink({ kind, value }, phone) {
  if (kind === "command") return phone.act("say", { text: value });
  const { username } = phone.world.bot;
  const own = deepLink(value, username);
  if (own) return phone.start(own.payload);
  const invitation = linkWithin(value, username);
  const text = shared(value) ?? value;
  const choice = await phone.overlay.ask({
    title: word(shared(value) ? "shareLinkTitle" : "linkTitle"), kind: "link",
    body: h("div", {}, h("p", { class: "link-text" }, text), h("p", { class: "small", word: "linkBody" })),
    buttons: [
      { word: "close", value: null },
      ...(invitation ? [{ word: "linkProspect", value: "prospect" }] : []),
      { word: "linkCopy", value: "copy", strong: true },
    ],
  });
  if (choice === "copy") return copy(text, phone);
  if (choice === "prospect") return phone.world.makeProspect({ payload: invitation.payload });
  return null;
}
