"""Answers texts in people's own words, which are no command, no key and no answer."""

import re
from datetime import timedelta
from typing import Literal

from bot.conversation.own_words.matcher import Heard
from bot.conversation.own_words.unclear import count_unclear
from bot.conversation.own_words.understanding import SMALL_TALK, heard_in, meant_by, sale_in
from bot.conversation.starting import start_flow
from bot.flows.sales.sell import IF_A_SALE
from bot.flows.sales.sell_lookups import SalesIn
from bot.flows.talk import MeantHere, WhichOne
from bot.services.sales.told_sales import sales_told, tells_a_sale
from bot.store.conversation import attempts
from bot.turn.turn import Turn

__all__ = [
    "ASIDE_MIN",
    "SALE_VERB",
    "answer_plain_words",
    "asked_aside",
    "tells_another_sale",
]

SALE_VERB = re.compile(
    r"(?:j|jual|sell|(?:catat|record|log)\s++(?:jualan|penjualan|a\s++sale|sale))\b|j(?=[0-9])",
    re.IGNORECASE,
)
"""With such a word in front, a text is a sale unless it clearly is something else."""

SMALL_TALK_EVERY = timedelta(days=1)
ASIDE_MIN = 500
ASIDE_WORDS_MIN = 2
"""While another question is open, a guess is followed from this margin and so many words on."""


def answer_plain_words(turn: Turn, text: str) -> bool:
    """Start what the text asks for in its own words, or ask which of a few things it means.

    Returns False if it asks for nothing that the bot knows.
    """
    heard = heard_in(turn, text)
    if heard is None:
        return False
    if turn.caller.me is not None and tells_a_sale(turn, text):
        match _sale_in(turn, text, heard):
            case "card":
                return start_flow(turn, "jual", text)
            case "ask":
                count_unclear(turn, heard.said, "asked-if-sale")
                return start_flow(turn, "jual", f"{IF_A_SALE}{text}")
            case None:
                pass
    meant = meant_by(turn, text, heard)
    match meant:
        case ():
            return False
        case (one,) if one.intent in SMALL_TALK and _was_answered_today(turn, one.intent):
            pass
        case (one,):
            start_flow(turn, one.spec.commands[0], one.args)
        case _:
            count_unclear(turn, heard.said, "asked-which")
            turn.reply.say(WhichOne(tuple(MeantHere(each.intent, each.line) for each in meant)))
    return True


def tells_another_sale(turn: Turn, text: str) -> bool:
    """Returns whether a text, typed while something else is asked, certainly tells of a sale."""
    if turn.caller.me is None or not tells_a_sale(turn, text, to_somebody=True):
        return False
    heard = heard_in(turn, text)
    return heard is not None and _sale_in(turn, text, heard) == "card"


def _sale_in(turn: Turn, text: str, heard: Heard) -> Literal["card", "ask"] | None:
    """Returns what to do with a text that reads like a sale; of several, each is weighed alone.

    The weights know texts about one sale, and doubt one in which a second buyer follows.
    """
    found = sale_in(heard, has_verb=SALE_VERB.match(text) is not None)
    if found != "ask":
        return found
    parts = sales_told(turn, SalesIn(text))
    if len(parts) == 1:
        return found
    alone = [heard_in(turn, part) for part in parts]
    certain = all(each is not None and sale_in(each, has_verb=False) == "card" for each in alone)
    return "card" if certain else found


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
    heard = heard_in(turn, text)
    meant = () if heard is None else meant_by(turn, text, heard)
    if heard is None or len(meant) != 1 or meant[0].spec.acts or meant[0].margin < ASIDE_MIN:
        return False
    if meant[0].intent in SMALL_TALK and any(sign.isdigit() for sign in text):
        return False  # "5 pagi" was meant as an hour
    few = len(set(heard.said.words)) < ASIDE_WORDS_MIN
    if few and meant[0].intent not in SMALL_TALK:
        return False
    start_flow(turn, meant[0].spec.commands[0], meant[0].args)
    return True
