"""Answers forwarded messages: what another person wrote is never taken for the member's own words.

An order of a customer leads to a button that opens a sale with it.
"""

from dataclasses import replace

from bot.conversation.own_words.answering import asked_aside
from bot.conversation.sent.noise import lead_back
from bot.conversation.sent.quotes import receipts_in
from bot.conversation.starting import start_flow
from bot.core.conversation.fingerprint import question_of
from bot.core.sales.orders import read_order
from bot.flows.broadcasts.broadcast_questions import AskBody
from bot.flows.receipts import receipts
from bot.flows.sales.orders import ORDER
from bot.flows.sales.sell_messages import AskProduct
from bot.flows.sent import ForwardedFrom, ForwardUnread
from bot.store.conversation import sessions
from bot.store.products import products
from bot.turn.turn import Turn

__all__ = ["answer_forwarded", "is_of_another"]


def is_of_another(turn: Turn) -> bool:
    """Returns whether a member has forwarded what another person, or the bot, wrote.

    What newcomers forward is read as theirs: it is the code or the link they were sent.
    """
    forwarded = turn.incoming.forwarded
    return forwarded is not None and forwarded.by != "sender" and turn.caller.me is not None


def answer_forwarded(turn: Turn) -> bool:
    """Answer a forwarded text; False where the open question takes it like a typed one."""
    forwarded, text = turn.incoming.forwarded, turn.incoming.text.strip()
    assert forwarded is not None, "the caller has seen that it is forwarded"
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    asked = question_of(session.asked) if session is not None and not session.waiting else ""
    if asked == AskBody.asked_as:
        return False
    if forwarded.by == "bot":
        found = receipts_in(text)
        if len(found) == 1:
            return start_flow(turn, receipts.SPEC.commands[0], found[0])
    items = read_order(text, products.catalogue(turn.conn), turn.caller.today)
    lines = "\n".join(item.line for item in items)
    if items and asked == AskProduct.asked_as:
        turn.incoming = replace(turn.incoming, text=lines, forwarded=None)
        return False
    if items:
        turn.reply.preface = ForwardedFrom(forwarded.name) if forwarded.name else None
        return start_flow(turn, ORDER.commands[0], lines)
    if not asked_aside(turn, text):
        lead_back(turn, ForwardUnread(member=True))
    return True
