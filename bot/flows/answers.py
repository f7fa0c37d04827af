"""Reads the kinds of answer that any flow may get: words, yes and no."""

from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer
from bot.core.input.yesno import NeitherYesNorNo, yes_or_no
from bot.flows.talk import JustType

__all__ = ["ID_DIGITS_MAX", "button_number", "said_yes", "typed"]

ID_DIGITS_MAX: Final = 15


def typed(answer: Answer) -> str:
    """Returns the text or the value of the tapped button.

    Raises:
        Refusal: the answer is a file or a contact.
    """
    if answer.kind not in {"text", "tap"}:
        raise Refusal(JustType())
    return answer.value


def button_number(text: str, digits_max: int = ID_DIGITS_MAX) -> int:
    """Returns the number that a button carries; 0 for text that no button sends."""
    known = text.isascii() and text.isdigit() and len(text) <= digits_max
    return int(text) if known else 0


def said_yes(answer: Answer) -> bool:
    """Returns True for a yes and False for a no.

    Raises:
        Refusal: the answer is neither.
    """
    if answer.kind == "tap":
        return answer.value == "ya"
    yes = yes_or_no(answer.value) if answer.kind == "text" else None
    if yes is None:
        raise Refusal(NeitherYesNorNo())
    return yes
