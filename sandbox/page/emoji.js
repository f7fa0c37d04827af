// Stands in for emoji on machines without a font for them; phones and most computers never need it.

import { h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const PROBE_PX = 16;
const PICTURES = /\p{Extended_Pictographic}\uFE0F?|\p{Regional_Indicator}{2}/gu;
const DRAWN = new Set(("2709 1f4d5 1f512 1f9fe 1f4da 1f465 1f464 1f4b0 1f4b8 1f91d 1f310 1f338 2764 2705 274c 1f642 1f44b 1f389 1f514 1f4c5 2b50 1f6d2 "
  + "1f4e6 270f 1f4e3 1f4a1 1f517 23f0 1f4c8 1f4f1 1f3e0 26a0 2753 1f381 1f331 1f469 1f9fc 1f36f 1f4f7 2699 "
  + "1f4d2 1f5c2 2795 2716 21a9 23f8 23f9 25b6 23f3 1f50d 1f50e 1f501 1f504 1f5bc "
  + "1f382 1f4be 1f4c7 1f4dd 1f4e4 1f9ee 1f522 "
  + "25ab 2714 260e 1f3af 1f3e6 1f3f7 1f4b5 1f4c4 1f4cb 1f4ce 1f515 1f5d3 1f634 1f64f 1f6ab 1f44d 1f4cc 2611 2b1c 1f4ac 1f4de 270d 1f1ee-1f1e9 1f1ec-1f1e7").split(" "));

const PROBES = { picture: "📚", flag: "🇮🇩" };
const missing = {};

/** Whether this machine has no drawing for such emoji: a real one has a colour other than the pen's. */
function isMissing(kind) {
  if (missing[kind] === undefined) {
    const canvas = h("canvas", { width: PROBE_PX * 2, height: PROBE_PX * 2 });
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = `${PROBE_PX}px sans-serif`;
    pen.fillStyle = "#000";
    pen.fillText(PROBES[kind], 2, PROBE_PX + 4);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    missing[kind] = !data.some((value, index) => index % 4 < 3 && value > 0);
  }
  return missing[kind];
}

/** A text as nodes: itself, or with drawings over the emoji that could not be shown. The text stays the same to read. */
export function painted(text) {
  // Some systems have every emoji but the flags.
  if (!isMissing("flag") && !isMissing("picture")) return [text];
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(PICTURES)) {
    const code = codeOf(match[0]);
    if (!DRAWN.has(code) || !isMissing(code.includes("-") ? "flag" : "picture")) continue;
    parts.push(text.slice(at, match.index), drawing(match[0], code));
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== "");
}

/** The code points as the drawings are named, without the sign that only asks for colour. */
function codeOf(character) {
  return [...character].filter((sign) => sign !== "\uFE0F").map((sign) => sign.codePointAt(0).toString(16)).join("-");
}

function drawing(character, code) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/emoji.svg#e-${code}`);
  svg.append(use);
  return h("span", { class: "emoji" }, character, svg);
}
