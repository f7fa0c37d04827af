"""Takes a reply to a message of a member as the answer to it.

The message is the one behind the buttons of the quoted one. Its text is not read: another person
wrote it.
"""

import re
from typing import Final

from bot.conversation import engine
from bot.core.conversation.messages import Refusal
from bot.core.messaging.relay import relayed_words
from bot.flows.team import relaying
from bot.services.team.relaying import answer_relayed
from bot.store.conversation.sessions import Session
from bot.turn.access import may, why_not
from bot.turn.turn import Turn

__all__ = ["answer_quoted_message"]

ANSWERED: Final = re.compile(r"\+?/(?:kirimpesan|sendmessage) balas=([0-9a-z]{1,20})", re.ASCII)

NO_ANSWERS: Final = frozenset({"batal", "cancel", "kembali", "back"})


def answer_quoted_message(turn: Turn, session: Session | None, text: str) -> bool:
    """Answer the message that a person replies to; False for any other text."""
    quoted, incoming = turn.incoming.quoted, turn.incoming
    if quoted is None or not quoted.by_bot or turn.caller.me is None:
        return False
    if not text or text.startswith("/") or text.casefold() in NO_ANSWERS:
        return False
    if incoming.forwarded is not None:
        return False
    found = (ANSWERED.fullmatch(data) for data in quoted.buttons)
    references = {each[1] for each in found if each is not None}
    if len(references) != 1:
        return False
    if may(turn.caller, relaying.SPEC):
        (reference,) = references
        try:
            words = relayed_words(text)
            turn.reply.say(answer_relayed(turn, reference, words, f"u{incoming.row}"))
        except Refusal as refused:
            turn.reply.say(refused.message)
    else:
        turn.reply.say(why_not(turn.caller, relaying.SPEC))
    if session is not None:
        engine.ask_again(turn)
    return True
