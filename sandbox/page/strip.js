// The clock on top: what time it is in the sandbox, and the buttons that move it.

import { control, whyNot } from "./api.js";
import {
  STEPS, ZONES, clockTime, dayOf, isFrozen, longDate, nextMorning, nowEpoch, setClock, setZone, shortDate,
  zone,
} from "./clock.js";
import { h, icon, reword } from "./dom.js";
import { spoken, word } from "./words.js";

const TICK_MS = 1000;
const MOMENTS_SHOWN_MAX = 8;

export class Strip {
  /** `onTick()` runs each second, `onDay()` when the day or zone changes. */
  constructor({ face, panel, panelDate, moves, moments, zonePick, say }, { onTick, onDay }) {
    Object.assign(this, { face, panel, panelDate, moves, momentsRow: moments, zonePick, say, onTick, onDay });
    this.upcoming = [];
    this.drawFace();
    this.drawMoves();
    for (const name of Object.keys(ZONES)) zonePick.append(h("option", { value: name }, name));
    zonePick.addEventListener("change", () => this.chooseZone(zonePick.value));
    setInterval(() => this.tick(), TICK_MS);
  }

  drawFace() {
    this.time = h("time", { class: "clock-time", data: { clock: "" } });
    this.zoneName = h("span", { class: "clock-zone" });
    this.date = h("span", { class: "clock-date" });
    this.face.append(icon("clock"), this.time, this.zoneName, this.date);
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
      this.say(word("failed", { why: whyNot(error) }));
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
    this.zoneName.textContent = zone();
    this.date.textContent = this.panelDate.textContent = longDate(now);
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
    this.momentsRow.parentElement.hidden = ahead.length === 0;
    this.momentsRow.replaceChildren(...ahead.map((moment) => this.momentButton(moment)));
  }

  momentButton({ at, label }) {
    const epoch = Date.parse(at) / 1000;
    const day = dayOf(epoch) === dayOf(nowEpoch()) ? "" : `${shortDate(epoch)} `;
    return h("button", {
      type: "button", class: "moment", data: { moment: at },
      on: { click: (event) => this.jump(at, event.currentTarget) },
    }, h("span", {}, spoken(label)), h("small", {}, `${day}${clockTime(epoch)} ${zone()}`));
  }

  /** Goes to a moment; what happens there is behind the panel. */
  async jump(at, button) {
    await this.move({ set: at }, button);
    this.panel.hidePopover();
  }

  relabel() {
    this.tick();
    this.drawMoments();
  }
}
