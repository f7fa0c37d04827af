"""Reads the kinds of answer that any flow may get: words, yes and no."""

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer
from bot.core.input.yesno import NeitherYesNorNo, yes_or_no
from bot.flows.talk import JustType

__all__ = ["said_yes", "typed"]


def typed(answer: Answer) -> str:
    """Returns the text or the value of the tapped button.

    Raises:
        Refusal: the answer is a file or a contact.
    """
    if answer.kind not in {"text", "tap"}:
        raise Refusal(JustType())
    return answer.value


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
