// What time it is in the sandbox, and how its times and days are written.

import { currentLanguage, word } from "./words.js";

export const ZONES = { WIB: "Asia/Jakarta", WITA: "Asia/Makassar", WIT: "Asia/Jayapura" };

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86400;
const OFFSET_HOURS = { WIB: 7, WITA: 8, WIT: 9 };
const ALSO = { "Asia/Pontianak": "WIB" };
const MORNING_HOUR = 9;

const state = { epoch: Date.now() / 1000, at: performance.now(), frozen: false, zone: "WIB" };

/** Takes over what the server said about its clock. */
export function setClock({ epoch, now, frozen }) {
  state.epoch = typeof epoch === "number" ? epoch : Date.parse(now) / 1000;
  state.at = performance.now();
  state.frozen = Boolean(frozen);
}

/** Seconds since 1970 on the sandbox's clock. */
export function nowEpoch() {
  return state.frozen ? state.epoch : state.epoch + (performance.now() - state.at) / 1000;
}

export function isFrozen() {
  return state.frozen;
}

export function zone() {
  return state.zone;
}

export function setZone(name) {
  if (name in ZONES) state.zone = name;
}

/** The short name of a zone of the time zone database: "Asia/Makassar" is WITA. Undefined for others. */
export function zoneNamed(place) {
  return ALSO[place] ?? Object.keys(ZONES).find((name) => ZONES[name] === place);
}

function write(epoch, options, name = state.zone) {
  const locale = currentLanguage() === "id" ? "id-ID" : "en-GB";
  return new Intl.DateTimeFormat(locale, { timeZone: ZONES[name], ...options }).format(epoch * 1000);
}

/** The zone in whose wall clock a moment is written: "…T09:00:00+08:00" lies in WITA. Undefined for others. */
export function zoneOf(iso) {
  const hours = Number(/\+(\d\d):00$/u.exec(iso)?.[1]);
  return Object.keys(OFFSET_HOURS).find((name) => OFFSET_HOURS[name] === hours);
}

/** The hour and minute, as in the corner of a bubble, in the page's zone or another. */
export function clockTime(epoch, name = state.zone) {
  return write(epoch, { hour: "2-digit", minute: "2-digit", hour12: false }, name);
}

/** The date in the strip: weekday, day, month, year. */
export function longDate(epoch) {
  return write(epoch, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
}

/** Day and month, for a moment that is near. */
export function shortDate(epoch) {
  return write(epoch, { day: "numeric", month: "short" });
}

/** A key that two moments share exactly when they lie on one day of the zone. */
export function dayOf(epoch, name = state.zone) {
  return Math.floor((epoch + OFFSET_HOURS[name] * HOUR_S) / DAY_S);
}

/** The words on a day separator. */
export function dayLabel(epoch, name = state.zone) {
  const away = dayOf(nowEpoch(), name) - dayOf(epoch, name);
  if (away === 0) return word("today");
  if (away === 1) return word("yesterday");
  const year = (moment) => write(moment, { year: "numeric" }, name);
  const sameYear = year(epoch) === year(nowEpoch());
  return write(epoch, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }, name);
}

/** Nine in the morning of tomorrow in the chosen zone, as an ISO moment. */
export function nextMorning() {
  const midnight = (dayOf(nowEpoch()) + 1) * DAY_S - OFFSET_HOURS[state.zone] * HOUR_S;
  return new Date((midnight + MORNING_HOUR * HOUR_S) * 1000).toISOString();
}

export const STEPS = { minute: MINUTE_S, hour: HOUR_S };
