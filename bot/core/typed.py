"""What people type or paste, made safe to keep and to show again."""

import re
import unicodedata

__all__ = ["clean_text", "one_line", "shown"]

SHOWN_CHARACTERS_MAX = 40

# Letters and symbols by their class, yet nothing to see: people paste them as empty names.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Joins the parts of one emoji; without it a family falls apart into four faces.
_JOINER = "\u200d"
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str, limit: int) -> str:
    """The text without control, direction and invisible characters, at most `limit` long.

    Direction overrides would let a name turn round the words that the bot writes after it. Line
    breaks stay, with at most one empty line between two lines.
    """
    return _cleaned(text)[:limit].rstrip()


def one_line(text: str, limit: int | None = None) -> str:
    """The cleaned text with its line breaks turned into spaces."""
    return " ".join(_cleaned(text).split())[:limit].rstrip()


def shown(text: str) -> str:
    """The text as a message may repeat it: one short line."""
    line = one_line(text)
    if len(line) <= SHOWN_CHARACTERS_MAX:
        return line
    return line[: SHOWN_CHARACTERS_MAX - 1].rstrip() + "…"


def _cleaned(text: str) -> str:
    composed = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    visible = "".join(sign for sign in composed if _is_visible(sign))
    lines = re.sub(r"[^\S\n]+", " ", visible)
    lines = re.sub(r" ?\n ?", "\n", lines)
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _is_visible(sign: str) -> bool:
    if sign in "\n\t" or sign == _JOINER:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"} and sign not in _BLANK
