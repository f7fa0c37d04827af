// The clock on top: what time it is in the sandbox, and the buttons that move it.

import { control } from "./api.js";
import {
  STEPS, ZONES, clockTime, dayOf, isFrozen, longDate, nextMorning, nowEpoch, setClock, setZone, shortDate,
  zone,
} from "./clock.js";
import { h, icon, reword } from "./dom.js";
import { currentLanguage, word } from "./words.js";

const TICK_MS = 1000;
const MOMENTS_SHOWN_MAX = 8;

export class Strip {
  /** `onTick()` runs each second, `onDay()` when the day or zone changes. */
  constructor({ face, moves, moments, zonePick, say }, { onTick, onDay }) {
    Object.assign(this, { face, moves, momentsRow: moments, zonePick, say, onTick, onDay });
    this.upcoming = [];
    this.drawFace();
    this.drawMoves();
    for (const name of Object.keys(ZONES)) zonePick.append(h("option", { value: name }, name));
    zonePick.addEventListener("change", () => this.chooseZone(zonePick.value));
    face.addEventListener("click", () => this.unfold());
    setInterval(() => this.tick(), TICK_MS);
  }

  drawFace() {
    this.time = h("time", { class: "clock-time", data: { clock: "" } });
    this.date = h("span", { class: "clock-date" });
    this.face.append(icon("clock"), this.time, this.date);
  }

  drawMoves() {
    const move = (name, icon_, body) => h("button", {
      type: "button", class: "move", data: { clockMove: name }, on: { click: (event) => this.move(body(), event.currentTarget) },
    }, icon_ ? icon(icon_) : null, h("span", { word: name }));
    this.freezeWord = h("span", { class: "sr", word: "freeze" });
    this.freeze = h("button", {
      type: "button", class: "move", "aria-pressed": "false", title: "freeze", data: { clockMove: "freeze" },
      on: { click: (event) => this.move({ freeze: !isFrozen() }, event.currentTarget) },
    }, icon("pause"), this.freezeWord);
    this.moves.append(
      move("minute", null, () => ({ advance: STEPS.minute })),
      move("hour", null, () => ({ advance: STEPS.hour })),
      move("morning", "sunrise", () => ({ set: nextMorning() })),
      this.freeze);
  }

  async move(body, button) {
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      this.take(await control("clock", body));
    } catch (error) {
      this.say(word("failed", { why: error.message }));
    }
    button.removeAttribute("aria-busy");
  }

  /** What the server says about its clock. */
  take(clock) {
    if (clock.now === undefined && clock.epoch === undefined) return;
    setClock(clock);
    this.freeze.setAttribute("aria-pressed", String(isFrozen()));
    reword(this.freezeWord, isFrozen() ? "thaw" : "freeze");
    this.freeze.dataset.wordTitle = this.freezeWord.dataset.word;
    this.freeze.title = this.freezeWord.textContent;
    this.freeze.firstElementChild.replaceWith(icon(isFrozen() ? "play" : "pause"));
    this.tick();
    this.drawMoments();
  }

  tick() {
    const now = nowEpoch();
    this.time.textContent = clockTime(now);
    this.time.setAttribute("datetime", new Date(now * 1000).toISOString());
    this.date.textContent = longDate(now);
    this.onTick();
    const day = dayOf(now);
    if (this.day !== undefined && this.day !== day) this.onDay();
    this.day = day;
  }

  chooseZone(name) {
    setZone(name);
    this.zonePick.value = zone();
    this.tick();
    this.drawMoments();
    this.onDay();
  }

  /** The moments somebody says are worth going to: `[{at, label: {id, en}}]`. */
  setUpcoming(moments) {
    this.upcoming = moments;
    this.drawMoments();
  }

  drawMoments() {
    const ahead = this.upcoming
      .filter((moment) => Date.parse(moment.at) / 1000 > nowEpoch())
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .slice(0, MOMENTS_SHOWN_MAX);
    this.momentsRow.hidden = ahead.length === 0;
    this.momentsRow.replaceChildren(...ahead.map((moment) => this.momentButton(moment)));
  }

  momentButton({ at, label }) {
    const epoch = Date.parse(at) / 1000;
    const day = dayOf(epoch) === dayOf(nowEpoch()) ? "" : `${shortDate(epoch)} `;
    return h("button", {
      type: "button", class: "moment", data: { moment: at },
      on: { click: (event) => this.move({ set: at }, event.currentTarget) },
    }, h("small", {}, `${day}${clockTime(epoch)}`), h("span", {}, label[currentLanguage()] ?? label.id ?? label.en));
  }

  /** On a narrow screen the buttons are folded away until the clock is pressed. */
  unfold() {
    const open = this.face.getAttribute("aria-expanded") !== "true";
    this.face.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("moves-open", open);
  }

  relabel() {
    this.tick();
    this.drawMoments();
  }
}
