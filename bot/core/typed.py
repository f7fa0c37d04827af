"""What people type or paste, made safe to keep and to show again."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

__all__ = ["MESSAGE_CHARACTERS_MAX", "clean_text", "composed", "one_line", "shown"]

MESSAGE_CHARACTERS_MAX = 4_096
"""The longest message that Telegram hands on."""

SHOWN_CHARACTERS_MAX = 40

MARKS_TOGETHER_MAX = 30
"""Unicode's own limit for text in a stream: no writing puts more marks on one letter."""

# Letters and symbols by their class, yet nothing to see: people paste them as empty names.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Joins the parts of one emoji; without it a family falls apart into four faces.
_JOINER = "\u200d"
# Letters by their class that fall apart into marks alone.
_HIDDEN_MARKS = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_END = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")

Form = Literal["NFC", "NFKC", "NFKD"]


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
    line = one_line(text[:MESSAGE_CHARACTERS_MAX])
    if len(line) <= SHOWN_CHARACTERS_MAX:
        return line
    return line[: SHOWN_CHARACTERS_MAX - 1].rstrip() + "…"


def composed(form: Form, text: str) -> str:
    """The text in one of Unicode's normal forms, at a cost that grows with its length alone.

    Putting the marks of a letter in order takes the square of their number, so those beyond what
    any writing has are left out first.
    """
    if text.isascii():
        return text
    return unicodedata.normalize(form, "".join(_few_marks(text)))


def _few_marks(text: str) -> Iterator[str]:
    together = 0
    for sign in text:
        is_mark = unicodedata.combining(sign) or sign in _HIDDEN_MARKS
        together = together + 1 if is_mark else 0
        if together <= MARKS_TOGETHER_MAX:
            yield sign


def _cleaned(text: str) -> str:
    whole = composed("NFC", _LINE_ENDS.sub("\n", text))
    visible = "".join(sign for sign in whole if _is_visible(sign))
    lines = _LINE_END.sub("\n", _BLANKS.sub(" ", visible))
    return _EMPTY_LINES.sub("\n\n", lines).strip()


def _is_visible(sign: str) -> bool:
    if sign in "\n\t" or sign == _JOINER:
        return True
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"} and sign not in _BLANK
