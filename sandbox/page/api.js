// The page's only way to the server: requests to /control, the clock, and the stream of events.

import { word } from "./words.js";

const RETRY_MS = 1500;
const OFFLINE = 0;
const REASONS = { [OFFLINE]: "failedOffline", 404: "failedGone", 409: "failedBlocked", 413: "failedTooBig" };

/** What the server did not do; `status` is 0 when nobody answered. */
class Refused extends Error {
  constructor(reason, status) {
    super(reason);
    this.status = status;
  }
}

/** Why something failed, in the words of the person at the screen. */
export function whyNot(error) {
  return word(REASONS[error.status] ?? "failedOtherwise", { why: error.message });
}

/** Asks the server to do something; a refusal is thrown with its own words. */
export async function control(action, body = {}) {
  const path = action.startsWith("/") ? action : `/control/${action}`;
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => { throw new Refused("", OFFLINE); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.error) throw new Refused(answer.error ?? `HTTP ${response.status}`, response.status);
  return answer;
}

/** Reads something from the server. */
export async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response.json();
}

/** Where the bytes of a file that a message names can be fetched. */
export function fileUrl(fileId) {
  return `/control/file?file_id=${encodeURIComponent(fileId)}`;
}

/**
 * Follows the server's events for as long as the page is open. `onState("open" | "lost")` tells of the line.
 * After a break the stream is asked for what came after the last event seen; a server that no longer knows
 * tells everything again, beginning with `reset`.
 */
export function follow(onEvent, onState) {
  let seen = 0;
  let source = null;

  const open = () => {
    source = new EventSource(`/events?after=${seen}`);
    source.onopen = () => onState("open");
    source.onmessage = (message) => take(message.data);
    source.onerror = () => {
      source.close();
      onState("lost");
      setTimeout(open, RETRY_MS);
    };
  };
  const take = (data) => {
    const event = JSON.parse(data);
    seen = event.n;
    onEvent(event);
  };
  open();
}
