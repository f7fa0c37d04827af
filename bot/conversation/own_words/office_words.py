"""What an admin types about any sale: `S-2827`, `cari bu ani`, `batalkan S-2827`."""

import re
from typing import Final

from bot.conversation.own_words.answering import SALE_VERB
from bot.conversation.registry import answer_lookup
from bot.core.receipts.search_words import asks_for_sales
from bot.core.sales.products import names_of
from bot.core.sales.sales import receipt_id
from bot.core.understanding.chat_words import typed_words
from bot.flows.receipts import find_sale, undo
from bot.flows.receipts.receipts import MySale
from bot.store.products import products
from bot.turn.access import may
from bot.turn.turn import Turn

__all__ = ["TAKES_BACK", "office_line"]

TAKES_BACK: Final = re.compile(
    r"\b(?:di)?(?:batal(?:in|kan)?|hapus(?:in|kan)?|urung(?:in|kan)?|cancel(?:led)?|delete|void"
    r"|undo)\b",
    re.IGNORECASE,
)
RECEIPT: Final = re.compile(r"\bS-?[0-9]{4,15}\b", re.IGNORECASE | re.ASCII)
CHARACTERS_MAX: Final = 100


def office_line(turn: Turn, text: str) -> tuple[str, str] | None:
    """Returns the command and its arguments that an admin's words mean; None for other words.

    An admin who sells means an own sale by its number alone.
    """
    if not may(turn.caller, find_sale.SPEC) or len(text) > CHARACTERS_MAX:
        return None
    receipts = list(dict.fromkeys(RECEIPT.findall(text)))
    if len(receipts) == 1:
        if _is_own(turn, receipts[0]):
            return None
        if TAKES_BACK.search(text) is not None:
            return undo.SPEC.commands[0], receipts[0]
        if SALE_VERB.match(text) is None:
            return find_sale.SPEC.commands[0], receipts[0]
    if asks_for_sales(text, turn.caller.today) and not _names_goods(turn, text):
        return find_sale.SPEC.commands[0], text
    return None


def _names_goods(turn: Turn, text: str) -> bool:
    """Returns whether the words after the first one name a product: `cari sabun sereh`."""
    called = names_of(products.catalogue(turn.conn)).places
    words = typed_words(text)[1:]
    return bool(words) and all(word in called for word in words)


def _is_own(turn: Turn, receipt: str) -> bool:
    number = receipt_id(receipt)
    if number is None or turn.caller.me is None:
        return False
    return answer_lookup(turn, MySale(number)) is not None
