// The menu that disturbs the line between the bot and Telegram, one disturbance at a time or several.

import { control, read, whyNot } from "./api.js";
import { fullName, h, icon } from "./dom.js";
import { word } from "./words.js";

const SLOW_S = 3;
const RETRY_AFTER_S = 5;
const FLAKY = 0.33;

const FAULTS = [
  { name: "cutAfter", icon: "lost", body: { kind: "cut_after", times: 1 } },
  { name: "cutBefore", icon: "cut", body: { kind: "cut_before", times: 1 } },
  { name: "broken", icon: "bolt", body: { kind: "http_500", times: 1 } },
  { name: "tooMany", icon: "stop", body: { kind: "retry_after", times: 1, seconds: RETRY_AFTER_S } },
  { name: "slow", icon: "turtle", body: { kind: "delay", times: null, seconds: SLOW_S } },
  { name: "flaky", icon: "wave", body: { kind: "cut_after", times: null, probability: FLAKY } },
];

export class Network {
  /** `say(text)` tells the person at the screen what was done. */
  constructor(button, panel, { phones, say }) {
    Object.assign(this, { button, panel, phones, say });
    this.who = h("select", { class: "field", label: "faultWho", data: { faultWho: "" } });
    this.calmButton = item("calm", "check", () => this.calm());
    const rows = FAULTS.map((fault) => item(
      fault.name, fault.icon, () => this.disturb(fault), `${fault.name}Note`,
      fault.body.probability ? "flaky" : fault.body.kind,
    ));
    panel.append(
      h("h2", { class: "panel-title", word: "networkTitle" }),
      h("label", { class: "labelled" }, h("span", { word: "faultWho" }), this.who),
      ...rows,
      item("again", "again", () => this.again(), "againNote"),
      this.calmButton);
    panel.addEventListener("beforetoggle", (event) => event.newState === "open" && this.refresh());
  }

  refresh() {
    const chosen = this.who.value;
    this.who.replaceChildren(h("option", { value: "", word: "everyone" }),
      ...[...this.phones.values()].map(({ person }) => h("option", { value: String(person.id) }, fullName(person))));
    this.who.value = chosen;
  }

  async disturb({ body }) {
    const person = this.who.value ? { person: Number(this.who.value) } : {};
    await this.attempt(async () => {
      await control("fault", { ...body, ...person });
      this.mark(true);
      return word("faultSet");
    });
  }

  async calm() {
    await this.attempt(async () => {
      await control("fault/clear");
      this.mark(false);
      return word("faultsClear");
    });
  }

  async again() {
    await this.attempt(async () => {
      const { update_id: n } = await control("again");
      return word("againSent", { n });
    });
  }

  async attempt(work) {
    try {
      this.say(await work());
    } catch (error) {
      this.say(word("failed", { why: whyNot(error) }));
    }
    this.panel.hidePopover();
  }

  /** Whether any disturbance is still set: those for one time wear off by themselves. */
  async look() {
    const { faults } = await read("/control/faults");
    this.mark(faults.length > 0);
  }

  mark(disturbed) {
    this.button.classList.toggle("alarm", disturbed);
    document.body.classList.toggle("disturbed", disturbed);
  }
}

function item(name, drawing, run, note, fault) {
  return h("button", {
    type: "button", class: "panel-item", data: { network: name, ...(fault ? { fault } : {}) }, on: { click: run },
  }, icon(drawing), h("span", { class: "panel-lines" }, h("b", { word: name }), note ? h("small", { word: note }) : null));
}
