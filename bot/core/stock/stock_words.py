"""Reads what a member writes of stock: goods that came in, a count, or a question.

`beli 20 sabun` and `terima 10 madu dari kantor` tell of goods that came in, `stok sabun 7` and
`sabun habis` of a count. Words about the office turn a question into one for the office. What
somebody only wants or asks is never taken for what happened.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, TypeAlias

from bot.core.conversation.messages import Refusal
from bot.core.input.chat_text import plain_chat
from bot.core.input.day_words import TOMORROW
from bot.core.input.quantity import QUANTITY_MAX
from bot.core.input.typed import clean_text
from bot.core.sales.drafts import DraftItem
from bot.core.sales.products import Product, find_named, names_of
from bot.core.sales.quick_entry import read_parts

__all__ = ["StockSaid", "StockSubject", "read_stock", "tells_of_stock"]

StockSubject: TypeAlias = Literal["came", "counted", "asked", "office"]

CHARACTERS_MAX: Final = 300
WORDS: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)?|\?")


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


OFFICE: Final = _set(
    "kantor kntor ktr pusat gudang gdg perusahaan pabrik cabang office warehouse company kantua"
    " pusek"
)
CAME: Final = _set(
    "beli bli membeli terima trima nerima menerima diterima ambil ngambil kulak kulakan belanja"
    " blanja nyetok setok nambah tambah masuk restock restok dapat dapet kiriman datang dateng"
    " sampai bought buy received receive got restocked stocked added add took"
)
GONE: Final = _set("habis abis hbs ludes kosong nol zero gone finished empty none 0")
HELD: Final = _set(
    "stok stock stk stoknya stoknye stokku sisa sisanya tinggal tinggl hitung dihitung itung"
    " ngitung punya persediaan left have count counted remaining"
)
CERTAIN: Final = _set(
    "terima trima nerima menerima diterima kulak kulakan nyetok setok restock restok received"
    " receive restocked stocked stok stock stk stoknya stokku sisa persediaan hitung counted"
)
"""Words that are about stock even where the article is not certain."""

WANTED: Final = _set(
    "mau mw pengen pengin ingin pesan pesen psen order minta tolong tlg kirim kirimin dikirim bisa"
    " bs boleh cara caranya gimana gmn bagaimana kalau kalo klo kl nanti ntar lusa"
    " rencana akan harus perlu butuh usah wajib want wants please pls how can could would should"
    " need must later if batal jangan jgn tidak tdk belum blm not no"
) | frozenset(TOMORROW)
ASKED: Final = _set(
    "? berapa brp brapa brpa piro pinten sabaraha masih msh ada aya ono isih ready rdy gak ga"
    " nggak ngga gk kah apa apakah kapan kpn kok knp kenapa cek check lihat liat much many any do"
    " does what which when why still available betul bener katanya cukup ya"
)
SOLD: Final = _set(
    "jual jualan terjual laku payu sold sell sale retur return balik kembali pakai pake dipakai"
    " used use sendiri bayar utang hutang lunas harga hrg price poin bonus"
)
BESIDE: Final = _set(
    "barang barangnya dari dr dri di ke from the at of my saya sy aku ku sudah sdh udah udh telah"
    " baru jadi sekarang skrg skrang now cuma is are hanya only just lagi lg stok i have has been"
    " we it catat note kak min admin dong ni nih nya out all semua"
)
LEFT_OUT: Final = OFFICE | CAME | GONE | HELD | ASKED | BESIDE


@dataclass(frozen=True, slots=True)
class StockSaid:
    """What a text says of stock.

    Attributes:
        subject: goods that came in, a count, a question about one's own, or one for the office.
        items: articles with their pieces, as far as they are clear; `quantity` is 0 for an article
            that is said to be gone.
        day: the day that was named.
        buyer: whether a customer was named, so that it may be a sale.
    """

    subject: StockSubject
    items: tuple[DraftItem, ...]
    day: date | None
    buyer: bool = False


def read_stock(text: str, catalogue: Sequence[Product], today: date) -> StockSaid:
    """Returns what a text says of stock; a question where nothing says that something happened.

    Args:
        text: as it was typed.
        catalogue: the company's products.
        today: the day on which it is read.
    """
    line = clean_text(plain_chat(text), CHARACTERS_MAX)
    words = [word.casefold() for word in WORDS.findall(line)]
    said = frozenset(words)
    items, day, buyer = _parts(line, catalogue, today)
    counted = any(item.quantity is not None for item in items)
    happened = not said & WANTED and not (said & ASKED)
    if said & CAME and counted and happened:
        return StockSaid("came", items, day, buyer)
    if said & OFFICE:
        return StockSaid("office", items, day, buyer)
    if happened and items and said & GONE and not counted:
        gone = tuple(DraftItem(item.product, item.query, 0, None) for item in items)
        return StockSaid("counted", gone, day, buyer)
    if happened and counted and said & HELD:
        return StockSaid("counted", items, day, buyer)
    return StockSaid("asked", items, day, buyer)


def tells_of_stock(text: str, catalogue: Sequence[Product], today: date) -> bool:
    """Returns whether a text without a command is certainly about one's own stock.

    It names articles, and nothing of a price, a sale, a return or a payment.
    """
    words = frozenset(word.casefold() for word in WORDS.findall(text[:CHARACTERS_MAX]))
    if words & SOLD or words & WANTED or not words & (CAME | GONE | HELD):
        return False
    said = read_stock(text, catalogue, today)
    if said.buyer or not said.items or not all(_is_goods(each, catalogue) for each in said.items):
        return False
    if any(item.price is not None and item.price.each != item.quantity for item in said.items):
        return False
    certain = all(item.product is not None for item in said.items) or bool(words & CERTAIN)
    match said.subject:
        case "came" | "counted":
            return certain and all(item.quantity is not None for item in said.items)
        case "asked":
            return certain and bool(words & HELD)
        case "office":
            return False


def _is_goods(item: DraftItem, catalogue: Sequence[Product]) -> bool:
    """Returns whether words are an article, or close to some."""
    return item.product is not None or bool(find_named(item.query, names_of(catalogue)).closest)


def _parts(
    line: str, catalogue: Sequence[Product], today: date
) -> tuple[tuple[DraftItem, ...], date | None, bool]:
    """Returns the articles with their pieces, the day, and whether a customer is named."""
    kept = re.sub(r"[^\W_]+", lambda word: _kept(word[0]), line)
    rest = " ".join(kept.split()).strip(" .,;:!?-")
    if not rest:
        return (), None, False
    try:
        draft = read_parts(rest, catalogue, today)
    except Refusal:
        return (), None, False
    items = tuple(_counted(item, rest) for item in draft.items)
    return items, draft.day, draft.customer is not None


def _counted(item: DraftItem, line: str) -> DraftItem:
    """Returns an article with its pieces: a thousand and more reads like a price in a sale."""
    number = None if item.price is None else item.price.each
    if item.quantity is not None or number is None or number > QUANTITY_MAX:
        return item
    written = {str(number), f"{number:,}".replace(",", ".")}
    return replace(item, quantity=number) if written & set(line.split()) else item


def _kept(word: str) -> str:
    return "" if word.casefold() in LEFT_OUT else word
