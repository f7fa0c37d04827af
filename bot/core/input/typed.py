"""Makes text that people type or paste safe to store and to show again."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

__all__ = [
    "MESSAGE_CHARACTERS_MAX",
    "clean_text",
    "composed",
    "has_stacked_marks",
    "is_blank",
    "one_line",
    "shown",
    "unstyled",
]

MESSAGE_CHARACTERS_MAX = 4_096
"""The longest text of a Telegram message."""

SHOWN_CHARACTERS_MAX = 40
MARKS_MAX = 2
"""The most accents on one letter; more of them would overlap the lines above and below."""

MARKS_TOGETHER_MAX = 30
"""Unicode's own limit for text in a stream: no writing puts more marks on one letter."""

# Letters and symbols by category, but invisible: people paste them as empty names.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
# Joins the parts of one emoji; without it a family becomes four faces.
_JOINER = "\u200d"
# Invisible marks, which can hide a word from a search.
_UNSEEN = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f") | frozenset(
    # Requests for another form of a letter, and places that Unicode keeps for more of the kind.
    map(chr, (*range(0xFE00, 0xFE0F), 0x2065, *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)))
)
_EMOJI_STYLE = "\ufe0f"
_KEYCAP = "\u20e3"
# Pictures that Unicode counts as punctuation.
_PICTURE_POINTS = frozenset("\u203c\u2049\u3030")
_SYMBOLS_FROM = "\u2190"
# Letters by category that decompose into marks alone.
_HIDDEN_MARKS = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_END = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")

Form = Literal["NFC", "NFKC", "NFKD"]


def clean_text(text: str, limit: int) -> str:
    """Returns the text without control, direction and invisible characters, cut to `limit`.

    Direction overrides would let a name reverse the words that the bot writes after it. Line
    breaks stay, with at most one empty line between two lines.
    """
    return _cleaned(text)[:limit].rstrip()


def one_line(text: str, limit: int | None = None) -> str:
    """Returns the cleaned text with spaces for line breaks."""
    return " ".join(_cleaned(text).split())[:limit].rstrip()


def shown(text: str) -> str:
    """Returns the text as a message may repeat it: one short line."""
    line = one_line(text[:MESSAGE_CHARACTERS_MAX])
    if len(line) <= SHOWN_CHARACTERS_MAX:
        return line
    return line[: SHOWN_CHARACTERS_MAX - 1].rstrip() + "…"


def composed(form: Form, text: str) -> str:
    """Returns the text in one of Unicode's normal forms, in time linear in its length.

    Ordering the marks of a letter takes quadratic time, so marks beyond the number that any script
    uses are dropped first.
    """
    if text.isascii():
        return text
    return unicodedata.normalize(form, "".join(_few_marks(text)))


def unstyled(text: str) -> str:
    """Returns the text in plain letters: no circled, wide or small forms, no emoji style."""
    return composed("NFKC", text).replace(_EMOJI_STYLE, "")


def _few_marks(text: str) -> Iterator[str]:
    together = 0
    for sign in text:
        is_mark = unicodedata.combining(sign) or sign in _HIDDEN_MARKS
        together = together + 1 if is_mark else 0
        if together <= MARKS_TOGETHER_MAX:
            yield sign


def _cleaned(text: str) -> str:
    whole = composed("NFC", _LINE_ENDS.sub("\n", text))
    visible = _with_few_marks([sign for sign in whole if _is_visible(sign)])
    lines = _LINE_END.sub("\n", _BLANKS.sub(" ", visible))
    return _EMPTY_LINES.sub("\n\n", lines).strip()


def is_blank(text: str) -> bool:
    """Returns whether a text has no character that a reader could see."""
    signs = composed("NFC", text)
    return not any(unicodedata.category(sign)[0] in "LNPS" and _is_visible(sign) for sign in signs)


def has_stacked_marks(text: str) -> bool:
    """Returns whether a letter has more accents than any language uses."""
    count = 0
    for sign in filter(_is_visible, composed("NFC", text)):
        if sign != _JOINER:
            count = count + 1 if _is_mark(sign) else 0
        if count > MARKS_MAX:
            return True
    return False


def _with_few_marks(signs: list[str]) -> str:
    """Returns the signs joined, with two marks on a letter at most and no stray emoji signs."""
    kept: list[str] = []
    count = 0
    for place, sign in enumerate(signs):
        if sign == _JOINER and not _joins(signs, place):
            continue
        if sign == _EMOJI_STYLE and not _styles(signs, place):
            continue
        count = count + 1 if _is_mark(sign) else 0
        if count <= MARKS_MAX:
            kept.append(sign)
    return "".join(kept)


def _joins(signs: list[str], place: int) -> bool:
    """Returns whether the joiner at this place is between two pictures."""
    before = signs[max(place - 2, 0) : place]
    if before[-1:] == [_EMOJI_STYLE]:
        before.pop()
    return _is_picture(before[-1:]) and _is_picture(signs[place + 1 : place + 2])


def _styles(signs: list[str], place: int) -> bool:
    """Returns whether the emoji style at this place follows a picture, or is within a keycap."""
    before = signs[max(place - 1, 0) : place]
    return _is_picture(before) or signs[place + 1 : place + 2] == [_KEYCAP]


def _is_picture(sign: list[str]) -> bool:
    if not sign:
        return False
    kind = unicodedata.category(sign[0])
    symbol = kind in {"Sk", "Sm"} and sign[0] >= _SYMBOLS_FROM  # the skins, some arrows
    return kind == "So" or symbol or sign[0] in _PICTURE_POINTS


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me"} and sign != _EMOJI_STYLE


def _is_visible(sign: str) -> bool:
    if sign in "\n\t" or sign == _JOINER:
        return True
    hidden = sign in _BLANK or sign in _UNSEEN
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"} and not hidden
