// What lies over one phone: alerts, questions, the photo viewer, small menus and toasts. Other phones go on living.

import { arrowKeys, h, icon } from "./dom.js";
import { painted } from "./emoji.js";
import { word } from "./words.js";

const TOAST_MS = 3500;
const TOAST_MS_PER_LETTER = 45;

export class Overlay {
  /** `beneath` is made inert while a sheet asks something; `toasts` is for the owner to put where they hide nothing. */
  constructor() {
    this.beneath = null;
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.sheets = h("div", { class: "sheets" });
    this.node = h("div", { class: "overlay" }, this.sheets);
  }

  /** A dark slip that goes away by itself. */
  toast(text) {
    const slip = h("div", { class: "toast", data: { toast: "" } }, ...painted(text));
    this.toasts.replaceChildren(slip);
    setTimeout(() => slip.remove(), TOAST_MS + text.length * TOAST_MS_PER_LETTER);
  }

  /** Asks with buttons `{word, value, strong}`; gives the value pressed, or null when put aside. */
  ask({ title, body, buttons, kind = "sheet" }) {
    return new Promise((answer) => {
      const previous = document.activeElement;
      const mayFocus = previous === document.body || this.beneath.contains(previous);
      const heading = title ? h("h2", { class: "sheet-title" }, title) : null;
      const row = h("div", { class: "sheet-buttons" });
      const card = h("div", {
        class: `sheet ${kind}`, role: "alertdialog", "aria-label": title || String(body), tabindex: "-1", data: { sheet: kind },
      }, heading, h("div", { class: "sheet-body" }, ...(typeof body === "string" ? painted(body) : [body])), row);
      const veil = h("div", { class: "veil", on: { click: (event) => event.target === veil && done(null) } }, card);
      const done = (value) => {
        veil.remove();
        this.beneath.inert = this.sheets.childElementCount > 0;
        if (veil.dataset.focused && previous.isConnected) previous.focus({ preventScroll: true });
        answer(value);
      };
      for (const button of buttons) row.append(sheetButton(button, () => done(button.value)));
      card.addEventListener("keydown", (event) => this.keys(event, card, () => done(null)));
      this.sheets.append(veil);
      this.beneath.inert = true;
      if (!mayFocus) return;
      veil.dataset.focused = "true";
      (card.querySelector("[data-autofocus]") ?? row.lastElementChild ?? card).focus({ preventScroll: true });
    });
  }

  /** Escape closes, Tab stays inside. */
  keys(event, card, close) {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
    if (event.key !== "Tab") return;
    const stops = [...card.querySelectorAll("button, input, a[href]")];
    const edge = event.shiftKey ? stops.at(0) : stops.at(-1);
    if (document.activeElement !== edge && document.activeElement !== card) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops.at(0)).focus();
  }

  /** A photo over the whole phone. */
  photo(url, caption) {
    const image = h("img", { src: url, alt: caption || word("photoAlt"), class: "viewer-image" });
    return this.ask({
      title: "", kind: "viewer", buttons: [{ word: "close", value: true }],
      body: h("figure", { class: "viewer-figure" }, image, caption ? h("figcaption", {}, caption) : null),
    });
  }

  /** A small menu beside its button; items are `{name, icon, word, run}`. */
  menu(anchor, items) {
    const wasOpen = anchor.getAttribute("aria-expanded") === "true";
    this.closeMenu?.();
    if (wasOpen) return;
    const list = h("div", { class: "menu", role: "menu" }, ...items.map((item) => h("button", {
      type: "button", role: "menuitem", class: "menu-item", data: { menu: item.name },
      on: { click: () => { close(); item.run(); } },
    }, icon(item.icon), item.text ? h("span", {}, item.text) : h("span", { word: item.word }))));
    const away = (event) => {
      if (!list.contains(event.target) && !anchor.contains(event.target)) close(false);
    };
    const close = (refocus = true) => {
      list.remove();
      anchor.setAttribute("aria-expanded", "false");
      document.removeEventListener("pointerdown", away, true);
      this.closeMenu = undefined;
      if (refocus && anchor.isConnected) anchor.focus({ preventScroll: true });
    };
    list.addEventListener("keydown", (event) => event.key === "Escape" && close());
    list.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !list.contains(event.relatedTarget)) close(false);
    });
    arrowKeys(list, ".menu-item");
    this.closeMenu = close;
    this.place(list, anchor);
    anchor.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", away, true);
    list.firstElementChild.focus({ preventScroll: true });
  }

  /** Above its button if that stands in the lower half of the phone, else below; never over the edge. */
  place(list, anchor) {
    this.node.append(list);
    const frame = this.node.getBoundingClientRect();
    const spot = anchor.getBoundingClientRect();
    // A phone may be drawn smaller than it is; lengths within it are those of its full size.
    const scale = frame.width / this.node.offsetWidth;
    const lower = spot.top - frame.top > frame.height / 2;
    const left = Math.min(Math.max(8, (spot.left - frame.left) / scale), this.node.offsetWidth - list.offsetWidth - 8);
    const room = (lower ? spot.top - frame.top : frame.bottom - spot.bottom) / scale;
    list.style.left = `${left}px`;
    list.style.maxHeight = `${Math.max(room - 12, 96)}px`;
    if (lower) list.style.bottom = `${(frame.bottom - spot.top) / scale + 6}px`;
    else list.style.top = `${(spot.bottom - frame.top) / scale + 6}px`;
  }
}

function sheetButton(button, press) {
  return h("button", {
    type: "button", class: button.strong ? "sheet-button strong" : "sheet-button", word: button.word,
    data: { sheetButton: button.word }, on: { click: press },
  });
}
