// What a link means inside the sandbox: a start payload of this bot, something to share, or a page outside.

const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/u;

/** `{payload}` if the link starts this bot, else null; "t.me/bot" alone starts it without a payload. */
export function deepLink(text, username) {
  const url = parse(text);
  if (!url) return null;
  if (url.protocol === "tg:") {
    const named = url.searchParams.get("domain");
    return same(named, username) ? { payload: url.searchParams.get("start") ?? "" } : null;
  }
  const host = url.hostname.replace(/^www\./u, "");
  if (!["t.me", "telegram.me", "telegram.dog"].includes(host)) return null;
  const [first] = url.pathname.split("/").filter(Boolean);
  return same(first, username) ? { payload: url.searchParams.get("start") ?? "" } : null;
}

/** The bot's start link hidden in a share link (t.me/share, wa.me) or in any other text. */
export function linkWithin(text, username) {
  const url = parse(text);
  const parts = url ? [...url.searchParams.values()] : [];
  for (const part of [text, ...parts]) {
    for (const candidate of part.match(/(?:https?:\/\/)?(?:t\.me|telegram\.me)\/[\w?=&%-]+/giu) ?? []) {
      const link = deepLink(candidate, username);
      if (link) return link;
    }
  }
  return null;
}

/** What someone pasted for a new prospect: a link, a bare code, or nothing. Null if it belongs to somebody else. */
export function pastedPayload(text, username) {
  const pasted = text.trim();
  if (!pasted) return "";
  const link = linkWithin(pasted, username);
  if (link) return link.payload;
  return PAYLOAD.test(pasted) ? pasted : null;
}

/** The link that carries this payload. */
export function startLink(username, payload) {
  return payload ? `t.me/${username}?start=${payload}` : `t.me/${username}`;
}

/** For "share" links: the words and the address that would be shared. */
export function shared(text) {
  const url = parse(text);
  if (!url || !/\/(share|share\/url|msg)/u.test(url.pathname) || !url.hostname.endsWith("t.me")) return null;
  return [url.searchParams.get("text"), url.searchParams.get("url")].filter(Boolean).join("\n");
}

function parse(text) {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:/iu.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
}

function same(name, username) {
  return Boolean(name) && name.toLowerCase() === username.toLowerCase();
}
