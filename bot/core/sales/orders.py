"""Reads what a customer orders in a message that a seller has forwarded.

Only the goods and their quantities are read. Who buys, when and at what price is for the seller
to say: in a customer's message `Bu` is the seller.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.conversation.messages import Refusal
from bot.core.input.chat_text import plain_chat
from bot.core.input.day_words import TOMORROW
from bot.core.input.typed import clean_text
from bot.core.sales.drafts import Draft
from bot.core.sales.products import Product
from bot.core.sales.quick_entry import read_line

__all__ = ["OrderItem", "read_order"]

ORDER_CHARACTERS_MAX = 1_000
_ORDERS = re.compile(
    r"\b(?:(?:di|nge|me)?(?:pe?san|pese?n|mesan|mesen|order|titip|beli|ambil|minta|mau|pengen"
    r"|pingin|butuh|nambah|tambah)(?:an|in|kan)?|need|want|buy|get|take|like)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:berapa|brp|brapa|harga(?:nya)?|kapan|apa|how\s+much|price|when|what)\b", re.IGNORECASE
)
_CHATTER = re.compile(
    r"\b(?:bu|ibu|pak|bapak|bpk|kak|kakak|mbak|mba|mas|min|sis|bun|bunda|say|mrs|mr|ms|miss"
    r"|halo|hai|hi|hello|pagi|siang|sore|malam|assalamualaikum|permisi"
    r"|saya|aku|kami|sy|ya|yah|yaa|dong|donk|deh|nih|lagi|juga|aja|saja|dulu|bisa|boleh|tolong|tlg"
    r"|makasih|terima\s+kasih|terimakasih|trims|thanks|thank\s+you"
    r"|please|pls|can|could|would|i|we|me|us|to|some|of|the|have|order(?:ed)?)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:(?:di)?(?:antar|anter|kirim|jemput)(?:kan|in)?|lusa|nanti|ntar|hari\s+ini"
    rf"|{'|'.join(TOMORROW)}|later|today|deliver(?:ed)?|send)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[?!]+")


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One product of an order; without a quantity if the message has none."""

    name: str
    quantity: int | None

    @property
    def line(self) -> str:
        """The item as a seller would type it."""
        return self.name if self.quantity is None else f"{self.quantity} {self.name}"


def read_order(text: str, catalogue: Sequence[Product], today: date) -> tuple[OrderItem, ...]:
    """Returns the products that a customer's message orders; none if it orders nothing."""
    if len(text) > ORDER_CHARACTERS_MAX:
        return ()
    line = clean_text(plain_chat(text), ORDER_CHARACTERS_MAX)
    asks = _ASKS.search(line) is not None
    ordered = _ORDERS.search(line) is not None
    draft = _draft(_goods(line, catalogue), catalogue, today)
    if draft is None:
        return ()
    known = [item for item in draft.items if item.product is not None]
    counted = any(item.quantity is not None for item in known)
    if not known or not (counted or ordered) or (asks and not (counted and ordered)):
        return ()
    return tuple(
        OrderItem(item.product.name, item.quantity) for item in known if item.product is not None
    )


def _goods(line: str, catalogue: Sequence[Product]) -> str:
    """Returns the line without the words around the goods; those of a product's name stay."""
    named = {word for product in catalogue for word in product.name.casefold().split()}

    def kept(found: re.Match[str]) -> str:
        return found[0] if found[0].casefold() in named else " "

    for pattern in (_ORDERS, _LATER, _CHATTER, _MARKS):
        line = pattern.sub(kept, line)
    return line


def _draft(goods: str, catalogue: Sequence[Product], today: date) -> Draft | None:
    if not goods.strip():
        return None
    try:
        return read_line(goods, catalogue, today, in_thousands=True, is_begun=True)
    except Refusal:
        return None
