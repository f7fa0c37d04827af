"""Reads yes and no as people type them."""

import re
from dataclasses import dataclass

from bot.core.conversation.messages import Message

__all__ = ["NeitherYesNorNo", "yes_or_no"]

TEXT_CHARACTERS_MAX = 256

YES = {"ya", "y", "iya", "iyaa", "yes", "yup", "ok", "oke", "okay", "betul", "benar", "setuju"}
YES |= {"sip", "siap", "boleh", "lanjut", "sudah", "udah", "sdh", "yoi", "sure", "correct", "yep"}
NO = {"tidak", "t", "no", "n", "nggak", "gak", "ga", "ndak", "bukan", "jangan", "belum", "nope"}
NO |= {"tdk", "enggak", "nanti", "blm", "not", "ngga"}
WRONG = {"salah", "wrong", "keliru"}
POLITE = {"bu", "ibu", "pak", "bapak", "kak", "kakak", "min", "admin", "mas", "mbak", "mba"}
POLITE |= {"dong", "deh", "lah", "saja", "aja", "kok", "dulu", "please", "thanks", "makasih"}
SIGNS = {"\N{THUMBS UP SIGN}": "ya", "\N{OK HAND SIGN}": "ya", "\N{THUMBS DOWN SIGN}": "tidak"}
SIGNS |= {"\N{WHITE HEAVY CHECK MARK}": "ya", "\N{CROSS MARK}": "tidak"}

_MARKS = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class NeitherYesNorNo(Message):
    """The answer to a yes-or-no question is neither."""


def yes_or_no(text: str) -> bool | None:
    """Returns True for a yes, False for a no, None for anything else, such as both."""
    if len(text) > TEXT_CHARACTERS_MAX:
        return None
    for sign, word in SIGNS.items():
        text = text.replace(sign, f" {word} ")
    words = set(_MARKS.sub(" ", text.casefold()).split())
    if words & YES and words <= YES | POLITE:
        return True
    # "Tidak salah" ("not wrong") is not a no.
    refuses = bool(words & NO) != bool(words & WRONG)
    return False if refuses and words <= NO | WRONG | POLITE else None
