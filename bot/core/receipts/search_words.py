"""Reads what the office types to find a sale: a number, a seller, a buyer, a day or a month."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.core.calendar.periods import next_period
from bot.core.conversation.messages import Refusal
from bot.core.input.dates import some_day
from bot.core.input.months import some_month
from bot.core.input.typed import one_line
from bot.core.sales.sales import receipt_id

__all__ = ["SaleSearch", "Whose", "asks_for_sales", "read_search"]

Whose = Literal["", "seller", "buyer"]

CHARACTERS_MAX: Final = 100
NAME_CHARACTERS_MAX: Final = 40
DAY_WORDS_MAX: Final = 4
SEARCH: Final = frozenset(
    ("tolong", "coba", "cari", "carikan", "cariin", "cek", "lihat", "find", "search", "show")
)
FILLERS: Final = SEARCH | frozenset(
    ("struk", "nota", "receipt", "receipts", "invoice", "nomor", "no", "tanggal", "tgl", "hari")
)
SMALL: Final = frozenset(
    ("sale", "of", "by", "dari", "milik", "pada", "di", "semua", "all", "the")
)
SELLERS: Final = frozenset(
    ("penjualan", "jualan", "penjual", "seller", "sellers", "mitra", "sales", "member", "punya")
)
BUYERS: Final = frozenset(
    ("pembeli", "buyer", "pelanggan", "customer", "kepada", "untuk", "utk", "buat", "bwt")
)
FRONT: Final = FILLERS | SMALL | SELLERS | BUYERS
MEMBERS: Final = frozenset(("mitra", "member", "anggota", "tim", "team", "downline"))
ASKING: Final = frozenset(("cari", "carikan", "cariin", "find", "search"))
OTHERS: Final = MEMBERS | frozenset(
    (
        "produk",
        "product",
        "barang",
        "harga",
        "price",
        "tips",
        "bonus",
        "saldo",
        "balance",
        "peminat",
    )
)
"""What may be looked for besides sales."""

ABOUT_SALES: Final = frozenset(("penjualan", "struk", "nota", "sales", "receipts"))


@dataclass(frozen=True, slots=True)
class SaleSearch:
    """What is searched for; with a number the rest is empty.

    Attributes:
        sale_id: the id behind a typed number.
        name: of the seller or the buyer, as typed; or a member's code.
        whose: whose name it is; empty if the words do not say.
        first: the first day on which it was sold; None for any.
        last: the last such day.
    """

    sale_id: int | None = None
    name: str = ""
    whose: Whose = ""
    first: date | None = None
    last: date | None = None

    @property
    def line(self) -> str:
        """The search in words that are read as the same search again."""
        words = {"": "", "seller": "penjual", "buyer": "pembeli"}[self.whose]
        day = ""
        if self.first is not None and self.last is not None:
            day = self.first.isoformat() if self.first == self.last else f"{self.first:%Y-%m}"
        return " ".join(filter(None, (words, self.name, day)))


def read_search(text: str, today: date) -> SaleSearch | None:
    """Returns what the words search for; None if they name nothing to search for.

    Args:
        text: as it was typed.
        today: the company's day.
    """
    words, whose = _trimmed(one_line(text[:CHARACTERS_MAX]).strip(" .!?").split(), "")
    sale_id = receipt_id(" ".join(words))
    if sale_id is not None:
        return SaleSearch(sale_id)
    words, first, last = _split(words, today)
    name, whose = _trimmed(words, whose)
    typed = " ".join(name)
    sale_id = receipt_id(typed)
    if sale_id is not None:
        return SaleSearch(sale_id)
    if len(typed) > NAME_CHARACTERS_MAX or (typed and not any(map(str.isalnum, typed))):
        return None
    if not typed and first is None:
        return None
    return SaleSearch(None, typed, whose, first, last)


def asks_for_sales(text: str, today: date) -> bool:
    """Returns whether an admin's words, typed outside a conversation, ask for a sale.

    That is so for a bare receipt number with its letter, for `cari …` unless it names something
    else to look for, and for `penjualan …` with a name or a day behind it.
    """
    words = one_line(text[:CHARACTERS_MAX]).casefold().split()
    if len(words) == 1:
        return words[0].startswith("s") and receipt_id(words[0]) is not None
    if not words or words[0] not in ASKING | ABOUT_SALES or not OTHERS.isdisjoint(words):
        return False
    found = read_search(text, today)
    return found is not None and (words[0] in ASKING or bool(found.name or found.first))


def _trimmed(words: list[str], whose: Whose) -> tuple[list[str], Whose]:
    """Returns the words between those that say what is searched for, and whose name it is."""
    at, end = 0, len(words)
    while end and words[end - 1].casefold() in FRONT:
        end -= 1
    while at < end and (word := words[at].casefold()) in FRONT:
        if word in SELLERS | BUYERS:
            whose = "seller" if word in SELLERS else "buyer"
        at += 1
    return words[at:end], whose


def _split(words: list[str], today: date) -> tuple[list[str], date | None, date | None]:
    """Returns the words of the name, and the days that the words behind it name."""
    for size in range(min(len(words), DAY_WORDS_MAX), 0, -1):
        told, rest = " ".join(words[-size:]), words[:-size]
        span = _days(told, today)
        if span is not None:
            return rest, *span
        span = _days(" ".join(words[:size]), today)
        if span is not None:
            return words[size:], *span
    return words, None, None


def _days(told: str, today: date) -> tuple[date, date] | None:
    try:
        day = some_day(told, today)
    except Refusal:
        month = some_month(told, f"{today:%Y-%m}") if not told.isdecimal() else None
        if month is None:
            return None
        first = date.fromisoformat(f"{month}-01")
        return first, date.fromisoformat(f"{next_period(month)}-01") - timedelta(days=1)
    return day, day
