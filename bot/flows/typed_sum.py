"""Asks to type a sum that is shown, so that no slip of a finger moves money."""

import re
from collections.abc import Callable
from typing import Final

from bot.core.conversation.messages import Message, Refusal
from bot.core.conversation.replay import Answer
from bot.core.input.money import parse_rupiah
from bot.core.input.typed import one_line
from bot.flows.answers import typed

__all__ = ["the_sum"]

SUM_CHARACTERS_MAX: Final = 40
WHOLE: Final = re.compile(
    r"(?:rp|idr)?\.?\s*([0-9]{1,15}|[0-9]{1,3}(?:[., ][0-9]{3}){1,4})\s*(?:,-|rupiah)?[.!]?",
    re.ASCII | re.IGNORECASE,
)
SEPARATORS: Final = re.compile(r"[., ]")


def the_sum(amount: int, other: Message) -> Callable[[Answer], int]:
    """Returns a reader that accepts only this sum, however it is written; `other` refuses."""

    def read(answer: Answer) -> int:
        words = one_line(typed(answer), SUM_CHARACTERS_MAX)
        whole = WHOLE.fullmatch(words)
        found = int(SEPARATORS.sub("", whole[1])) if whole else parse_rupiah(words)
        if found != amount:
            raise Refusal(other)
        return found

    return read
