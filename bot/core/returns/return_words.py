"""Reads what came back from a line in people's own words: `bu ani balikin sabun 2`."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.input.chat_text import plain_chat
from bot.core.input.typed import clean_text
from bot.core.sales.drafts import Draft
from bot.core.sales.products import Product
from bot.core.sales.quick_entry import read_parts
from bot.core.sales.sales import receipt_id
from bot.core.sales.telling.turning_words import SAYS

__all__ = ["read_return", "receipt_in"]

CHARACTERS_MAX: Final = 500

_TURNING: Final = dict(SAYS)["return"]
# Words beside them that are no part of a buyer's name or an article.
_BESIDE: Final = r"barang(?:nya)?|dari|oleh|karena|krn|sebab|struk|nota|from|because|receipt|goods"
_LEFT_OUT = re.compile(rf"\b(?:{_TURNING}|{_BESIDE})(?:nya)?(?!\w)", re.VERBOSE | re.IGNORECASE)
_RECEIPT = re.compile(r"(?<!\w)s\s?-?\s?[0-9]{4,15}(?!\w)", re.IGNORECASE)


def receipt_in(text: str) -> int | None:
    """Returns the id of the sale whose receipt number a text names; None if it names none."""
    found = _RECEIPT.search(text[:CHARACTERS_MAX])
    return receipt_id(found[0] if found is not None else text)


def read_return(text: str, catalogue: Sequence[Product], today: date) -> Draft | None:
    """Returns the buyer, the articles and the pieces that a line names; None if it is unclear.

    Args:
        text: as it was typed.
        catalogue: the company's products.
        today: the day on which it is read.
    """
    line = clean_text(plain_chat(text), CHARACTERS_MAX)
    rest = " ".join(_LEFT_OUT.sub(" ", _RECEIPT.sub(" ", line)).split()).strip(" .,;:!-")
    if not rest:
        return None
    try:
        return read_parts(rest, catalogue, today)
    except Refusal:
        return None
