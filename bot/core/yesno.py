"""Yes and no, as people type them."""

import re
from dataclasses import dataclass

from bot.core.messages import Message

__all__ = ["NeitherYesNorNo", "yes_or_no"]

YES = {"ya", "y", "iya", "iyaa", "yes", "yup", "ok", "oke", "okay", "betul", "benar", "setuju"}
YES |= {"sip", "siap", "boleh", "lanjut", "sudah", "yoi", "sure", "correct", "ya benar"}
NO = {"tidak", "t", "no", "n", "nggak", "gak", "ga", "ndak", "bukan", "jangan", "belum", "salah"}
NO |= {"tdk", "enggak", "nope", "wrong", "nanti"}


@dataclass(frozen=True, slots=True)
class NeitherYesNorNo(Message):
    """A question for yes or no got something else."""


def yes_or_no(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else."""
    words = " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
    if words in YES:
        return True
    return False if words in NO else None
