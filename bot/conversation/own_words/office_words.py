"""What an admin types: `S-2827`, `cari bu ani`, `batalkan S-2827`, `ubah harga kopi 80rb`.

Whatever an admin may do by a button of the office works by typing too.
"""

import re
from typing import Final

from bot.conversation.own_words.answering import SALE_VERB
from bot.conversation.registry import answer_lookup
from bot.core.conversation.messages import Refusal
from bot.core.members.people import phone_number
from bot.core.receipts.search_words import asks_for_sales
from bot.core.sales.products import find_named, names_of
from bot.core.sales.sales import receipt_id
from bot.core.understanding.chat_words import typed_words
from bot.core.understanding.price_words import read_price_wish
from bot.core.understanding.role_words import read_role_wish
from bot.core.understanding.sponsor_words import read_sponsor_wish
from bot.flows.receipts import find_sale, undo
from bot.flows.receipts.receipts import MySale
from bot.store.members import cards, leads
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
PHONE_DIGITS_MIN: Final = 9
ASKING: Final = frozenset(("cari", "carikan", "cariin", "cek", "lihat", "find", "search", "show"))
MEMBERS: Final = frozenset(("mitra", "member", "anggota"))
PAGES: Final = {
    "panel": "kelola",
    "pertanyaan": "kelola tanya",
    "questions": "kelola tanya",
    "peminat": "kelola peminat",
    "leads": "kelola peminat",
    "mitra": "kelola mitra",
    "members": "kelola mitra",
    "peran": "kelola peran",
    "roles": "kelola peran",
    "tutup buku": "kelola tutup",
    "tutup bulan": "kelola tutup",
    "close month": "kelola tutup",
    "daftar pembayaran": "kelola daftarbayar",
    "list of payments": "kelola daftarbayar",
    "saldo minus": "kelola minus",
    "below zero": "kelola minus",
    "belum dipahami": "kelola paham",
    "not understood": "kelola paham",
    "setujui": "setujui",
    "approve": "setujui",
    "cek penjualan": "setujui",
    "check sales": "setujui",
    "cek retur": "cekretur",
    "check returns": "cekretur",
}
"""The buttons of the office, as they are typed, and the command line behind each."""


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
    return _page(turn, text) or _searched(turn, text)


def _page(turn: Turn, text: str) -> tuple[str, str] | None:
    """Returns the page of the office that the words name, or the person or price they mean."""
    words = text.casefold().strip(" .!?").split()
    line = PAGES.get(" ".join(words))
    if line is not None:
        command, _, args = line.partition(" ")
        return command, args
    bare = words[1:] if words and words[0] in ASKING else words
    phone = _phone(" ".join(bare))
    if phone:
        lead = None
        if not cards.by_number(turn.conn, phone, phone):
            lead = leads.lead_with_phone(turn.conn, phone)
        return "kelola", f"mitra {phone}" if lead is None else f"nomor {lead}"
    if len(bare) > 1 and bare[0] in MEMBERS:
        return "kelola", f"mitra {' '.join(text.split()[-len(bare) + 1 :])}"
    role = read_role_wish(text)
    if role is not None:
        return "kelola", f"peran {role.who} {role.role}{'+' if role.grant else '-'}"
    placing = read_sponsor_wish(text)
    if placing is not None:
        return "kelola", f"sponsor {' > '.join(part for part in placing if part)}"
    wish = read_price_wish(text)
    if wish is None:
        return None
    product = find_named(wish.goods, names_of(products.catalogue(turn.conn))).product
    if product is None:
        return "produk", wish.goods
    return "kelola", f"harga {product.id} {wish.amount} {wish.price}".strip()


def _phone(text: str) -> str:
    """Returns the phone number that the words are; empty if they are none."""
    if sum(sign.isdigit() for sign in text) < PHONE_DIGITS_MIN:
        return ""
    try:
        return phone_number(text)
    except Refusal:
        return ""


def _searched(turn: Turn, text: str) -> tuple[str, str] | None:
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
