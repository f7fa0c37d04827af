"""Takes an admin's reply to the notice or the card of a question as the office's answer.

The question is the one behind the buttons of the quoted message. Its text is not read: people
wrote parts of it.
"""

import re
from typing import Final

from bot.conversation import engine
from bot.flows.inquiries.inquiry_cards import WhichInquiry
from bot.services.inquiries.answering_inquiries import answer_inquiry
from bot.store.conversation.sessions import Session
from bot.turn.turn import Turn

__all__ = ["answer_quoted_inquiry"]

NUMBERED: Final = re.compile(
    r"\+?/(?:kelola|manage) (?:tanya|tanyatutup|faqbaru) ([0-9]{1,15})", re.ASCII
)
NAMED: Final = re.compile(r"p-?([0-9]{1,15})\b[ :,.]*", re.ASCII | re.IGNORECASE)
"""A number in front of an answer, which says to which question it belongs."""

NO_ANSWERS: Final = frozenset({"batal", "cancel", "kembali", "back"})


def answer_quoted_inquiry(turn: Turn, session: Session | None, text: str) -> bool:
    """Answer the question that an admin replies to; False for any other message."""
    quoted = turn.incoming.quoted
    if quoted is None or not quoted.by_bot or "admin" not in turn.caller.roles:
        return False
    if not text or text.startswith("/") or text.casefold() in NO_ANSWERS:
        return False
    if turn.incoming.forwarded is not None:
        return False
    found = (NUMBERED.fullmatch(data) for data in quoted.buttons)
    numbers = tuple(dict.fromkeys(int(each[1]) for each in found if each is not None))
    if not numbers:
        return False
    only = numbers[0] if len(numbers) == 1 else None
    named = NAMED.match(text)
    if named is not None and int(named[1]) in numbers:
        only, text = int(named[1]), text[named.end() :]
    turn.reply.say(WhichInquiry(numbers) if only is None else answer_inquiry(turn, only, text))
    if session is not None:
        engine.ask_again(turn)
    return True
