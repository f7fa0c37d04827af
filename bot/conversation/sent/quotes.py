"""Answers a reply to an earlier message: the receipt that it shows, or led to, is what is meant.

The quoted text is never read as part of what was typed.
"""

import re
from typing import Final

from bot.conversation import engine
from bot.conversation.labels import menu_command
from bot.conversation.own_words.answering import ASIDE_MIN, SALE_VERB
from bot.conversation.own_words.office_words import TAKES_BACK
from bot.conversation.own_words.understanding import SMALL_TALK, heard_in, meant_by
from bot.conversation.registry import by_command, by_word, receipt_for
from bot.conversation.slash_commands import read_command
from bot.conversation.starting import start_flow
from bot.flows.home.hints import HINTS
from bot.flows.receipts import receipts, void
from bot.flows.sales import sell
from bot.flows.sent import AsRecorded
from bot.flows.talk import NothingOpen
from bot.services.sales.told_sales import tells_a_sale
from bot.store.conversation import used_messages
from bot.store.conversation.sessions import Session
from bot.turn.turn import Turn

__all__ = ["answer_about_quoted", "receipts_in"]

ABOUT_RECEIPTS: Final = frozenset({receipts.SPEC.name, void.SPEC.name})
RECEIPT: Final = re.compile(r"\bS-[0-9]{4,15}\b", re.ASCII)
SHORT_CHARACTERS_MAX: Final = 200


def answer_about_quoted(turn: Turn, session: Session | None, text: str) -> bool:
    """Answer a reply about a receipt; False where the text is to be read like any other."""
    quoted = turn.incoming.quoted
    if quoted is None or turn.caller.me is None or len(text) > SHORT_CHARACTERS_MAX:
        return False
    if session is not None and any(
        data.startswith(f"{session.reference}:") for data in quoted.buttons
    ):
        return False  # the open question itself
    if quoted.by_bot:
        found = receipts_in(quoted.text)
        voids = session is not None and session.flow == void.SPEC.name
        asked = session.args if session is not None and voids else ""
        return asked not in found and _answer(turn, found, text)
    used = used_messages.find(turn.conn, turn.incoming.chat_id, quoted.message_id)
    if used is None or (used.flow != sell.SPEC.name and not used.recorded):
        return False
    receipt = receipt_for(turn, used.reference)
    if receipt is not None:
        return _answer(turn, [receipt], text)
    if TAKES_BACK.search(text) is None:
        return False
    if session is not None and session.reference == used.reference:
        engine.leave(turn, session)
    else:
        turn.reply.say(NothingOpen(member=True))
    return True


def receipts_in(text: str) -> list[str]:
    """Returns the numbers of the receipts that a text names, each once."""
    return list(dict.fromkeys(RECEIPT.findall(text)))


def _answer(turn: Turn, found: list[str], text: str) -> bool:
    """Answer what was typed about a receipt, if exactly one is quoted."""
    if len(found) != 1:
        return False
    command = read_command(text, turn.username)
    if command is not None:
        spec = by_command(command[0])
        if command[0] in {"batal", "cancel"}:
            spec = void.SPEC
        if spec is None or spec.name not in ABOUT_RECEIPTS or command[1]:
            return False
        return start_flow(turn, spec.commands[0], found[0])
    if TAKES_BACK.search(text) is not None:
        return start_flow(turn, void.SPEC.commands[0], found[0])
    if _is_about_another_thing(turn, text):
        return False
    turn.reply.preface = turn.reply.preface or AsRecorded()
    return start_flow(turn, receipts.SPEC.commands[0], found[0])


def _is_about_another_thing(turn: Turn, text: str) -> bool:
    """Returns whether the words ask for something that no receipt is needed for."""
    spec = by_word(text)
    if menu_command(turn, text) is not None or spec is not None:
        return spec is None or spec.name not in ABOUT_RECEIPTS
    if SALE_VERB.match(text) is not None and tells_a_sale(turn, text):
        return True
    heard = heard_in(turn, text)
    meant = () if heard is None else meant_by(turn, text, heard)
    if len(meant) != 1 or meant[0].margin < ASIDE_MIN:
        return False
    if meant[0].spec.name == HINTS.name:
        return meant[0].intent in SMALL_TALK
    return meant[0].spec.name not in {*ABOUT_RECEIPTS, sell.SPEC.name}
