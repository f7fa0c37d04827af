"""Answers texts in people's own words, which are no command, no key and no answer."""

import re
from datetime import timedelta

from bot.conversation.own_words.understanding import is_no_sale, understood
from bot.conversation.starting import start_flow
from bot.flows.talk import MeantHere, WhichOne
from bot.services.sales.sell import tells_a_sale
from bot.store.conversation import attempts
from bot.turn.turn import Turn

__all__ = ["ASIDE_MIN", "SALE_VERB", "asked_aside", "is_a_sale", "lead_on"]

SALE_VERB = re.compile(r"(?:j|jual|sell)\b|j(?=[0-9])", re.IGNORECASE)
"""With such a word in front, a text is a sale and nothing else."""

SMALL_TALK = frozenset({"greeting", "thanks"})
SMALL_TALK_EVERY = timedelta(days=1)
ASIDE_MIN = 0.8
"""So sure must a guess be to be followed while another question is open."""


def is_a_sale(turn: Turn, text: str) -> bool:
    """Returns whether a text reports a sale; without the verb in front, it may only seem so."""
    if turn.caller.me is None or not tells_a_sale(turn, text):
        return False
    return SALE_VERB.match(text) is not None or not is_no_sale(turn, text)


def lead_on(turn: Turn, text: str) -> bool:
    """Start what the text asks for in its own words, or ask which of a few things it means.

    Returns False if it asks for nothing that the bot knows.
    """
    meant = understood(turn, text)
    match meant:
        case ():
            return False
        case (one,) if one.intent in SMALL_TALK and _was_answered_today(turn, one.intent):
            pass
        case (one,):
            start_flow(turn, one.spec.commands[0], one.args)
        case _:
            turn.reply.say(WhichOne(tuple(MeantHere(each.intent, each.line) for each in meant)))
    return True


def _was_answered_today(turn: Turn, intent: str) -> bool:
    """Returns whether such small talk had its answer within a day; after a greeting, the menu."""
    user_id, now = turn.caller.user_id, turn.now
    if not attempts.since(turn.conn, user_id, intent, now - SMALL_TALK_EVERY):
        attempts.add(turn.conn, user_id, intent, now)
        return False
    if intent == "greeting":
        start_flow(turn, "menu", "")
    return True


def asked_aside(turn: Turn, text: str) -> bool:
    """Answer a question in plain words that the open question cannot take, then ask that again.

    Returns False if the text asks for nothing that can be answered at once.
    """
    if not any(word.isalpha() for word in text.split()):
        return False  # a number was meant as an answer
    meant = understood(turn, text)
    if len(meant) != 1 or meant[0].spec.acts or meant[0].chance < ASIDE_MIN:
        return False
    start_flow(turn, meant[0].spec.commands[0], meant[0].args)
    return True
