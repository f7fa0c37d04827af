// The row of faces on top: on a wide screen it leads to a phone, on a narrow one it is the tabs.

import { avatar, fullName, h } from "./dom.js";
import { spoken, word } from "./words.js";

const NARROW = matchMedia("(max-width: 719px)");

// A phone may be drawn smaller, so that more of them stand side by side; then only whole ones are in sight.
const PHONE_FULL_PX = 300;
const PHONE_MIN_PX = 235;
const LOW = matchMedia("(max-height: 520px)");
const LOW_PHONE_MIN_PX = 330;
const PHONE_MAX_PX = 384;
const NEARLY_FULL = 0.97;
const GAP_PX = 18;
const EDGE_PX = 16;

export class People {
  constructor(bar, stage) {
    this.bar = bar;
    this.stage = stage;
    this.phones = new Map();
    this.faces = new Map();
    this.chosen = null;
    NARROW.addEventListener("change", () => this.arrange());
    new ResizeObserver(() => this.arrange()).observe(stage);
    bar.addEventListener("keydown", (event) => this.keys(event));
    this.watcher = new IntersectionObserver((entries) => this.noticeVisible(entries), { root: stage, threshold: 0.6 });
    this.visible = new Set();
  }

  add(phone) {
    const id = phone.person.id;
    this.phones.set(id, phone);
    this.stage.append(phone.node);
    this.watcher.observe(phone.node);
    const face = h("button", { type: "button", class: "face", data: { tab: String(id) }, on: { click: () => this.choose(id, true) } });
    this.faces.set(id, face);
    this.bar.append(face);
    this.drawFace(phone);
    if (this.chosen === null) this.chosen = id;
    this.arrange();
  }

  remove(id) {
    this.watcher.unobserve(this.phones.get(id).node);
    this.phones.get(id).node.remove();
    this.faces.get(id).remove();
    this.phones.delete(id);
    this.faces.delete(id);
    if (this.chosen === id) this.chosen = this.phones.keys().next().value ?? null;
    this.arrange();
  }

  drawFace(phone) {
    const face = this.faces.get(phone.person.id);
    const name = fullName(phone.person);
    const caption = spoken(phone.person.caption);
    const { unread } = phone.log;
    face.replaceChildren(avatar(phone.person.id, name, "avatar face-avatar"),
      h("span", { class: "face-lines" }, h("b", {}, phone.person.first_name), h("small", {}, caption)),
      unread ? h("span", { class: "badge", "aria-hidden": "true" }, String(unread)) : "");
    if (NARROW.matches && phone.person.id === this.chosen) face.scrollIntoView({ inline: "nearest", block: "nearest" });
    face.setAttribute("aria-label", [name, caption, unread ? `${unread} ${word("unread")}` : ""].filter(Boolean).join(", "));
  }

  /** Shows a phone: alone when narrow, scrolled into view when wide. */
  choose(id, byPerson = false) {
    this.chosen = id;
    this.arrange();
    const phone = this.phones.get(id);
    if (NARROW.matches) phone.log.toBottom();
    else if (byPerson) phone.node.scrollIntoView({ inline: "center", block: "nearest", behavior: calm() });
  }

  arrange() {
    const narrow = NARROW.matches;
    set(this.bar, "role", narrow ? "tablist" : null);
    for (const [id, phone] of this.phones) {
      const face = this.faces.get(id);
      const mine = id === this.chosen;
      set(face, "role", narrow ? "tab" : null);
      set(face, "aria-selected", narrow ? String(mine) : null);
      set(face, "aria-controls", phone.node.id);
      face.tabIndex = narrow && !mine ? -1 : 0;
      set(phone.node, "role", narrow ? "tabpanel" : null);
      phone.node.hidden = narrow && !mine;
    }
    const room = this.stage.clientWidth - 2 * EDGE_PX;
    const fit = Math.max(1, Math.floor((room + GAP_PX) / ((LOW.matches ? LOW_PHONE_MIN_PX : PHONE_MIN_PX) + GAP_PX)));
    const all = this.phones.size <= fit;
    const width = (room - (Math.min(fit, this.phones.size) - 1) * GAP_PX) / Math.min(fit, this.phones.size || 1);
    const phone = all ? Math.min(width, PHONE_MAX_PX) : width;
    this.stage.style.setProperty("--phone-width", `${phone}px`);
    const scale = phone / PHONE_FULL_PX;
    this.stage.style.setProperty("--phone-scale", narrow || scale > NEARLY_FULL ? "1" : scale.toFixed(3));
    // When every phone is in sight the row of faces has nothing to lead to.
    this.bar.parentElement.classList.toggle("needless", !narrow && all);
    if (narrow) this.faces.get(this.chosen)?.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  keys(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const ids = [...this.faces.keys()];
    const at = ids.findIndex((id) => this.faces.get(id) === document.activeElement);
    if (at < 0) return;
    const next = ids[(at + step + ids.length) % ids.length];
    if (NARROW.matches) this.choose(next);
    this.faces.get(next).focus();
  }

  /** Whether a person at the screen sees this phone: hidden tabs and phones scrolled away collect unread messages. */
  isSeen(phone) {
    if (document.hidden) return false;
    return NARROW.matches ? phone.person.id === this.chosen : this.visible.has(phone.node);
  }

  noticeVisible(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.visible.add(target);
      else this.visible.delete(target);
    }
    for (const phone of this.phones.values()) if (this.isSeen(phone)) phone.log.noticeScroll();
  }
}

function set(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
