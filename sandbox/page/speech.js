// The people on the phones speak a language too: the page offers to change it when its own is changed.

import { control, whyNot } from "./api.js";
import { currentLanguage, word } from "./words.js";

/** Those whose Telegram is in another language than the page. */
function others(phones) {
  return [...phones.values()].filter(({ person }) => person.language_code !== currentLanguage());
}

/** Offers, with `say(text, button)`, to let everybody on the page speak its language. */
export function offerLanguage(phones, commands, say) {
  if (!commands || others(phones).length === 0) return;
  say(word("peopleSpeak"), { label: word("peopleSwitch"), run: () => switchPeople(phones, commands, say) });
}

/** Changes the language of each phone, and tells the bot with its own command where a chat has begun. */
async function switchPeople(phones, commands, say) {
  const language = currentLanguage();
  const changed = others(phones);
  try {
    await control("people", {
      people: changed.map(({ person }) => ({ id: person.id, first_name: person.first_name, language_code: language })),
    });
  } catch (error) {
    say(word("failed", { why: whyNot(error) }));
    return;
  }
  const begun = changed.filter((phone) => phone.person.started && !phone.blocked);
  await Promise.all(begun.map((phone) => phone.act("say", { text: commands[language] })));
  say(word("peopleSwitched"));
}
