// "A new prospect opens this link": makes a person who has never met the bot, with a phone of their own.

import { control, whyNot } from "./api.js";
import { h } from "./dom.js";
import { pastedPayload } from "./links.js";
import { currentLanguage, inEach, word } from "./words.js";

const FIRST_ID = 9001;
const LANGUAGES = { id: "Indonesia", en: "English" };
const NAMES = [
  ["Dewi", "Lestari"], ["Andi", "Pratama"], ["Ratna", "Sari"], ["Yusuf", "Halim"], ["Wulan", "Anggraini"],
  ["Bayu", "Saputra"], ["Nur", "Aisyah"], ["Made", "Wirawan"], ["Fitri", "Handayani"], ["Agus", "Setiawan"],
];

export class Prospects {
  constructor(panel, { phones, bot, zone, say }) {
    Object.assign(this, { panel, phones, bot, zone, say });
    this.language = h("select", { class: "field", data: { prospectLanguage: "" } },
      ...Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code }, name)));
    this.name = h("input", { class: "field", required: true, maxlength: "64", autocomplete: "off", data: { prospectName: "" } });
    this.link = h("input", {
      class: "field", maxlength: "200", autocomplete: "off", spellcheck: "false", placeholder: "t.me/…?start=…",
      data: { prospectLink: "" },
    });
    const form = h("form", { class: "panel-form", on: { submit: (event) => { event.preventDefault(); this.submit(); } } },
      h("h2", { class: "panel-title", word: "prospectTitle" }),
      h("label", { class: "labelled" }, h("span", { word: "prospectName" }), this.name),
      h("label", { class: "labelled" }, h("span", { word: "prospectLink" }), this.link),
      h("label", { class: "labelled" }, h("span", { word: "prospectLanguage" }), this.language),
      h("button", { type: "submit", class: "panel-main", word: "prospectMake", data: { prospectMake: "" } }));
    panel.append(form);
    panel.addEventListener("toggle", (event) => event.newState === "open" && this.open());
  }

  open() {
    this.language.value = currentLanguage();
    if (!this.name.value) this.name.value = this.suggestion().join(" ");
    this.link.focus();
  }

  suggestion() {
    const known = new Set([...this.phones.values()].map(({ person }) => person.first_name));
    return NAMES.find(([first]) => !known.has(first)) ?? ["Prospek", String(this.phones.size + 1)];
  }

  async submit() {
    const payload = pastedPayload(this.link.value, this.bot().username);
    if (payload === null) {
      this.say(word("linkForeign"));
      this.link.focus();
      return;
    }
    await this.make({ payload, name: this.name.value.trim(), language: this.language.value });
    this.name.value = this.link.value = "";
    this.panel.hidePopover();
  }

  /** Makes the person; their phone appears when the server tells of them. */
  async make({ payload, name, language }) {
    const [first, ...rest] = name ? name.split(/\s+/u) : this.suggestion();
    const id = Math.max(FIRST_ID - 1, ...this.phones.keys()) + 1;
    try {
      await control("people", { people: [{
        id, first_name: first, last_name: rest.join(" ") || null, username: null,
        phone: `+62813${String(id).padStart(8, "0")}`, language_code: language ?? currentLanguage(), started: false, show: true,
        caption: inEach("prospectCaption"), opens: payload || null, note: inEach("prospectNote"), zone: this.zone(),
      }] });
      return id;
    } catch (error) {
      this.say(word("failed", { why: whyNot(error) }));
      return null;
    }
  }
}
