"""Reads what is typed about a sale that is not yet recorded: `eh salah 3`, `buat bu nur`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.core.input.chat_text import plain_chat
from bot.core.input.typed import clean_text
from bot.core.sales.buyers import shown_name
from bot.core.sales.drafts import Draft, DraftItem
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.sales.products import Product, find_named, names_of
from bot.core.sales.quick_entry import read_parts
from bot.core.sales.telling.no_sale import what_instead

__all__ = ["Correction", "Handling", "read_correction"]

CHARACTERS_MAX = 256
NAME_WORDS_MAX = 6

Handling = Literal["change", "swap", "add", "drop"]
"""What is done with the products: others for what was sold, one for another, more, or fewer."""

_NOT = r"(?:bukan|bkn|dudu|not(?!\s+(?:paid|yet)))"
_BEFORE = re.compile(
    rf"\b{_NOT} [^,]{{1,60}}?(?:, ?(?:(?:tapi|tp|but) )?| (?:tapi|tp|melainkan|but) )"
    r"|\b(?:dari|from) [^ ]{1,40} (?:ke|jadi|menjadi|to) ",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"[ ,]{_NOT}\b.*", re.IGNORECASE | re.DOTALL)
_DROP = re.compile(
    r"""\b(?:hapus(?:in|kan|ken)?|buang|coret|keluarkan|keluarin|tanpa|without|remove|drop|delete
    |batal(?:in|kan)?|(?:tidak|tdk|ga|gak|gk|nggak|ngga|ndak|enggak|ora|teu)\s*(?:jadi|jd|usah)
    |gajadi|gak?jd)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ADD = re.compile(
    r"""^\W*(?:\+|(?:sama|dan|plus|tambah(?:in|kan|an|i)?|tmbh|tbh|add|and|also|karo|jeung)\b)
    | \b(?:tambah(?:in|kan|an|i)?|tmbh|plus|juga|jg|sekalian|also|too|as\s+well)\b
    | \b(?:satu|1)\s+lagi\b""",
    re.VERBOSE | re.IGNORECASE,
)
_SWAP = re.compile(
    r"\b(?:bukan|bkn|ganti|gnti|diganti|salah|harusnya|hrsnya|(?:barang|produk)nya|instead|wrong"
    r"|change)\b",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"""\b(?:eh|eeh|ehh|eits|aduh|waduh|oh|loh|lho|salah|sala|slh|maaf|maap|mf|sori|sory|sorry
    |ralat|koreksi|revisi|keliru|(?:maksud|mksd|mksud)(?:nya|ku)?
    |(?:yang|yg)\s+(?:benar|bener|betul|bnr)|(?:benar|bener|betul)nya|(?:se)?harusnya|hrsnya
    |(?:di)?(?:ganti|gnti|ubah|rubah|robah)(?:in|kan)?|jadi(?:nya|in|kan)?|jd|aja|saja|sj|aj|doang
    |dong|donk|ya|yah|deh|deng|kok|tadi|td|tolong|tlg|cuma|cuman|hanya|ternyata|trnyata|kak|min|mau
    |(?:barang|produk)(?:nya)|lagi|juga|jg|sekalian
    |oops|wrong|actually|make\s+it|change(?:\s+it)?(?:\s+to)?|should\s+be|only|just|i\s+mean(?:t)?
    |instead|please|yet|it's|its|the|also|too)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\b(?:jumlah|jml|banyak|qty|kuantitas|quantity)(?:nya|e|ne)?\b[\s:=]*", re.IGNORECASE
)
_PRICE = re.compile(r"\b(?:harga|hrg|rego|price)(?:nya|ne|e)?\b[\s:=]*", re.IGNORECASE)
_DAY = re.compile(r"\b(?:tanggal|tgl|hari)nya\b[\s:=]*", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"\b(?:tanggal|tgl)nya\b[\s:=]*(?=[0-9])", re.IGNORECASE)
_BUYER = re.compile(
    r"^\W*(?:(?:nama\s+)?(?:pembeli|pelanggan|customer|buyer)(?:nya|e)?|nama(?:nya|ne)|atas\s+nama"
    r"|(?:the\s+)?buyer\s+is)\b[\s:=]*(?=\w)",
    re.IGNORECASE,
)
_SHORT_AMOUNT = re.compile(r"(?<![\w.,])([1-9][0-9]{0,2})(?![\w.,%])")
_MONEY = re.compile(
    r"(?<![0-9.,])[0-9][0-9.,]*+ ?(?:rb|rbu|ribu|k|jt|jta|juta)\b|[0-9]\.[0-9]{3}\b", re.IGNORECASE
)
_QUESTIONS = frozenset({"question", "price", "stock", "return", "order", "payment", "later"})


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be different in the open sale.

    Attributes:
        draft: the parts that were typed; all others stay as they are.
        handling: what is done with the items of the draft.
        is_unnamed: whether the draft's only item names no product: it is about one of the sale.
    """

    draft: Draft
    handling: Handling = "change"
    is_unnamed: bool = False


def read_correction(
    text: str,
    sold: Sequence[Product],
    catalogue: Sequence[Product],
    today: date,
    tags: LineTags | None = None,
) -> Correction | None:
    """Returns what the text changes in an open sale; None if it is about something else.

    Args:
        text: as it was typed.
        sold: the products of the open sale; a word such as `sabun` means first one of these.
        catalogue: the company's products.
        today: the day on which it is read.
        tags: what was learned of the words around a buyer, for the line of another sale.

    Raises:
        Refusal: a quantity, a price or a day in it is impossible.
    """
    if len(text) > CHARACTERS_MAX or "?" in text:
        return None
    line = " ".join(clean_text(plain_chat(text), CHARACTERS_MAX).split())
    named = _BUYER.match(line)
    if named is not None:
        return _for_buyer(line[named.end() :])
    handling = _handling(line)
    kept = _without_old(_DROP.sub(" ", line) if handling == "drop" else line)
    if what_instead(kept) in _QUESTIONS:
        return None
    kept = _LEFT_OUT.sub(" ", _with_amount(kept)).strip(" .,!-:=")
    if not kept:
        return None
    draft = None if _is_bare(kept) else read_parts(kept, catalogue, today, tags)
    if draft is None or (draft.items and not any(map(_has_letters, draft.items))):
        # A number alone: read once more behind a name, as `sabun 3` or `sabun 50rb`.
        draft = read_parts(f"{sold[0].name} {kept}", catalogue, today)
        usable = len(draft.items) == 1 and handling in {"change", "swap"}
        return Correction(draft, "change", is_unnamed=True) if usable else None
    items = (
        tuple(_of_the_sale(item, sold) for item in draft.items)
        if handling != "add"
        else draft.items
    )
    known = all(_is_known(item, handling) for item in items)
    if not known or not (items or _says_more(draft)):
        return None
    return Correction(replace(draft, items=items), handling)


def _handling(line: str) -> Handling:
    if _DROP.search(line):
        return "drop"
    if _ADD.search(line):
        return "add"
    return "swap" if _SWAP.search(line) else "change"


def _without_old(line: str) -> str:
    """Returns the line without what it says is wrong: `bukan 2 tapi 3` is `3`."""
    return _BEHIND.sub("", _BEFORE.sub(" ", line))


def _with_amount(line: str) -> str:
    """Returns the line without the words that name a field; `harganya 45` is `45rb`."""
    line = _DAY.sub(" ", _DAY_NUMBER.sub("tgl ", line))
    if _QUANTITY.search(line):
        return _QUANTITY.sub(" total " if _MONEY.search(line) else " ", line)
    if _PRICE.search(line):
        return _SHORT_AMOUNT.sub(r"\1rb", _PRICE.sub(" ", line))
    return line


def _for_buyer(name: str) -> Correction | None:
    name = _LEFT_OUT.sub(" ", _without_old(name)).strip(" .,!")
    if not name or len(name.split()) > NAME_WORDS_MAX:
        return None
    return Correction(Draft((), shown_name(name), own_use=False, day=None))


def _of_the_sale(item: DraftItem, sold: Sequence[Product]) -> DraftItem:
    """Returns the item with the product of the sale that its words fit, if they fit one."""
    among = find_named(item.query, names_of(sold)).product
    if among is None:
        return item
    return replace(item, product=among)


def _is_bare(text: str) -> bool:
    """Returns whether a text is a number or an amount alone, even if a product is called so."""
    return not any(sign.isalpha() for sign in _MONEY.sub("", text))


def _has_letters(item: DraftItem) -> bool:
    return item.product is not None or not _is_bare(item.query)


def _is_known(item: DraftItem, handling: Handling) -> bool:
    """Returns whether the item says what is to be different; a name alone says it in a swap."""
    said = item.quantity is not None or item.price is not None
    return said or (item.product is not None and handling != "change")


def _says_more(draft: Draft) -> bool:
    """Returns whether the draft says anything beside its products."""
    return bool(
        draft.customer
        or draft.own_use
        or draft.day
        or draft.day_is_open
        or draft.total is not None
        or draft.discount
        or draft.payment.is_stated
    )
