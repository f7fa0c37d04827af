// The messages of one chat in order: days, groups, unread marks, and staying at the bottom.

import { dayLabel, dayOf } from "./clock.js";
import { h, icon } from "./dom.js";
import { isOwn, markRead, messageRow, retime } from "./message.js";

const GROUP_GAP_S = 600;
const BOTTOM_SLACK_PX = 48;

export class Log {
  /** `onUnread(count)` is told whenever the number of unread messages changes, `onRead()` when they were looked at. */
  constructor(phone, onUnread, onRead) {
    this.phone = phone;
    this.onUnread = onUnread;
    this.onRead = onRead;
    this.messages = new Map();
    this.rows = new Map();
    this.unread = 0;
    this.unseen = new Set();
    this.list = h("div", { class: "rows" });
    this.scroller = h("div", {
      class: "log", role: "log", tabindex: "0", "aria-live": "off", "aria-relevant": "additions", data: { log: "" },
    }, this.list);
    this.badge = h("span", { class: "badge", hidden: true, data: { unread: "0" } });
    this.downButton = h("button", {
      type: "button", class: "down", title: "down", hidden: true, data: { down: "" },
      on: { click: () => this.toBottom(true) },
    }, icon("chevron"), this.badge);
    this.node = h("div", { class: "wall" }, this.scroller, this.downButton);
    this.stuck = true;
    this.lastTop = 0;
    this.scroller.addEventListener("scroll", () => this.noticeScroll(), { passive: true });
    const keepDown = () => { if (this.stuck) this.toBottom(); };
    new ResizeObserver(keepDown).observe(this.scroller);
    new ResizeObserver(keepDown).observe(this.list);
  }

  /** Shows a new message, or an old one changed. */
  put(message, isNews) {
    const known = this.rows.get(message.message_id);
    this.messages.set(message.message_id, message);
    const row = messageRow(message, this.phone);
    this.rows.set(message.message_id, row);
    if (known) this.change(known, row);
    else this.add(message, row, isNews);
  }

  change(known, row) {
    if (known.dataset.read) markRead(row);
    else if (this.unseen.delete(known)) this.unseen.add(row);
    const held = known.contains(document.activeElement) ? document.activeElement.dataset.button : undefined;
    known.replaceWith(row);
    this.dressAround(row);
    // A pressed button may vanish with its message; the focus stays with the chat then, for people at a keyboard.
    if (held !== undefined) (row.querySelector(".inline-key") ?? this.scroller).focus({ preventScroll: true });
  }

  add(message, row, isNews) {
    this.list.insertBefore(row, this.laterRow(message.message_id));
    this.dressAround(row);
    const own = isOwn(message, this.phone.person);
    if (own) this.unseen.add(row);
    else this.markAllRead();
    if (!isNews) return;
    row.classList.add("fresh");
    if (own) this.countUnread(0);
    if (own || this.stuck) this.toBottom(own);
  }

  laterRow(id) {
    let later = this.list.lastElementChild;
    let after = null;
    while (later && Number(later.dataset.message) > id) {
      after = later;
      later = later.previousElementSibling;
    }
    return after;
  }

  remove(id) {
    const row = this.rows.get(id);
    if (!row) return;
    const { previousElementSibling: before, nextElementSibling: after } = row;
    row.remove();
    this.rows.delete(id);
    this.messages.delete(id);
    this.unseen.delete(row);
    for (const neighbour of [before, after]) if (neighbour) this.dress(neighbour);
  }

  /** Whether a screen reader says what arrives: not while the past is told again. */
  announce(on) {
    this.scroller.setAttribute("aria-live", on ? "polite" : "off");
  }

  clear() {
    this.list.replaceChildren();
    this.rows.clear();
    this.messages.clear();
    this.unseen.clear();
    this.countUnread(0);
  }

  /** The bot has seen all that was written up to now. */
  markAllRead() {
    for (const row of this.unseen) markRead(row);
    this.unseen.clear();
  }

  dressAround(row) {
    for (const one of [row.previousElementSibling, row, row.nextElementSibling]) if (one) this.dress(one);
  }

  /** Which corners are round, whether a tail and a day stand here: it depends on the neighbours. */
  dress(row) {
    const message = this.messageOf(row);
    const before = this.messageOf(row.previousElementSibling);
    const after = this.messageOf(row.nextElementSibling);
    const { zone } = this.phone;
    const newDay = !before || dayOf(before.date, zone) !== dayOf(message.date, zone);
    row.querySelector(":scope > .day")?.remove();
    if (newDay) row.prepend(h("div", { class: "day", role: "separator" }, h("span", { class: "pill" }, dayLabel(message.date, zone))));
    row.classList.toggle("first", newDay || !together(before, message));
    row.classList.toggle("last", !after || dayOf(after.date, zone) !== dayOf(message.date, zone) || !together(message, after));
  }

  messageOf(row) {
    return row ? this.messages.get(Number(row.dataset.message)) : undefined;
  }

  /** After a change of zone, language or day. */
  relabel() {
    for (const row of this.rows.values()) {
      retime(row, this.phone.zone);
      this.dress(row);
    }
  }

  noticeScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // On the way down, be it ours or a new message's doing, the log still belongs to the bottom; only going up leaves it.
    if (scrollHeight - scrollTop - clientHeight < BOTTOM_SLACK_PX) this.stuck = true;
    else if (scrollTop < this.lastTop) this.stuck = false;
    this.lastTop = scrollTop;
    this.downButton.hidden = this.stuck;
    if (this.unread > 0) this.countUnread(this.unread);
  }

  toBottom(gently = false) {
    this.stuck = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: gently && !calm ? "smooth" : "instant" });
    this.noticeScroll();
  }

  /** So many are unread, says the server; those in plain sight are read at once. */
  countUnread(count) {
    const looking = this.stuck && this.phone.isSeen();
    if (looking && count > 0) this.onRead();
    const shown = looking ? 0 : count;
    if (shown === this.unread) return;
    this.unread = shown;
    this.badge.hidden = shown === 0;
    this.badge.textContent = String(shown);
    this.badge.dataset.unread = String(shown);
    this.onUnread(shown);
  }
}

function together(earlier, later) {
  return earlier.from?.id === later.from?.id && later.date - earlier.date < GROUP_GAP_S
    && !earlier.group_chat_created && !later.group_chat_created;
}
