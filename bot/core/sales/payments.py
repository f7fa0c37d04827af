"""Reads what a line about a sale says of the payment: `lunas`, `belum bayar`, `DP 50rb`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["DEPOSIT_IN_LINE", "NOT_STATED", "PAYMENT_IN_LINE", "Means", "Payment", "read_payment"]

Means = Literal["cash", "transfer", "qris"]

_DONE = r"(?:sudah|udah|sdh|udh|dah|wis|sampun|geus|atos|tos|langsung|lgsg|already)"
_NOT_YET = (
    r"(?:belum|blum|blm|blom|belom|durung|dereng|tacan|teu\s+acan|not\s+yet|hasn't|has\s+not"
    r"|haven't|not)"
)
_PAY = r"(?:di|m|mem)?(?:bayar|byr|bayr|bayaran|pembayaran|mayar|paid|pay)(?:nya|in|an|e|na)?"
_LATER = (
    r"(?:(?:nanti|ntar)\s+(?:akhir\s+bulan|gajian|malam|sore)|nanti|ntar|mengko|mangke|engke|menyusul"
    r"|(?:[0-9]+|dua|tiga)\s+(?:minggu|hari|bulan)\s+(?:lagi|lg)|besok|lusa|belakangan"
    r"|akhir\s+bulan|minggu\s+depan|mgg\s+depan|bulan\s+depan|(?:pas\s+)?gajian|tempo"
    r"|later|next\s+(?:week|month|payday)|tomorrow"
    r"|(?:hari\s+)?(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu)(?:\s+depan)?)"
)
_CREDIT = (
    r"(?:nge|ber|di|ng|me)?(?:bon|utang|hutang|kasbon|kredit|anjuk)(?:kan|in)?"
    r"|tempo(?:\s+[0-9]{1,2}\s+(?:minggu|hari|bulan))?|nyicil|unpaid"
    r"|on\s+credit|owes?(?:\s+me)?|pay\s+later"
)
_FULL = r"(?:di)?luna+s+(?:i|in)?|lns|(?:in|paid)\s+full"
_TRANSFER = r"(?:di)?(?:transfer(?:an)?|trf|tf|trnsfer|transfr)"
_QRIS = r"qris"
_CASH = r"(?:tunai|cash|kontan|kes)"
_BY = r"(?:pakai|pake|pk|via|lewat|lwt|dgn|dengan|by|with|mau|ku|sama)"

PAYMENT_IN_LINE = rf"""(?:
    {_NOT_YET}\s+(?:{_DONE}\s+)?(?:{_PAY}|lunas|dilunasi)(?:\s+{_LATER})?
    | (?:{_PAY}|(?:art[ao]s?n?|uang|duit)(?:nya|ne|na|ipun)?|sisa(?:nya|ne)?|pelunasan(?:nya)?
       |kurang(?:an)?nya|rest)\s+{_LATER}(?:\s+{_PAY})?
    | {_LATER}\s+(?:baru\s+)?(?:{_PAY}|lunas|dilunasi)
    | (?:masih\s+)?(?:{_CREDIT})(?:\s+(?:dulu|dl|dlu|heula|sek|ndisik))?
    | (?:{_DONE}\s+)?(?:{_FULL}|(?:{_PAY}\s+)?lunas)
    | {_DONE}\s+{_PAY}
    | (?:(?:{_DONE}|{_PAY}|{_BY})\s+){{0,3}}(?:{_TRANSFER}|{_QRIS}|{_CASH})
    | paid
    )(?!\w)"""
"""A verbose pattern for words about the payment inside a line; `read_payment` reads them."""

DEPOSIT_IN_LINE = rf"""(?:
    (?:(?:baru|{_DONE})\s+)?(?:dp|uang\s+muka|panjar|deposit|down\s+payment|cicil(?:an)?)(?:nya)?
    | baru\s+{_PAY}
    )(?!\w)"""
"""A verbose pattern for the words before an amount that was paid in advance."""

_CREDIT_WORDS = re.compile(
    rf"\b(?:{_NOT_YET}|{_LATER}|{_CREDIT}|sisa(?:nya)?)(?!\w)", re.IGNORECASE
)
_FULL_WORDS = re.compile(rf"\b(?:{_FULL}|{_DONE}\s+{_PAY}|paid)(?!\w)", re.IGNORECASE)
_MEANS: tuple[tuple[Means, re.Pattern[str]], ...] = (
    ("cash", re.compile(rf"\b{_CASH}(?!\w)", re.IGNORECASE)),
    ("qris", re.compile(rf"\b{_QRIS}(?!\w)", re.IGNORECASE)),
    ("transfer", re.compile(rf"\b{_TRANSFER}(?!\w)", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Payment:
    """What the seller noted about the payment; it is no entry in the company's ledger.

    Attributes:
        in_full: True if all was paid, False if something is owed, None if the line does not say.
        deposit: what was paid in advance, in rupiah; 0 if the line does not say.
        means: how it was or will be paid.
    """

    in_full: bool | None = None
    deposit: int = 0
    means: tuple[Means, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether the line says anything about the payment."""
        return self != Payment()


NOT_STATED = Payment()
"""The line says nothing of the payment."""


def read_payment(phrases: Iterable[str], deposit: int) -> Payment:
    """Returns what phrases that match `PAYMENT_IN_LINE` say together.

    Args:
        phrases: as they were typed.
        deposit: the amount paid in advance, in rupiah, or 0.
    """
    text = " ; ".join(phrases)
    in_full = None
    if _CREDIT_WORDS.search(text):
        in_full = False
    elif _FULL_WORDS.search(text):
        in_full = True
    means = tuple(name for name, pattern in _MEANS if pattern.search(text))
    return Payment(in_full, deposit, means)
