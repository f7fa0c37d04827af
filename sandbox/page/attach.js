// What can be attached: a photo, a file, the own contact, and other kinds of messages a bot may meet.

import { h } from "./dom.js";
import { word } from "./words.js";

const KINDS = [
  ["location", "pin"], ["sticker", "smile"], ["voice", "mic"], ["video", "play"], ["poll", "poll"],
];

const SAMPLE_PHOTOS = 3;

/** The items of the attach menu. */
export function attachItems(composer) {
  return [
    { name: "photo", icon: "photo", word: "photo", run: () => open(composer, "photo", "image/*") },
    { name: "album", icon: "album", word: "album", run: () => composer.upload("album", { photos: SAMPLE_PHOTOS }) },
    { name: "document", icon: "file", word: "document", run: () => open(composer, "document", "") },
    { name: "contact", icon: "person", word: "contact", run: () => composer.shareContact() },
    ...KINDS.map(([kind, drawing]) => ({
      name: kind, icon: drawing, word: kind, run: () => composer.phone.act("media", { kind }),
    })),
  ];
}

const ALBUM_MAX = 10;

function open(composer, purpose, accept) {
  composer.file.accept = accept;
  composer.file.multiple = purpose === "photo";
  composer.file.dataset.file = purpose;
  composer.file.click();
}

/** Called when files were picked: photos are shown first and may get a caption; several make an album. */
export async function pickFile(composer) {
  const files = [...composer.file.files].slice(0, ALBUM_MAX);
  const [file] = files;
  const purpose = composer.file.dataset.file;
  composer.file.value = "";
  if (!file) return;
  const bytes = await base64(file);
  if (purpose !== "photo") {
    await composer.upload("document", { name: file.name, file: bytes });
    return;
  }
  const caption = await askCaption(composer.phone, file, files.length);
  if (caption === null) return;
  const words = caption ? { caption } : {};
  if (files.length === 1) await composer.upload("photo", { file: bytes, ...words });
  else await composer.upload("album", { photos: await Promise.all(files.map(base64)), ...words });
}

async function askCaption(phone, file, count) {
  const url = URL.createObjectURL(file);
  const field = h("input", {
    class: "caption-field", hint: "captionField", label: "captionField", maxlength: "1024",
    data: { autofocus: "", captionField: "" },
  });
  const send = await phone.overlay.ask({
    title: count > 1 ? word("sendAlbum", { count }) : word("sendPhoto"), kind: "photo-send",
    body: h("div", { class: "photo-send-body" }, h("img", { src: url, alt: file.name }), field),
    buttons: [{ word: "cancel", value: null }, { word: "send", value: true, strong: true }],
  });
  URL.revokeObjectURL(url);
  return send ? field.value.trim() : null;
}

function base64(file) {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}
