// What a visitor should know and try first: the product in a sentence, and three steps that tick themselves off.

import { h, icon } from "./dom.js";
import { recall, remember } from "./prefs.js";
import { spoken, word } from "./words.js";

export class Guide {
  /** `lead(step)` brings the visitor to the phone of a step. */
  constructor({ about, band, button, say }, lead) {
    Object.assign(this, { about, band, button, say, lead });
    this.told = {};
    button.addEventListener("click", () => this.open(band.hidden));
  }

  /** The guide as the server tells it: `{about, steps: [{name, person, title, hint, write, done}], after}`. */
  take(told) {
    const before = this.steps;
    this.told = told;
    this.draw();
    const finished = this.steps.findIndex((step, index) => step.done && before[index]?.done === false);
    if (finished >= 0) this.say(word("stepFinished", { n: finished + 1, title: spoken(this.steps[finished].title) }));
  }

  get steps() {
    return this.told.steps ?? [];
  }

  draw() {
    this.about.textContent = spoken(this.told.about);
    const next = this.steps.find((step) => !step.done);
    this.band.replaceChildren(
      h("ol", { class: "steps" }, ...this.steps.map((step, index) => this.step(step, index, step === next))),
      this.steps.length && !next ? h("p", { class: "steps-after", data: { stepsAfter: "" } }, spoken(this.told.after)) : "",
      h("button", { type: "button", class: "tool guide-close", title: "guideClose", on: { click: () => this.open(false) } }, icon("cross")));
    this.band.classList.toggle("complete", !next);
    this.open(recall("guide") !== "closed");
  }

  step(step, index, isNext) {
    const number = word("stepOf", { n: index + 1 });
    return h("li", { class: `step ${step.done ? "done" : ""} ${isNext ? "next" : ""}`, data: { step: step.name, done: String(step.done) } },
      h("button", {
        type: "button", class: "step-button", "aria-current": isNext ? "step" : null, on: { click: () => this.lead(step) },
      },
      h("span", { class: "step-number" }, h("span", { class: "sr" }, number), step.done ? icon("check") : h("span", { "aria-hidden": "true" }, String(index + 1))),
      h("span", { class: "step-lines" },
        h("b", {}, spoken(step.title)),
        step.done ? h("span", { class: "sr" }, word("stepDone")) : "",
        h("span", { class: "step-hint" }, spoken(step.hint)))));
  }

  open(open) {
    this.band.hidden = !open || this.steps.length === 0;
    this.button.hidden = this.steps.length === 0;
    this.button.setAttribute("aria-expanded", String(!this.band.hidden));
    if (this.steps.length) remember("guide", open ? "open" : "closed");
  }
}
