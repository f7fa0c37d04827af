// What a message holds beside its text: photos, documents, contacts, places, voices, polls.

import { fileUrl } from "./api.js";
import { avatar, fullName, h, icon } from "./dom.js";
import { painted } from "./emoji.js";
import { word } from "./words.js";

const PHOTO_WIDTH = 270;
const PHOTO_HEIGHT_MAX = 340;
const PHOTO_HEIGHT_MIN = 110;
const KILO = 1024;
const WAVE = [5, 9, 14, 8, 17, 12, 20, 10, 15, 7, 18, 13, 9, 16, 6, 11, 19, 8, 13, 5, 10, 15, 7, 12];

/** The node for a message's medium, or null for plain text. `data-shape` says how the bubble should hold it. */
export function mediaOf(message, phone) {
  if (message.photo?.length) return photo(message, phone);
  if (message.document) return file(message.document);
  if (message.contact) return contact(message.contact);
  if (message.location) return place(message.location);
  if (message.sticker) return sticker(message.sticker);
  if (message.voice) return voice(message.voice);
  if (message.video) return video(message.video);
  if (message.poll) return poll(message.poll);
  return message.text || message.caption ? null : h("em", { class: "unsupported", word: "unsupported" });
}

function photo(message, phone) {
  const size = message.photo.at(-1);
  const ratio = size.width && size.height ? size.height / size.width : 0.66;
  const height = Math.min(PHOTO_HEIGHT_MAX, Math.max(PHOTO_HEIGHT_MIN, Math.round(PHOTO_WIDTH * ratio)));
  const url = fileUrl(size.file_id);
  return h("button", {
    type: "button", class: "photo", label: "showPhoto", data: { shape: "picture", photo: size.file_id },
    on: { click: () => phone.showPhoto(url, message.caption) },
  }, h("img", {
    src: url, alt: message.caption ?? word("photoAlt"), style: `aspect-ratio:${PHOTO_WIDTH}/${height}`, decoding: "async",
  }));
}

function sizeWords(bytes) {
  if (!bytes) return "";
  if (bytes < KILO) return `${bytes} B`;
  if (bytes < KILO * KILO) return `${(bytes / KILO).toFixed(1)} KB`;
  return `${(bytes / KILO / KILO).toFixed(1)} MB`;
}

function file(document) {
  const name = document.file_name ?? word("document");
  const ending = name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "";
  return h("a", {
    class: "file", href: fileUrl(document.file_id), download: name, data: { shape: "card", document: name },
  },
  h("span", { class: "disc", "aria-hidden": "true" }, icon("file"), h("i", {}, ending)),
  h("span", { class: "card-lines" },
    h("b", {}, name),
    h("small", {}, [sizeWords(document.file_size), ending.toUpperCase()].filter(Boolean).join(" · "))));
}

function contact(card) {
  const name = fullName(card);
  const phoneNumber = card.phone_number.startsWith("+") ? card.phone_number : `+${card.phone_number}`;
  return h("div", { class: "card", data: { shape: "card", contact: card.phone_number } },
    avatar(card.user_id ?? 3, name, "avatar big"),
    h("span", { class: "card-lines" }, h("b", {}, name), h("small", {}, phoneNumber)));
}

function place(location) {
  return h("div", {
    class: "place", role: "img", "aria-label": `${location.latitude}, ${location.longitude}`, data: { shape: "picture" },
  }, icon("pin"));
}

function sticker(shown) {
  return h("div", { class: "sticker", role: "img", "aria-label": shown.emoji ?? "", data: { shape: "bare" } },
    ...painted(shown.emoji ?? "🙂"));
}

function voice(sound) {
  const bars = WAVE.map((height) => h("i", { style: `height:${height}px` }));
  return h("div", { class: "voice", data: { shape: "card" } },
    h("span", { class: "disc", "aria-hidden": "true" }, icon("play")),
    h("span", { class: "card-lines" },
      h("span", { class: "wave", "aria-hidden": "true" }, ...bars),
      h("small", {}, duration(sound.duration))));
}

function duration(seconds = 0) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function video(film) {
  return h("div", { class: "place film", role: "img", label: "video", data: { shape: "picture" } },
    h("span", { class: "disc", "aria-hidden": "true" }, icon("play")),
    h("span", { class: "length" }, duration(film.duration)));
}

function poll(question) {
  return h("div", { class: "poll", data: { shape: "card" } },
    h("b", {}, question.question),
    h("small", { word: "votes" }),
    ...question.options.map((option) => h("div", { class: "choice" },
      h("span", { class: "ring", "aria-hidden": "true" }), option.text)));
}
