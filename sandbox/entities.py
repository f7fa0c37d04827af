"""Plain text with its entities: cleaned, trimmed, commands and links found; UTF-16 throughout."""

import re
from dataclasses import dataclass

from sandbox.state import Json

KEPT_AS_IS = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
PRIORITY = {"pre": 0, "code": 1, "text_link": 2, "blockquote": -1, "bold": 4, "italic": 5}

ENTITIES_MAX = 100
ENTITY_BYTES = 12

_BLANK = {code: " " for code in range(32) if code not in (10, 13)}
_GONE = dict.fromkeys((13, 0x0333, 0x033F, 0x030A, *range(0x2028, 0x202F)))
_CLEANED = _BLANK | _GONE
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+|(?<![\w.@/])t\.me/[^\s<>\"]+)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{4,31})"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{4,31})?(?!\w))"
    r"|(?P<hashtag>(?<![\w&#])#\w*[^\W\d]\w*)"
)


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and what is special in it."""

    text: str
    entities: list[Json]


def clean(text: str) -> str:
    """Control signs are blanks; carriage returns and marks of direction are nothing."""
    return text.translate(_CLEANED)


def width(text: str) -> int:
    """The length in UTF-16 units, the measure of every entity."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def finished(text: str, entities: list[Json]) -> RichText:
    """Trim the ends, find what nobody marked, and put the entities in Telegram's order."""
    left = len(text) - len(text.lstrip(" \n"))
    trimmed = text.strip(" \n")
    marked = _shifted(entities, width(text[:left]), width(trimmed)) if entities else []
    marked.extend(_found(trimmed, marked))
    marked.sort(key=_order)
    return RichText(trimmed, marked)


def size_of(entities: list[Json]) -> int:
    """About how many bytes entities take on Telegram's own wire."""
    texts = (value for entity in entities for value in entity.values() if isinstance(value, str))
    return ENTITY_BYTES * len(entities) + sum(len(text.encode()) for text in texts)


def _order(entity: Json) -> tuple[int, int, int]:
    return entity["offset"], -entity["length"], PRIORITY.get(entity["type"], 9)


def _shifted(entities: list[Json], left: int, total: int) -> list[Json]:
    kept = []
    for entity in entities:
        start = max(entity["offset"] - left, 0)
        end = min(entity["offset"] + entity["length"] - left, total)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return kept


def _found(text: str, marked: list[Json]) -> list[Json]:
    """Commands, links, names, hashtags and addresses in the plain parts."""
    if not any(sign in text for sign in ("/", "@", "#")):
        return []
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in marked
        if entity["type"] in KEPT_AS_IS
    ]
    found = []
    for match in _FOUND.finditer(text):
        what = match.group()
        if match.lastgroup == "url":
            what = what.rstrip(".,;:!?)'")
        start = width(text[: match.start()])
        end = start + width(what)
        if all(end <= opens or start >= closes for opens, closes in closed):
            found.append({"type": match.lastgroup, "offset": start, "length": end - start})
    return found
