"""Reads what a line about a sale says of the payment: `lunas`, `belum bayar`, `DP 50rb`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from bot.core.input.day_words import MONTHS
from bot.core.input.due_days import DUE_DAY, UNTIL, DueDay, read_due

__all__ = ["DEPOSIT_IN_LINE", "NOT_STATED", "PAYMENT_IN_LINE", "Means", "Payment", "read_payment"]

Means = Literal["cash", "transfer", "qris"]

_DONE = (
    r"(?:sudah\s++mi|suda\s++mi|sudah|sudahmi|suda|udah|uda|ud|sdh|udh|dah|wis|wes|uwis|uwes|sampun|sampung|nunga|nungga|mpun|ges|so|geus|parantos|atos|tos|alah|lah|su|suba|telah"
    r"|langsung|lgsg|already|fully)"
)
_NOT_YET = (
    r"(?:belum|blum|blm|blom|belom|durung|dereng|tacan|acan|bloman|blon|balum|balun|konden|tonden|alun|urung|belumpi|belum\s++pi|blm\s++pi|teu\s++acan|can|yet\s++to|not\s++yet"
    r"|hasn't|has\s++not|haven't|not|masih\s++belum|msh\s++blm)"
)
_PAY = (
    r"(?:(?:d\s++)?[a-z]{0,4}(?:bayar|byr|bayr|byar|mayar|mayah|bayia|baia|bayah|bayer|baya)[a-z]{0,6}"
    r"|paid|pays?)"
)
_MONEY = r"(?:art[ao]s?n?|uang|duit|hepeng|pitih|jinah)(?:nya|ne|na|ipun|nyo|e)?"
_WEEKDAY = (
    r"(?:(?:hari\s++)?(?:senin|selasa|rabu|rebo|kamis|jum'?at|sabtu|minggu|ahad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:\s++depan)?)"
)
_DATE = (
    rf"(?:tgl|tanggal)\s++[0-9]{{1,2}}(?:\s++(?:{'|'.join(MONTHS)})(?!\w)"
    r"|\s?+[/-]\s?+[0-9]{1,2}(?![0-9]))?+"
)
_LATER = (
    r"(?:(?:nanti|ntar|mengko|engke|mangke)\s++(?:(?:nek|kalau|kalo|lamun|yen)\s++)?"
    r"(?:habis|abis|sehabis|setelah|selesai|pas|bar|parantos)\s++(?!ambil|antar|akhir|ahir)\w++"
    r"|(?:nanti|ntar)\s++aja"
    r"|(?:nanti|ntar|nti)\s++(?:habis\s++bulan|akhir\s++bulan|gajian|malam|sore)"
    rf"|(?:nanti|ntar|nti)\s++(?:{_DATE}|(?:tgl|tanggal)\s++[a-z]++)"
    rf"|(?:nanti|ntar)\s++{_WEEKDAY}"
    r"|nanti|ntar|nti|mengko|mengke|mangke|engke|menyusul|nyusul|kaina|sesuk|isuk|enjing|bisuak|beko|kaina|mburi|keri|tanggal\s++(?:muda|tua)"
    r"|(?:[0-9]+|dua|tiga|se)\s*+(?:minggu|mgg|hari|bulan)\s++(?:lagi|lg)|besok|bsk|lusa|belakangan"
    r"|(?:pas\s++)?(?:awal|akhir|ahir|habis)\s++(?:bulan|wulan|sasih)|(?:minggu|mgg|bulan|bln|sasih|wulan)\s++(?:depan|ngarep|payun|hareup)|(?:pas\s++|tunggu\s++|nunggu\s++)?gajian"
    r"|tempo|later|(?:on\s++|next\s++)payday|next\s++(?:week|month)|tomorrow"
    rf"|{_DATE}|{_WEEKDAY})"
)
_CREDIT = (
    r"(?:nge|di)?bon|ber(?:h)?utang|nyaur(?=\s++(?:akhir|awal|tgl|sesuk|mengko))|[a-z]{0,3}(?:utang|kasbon|kredit|anjuk)(?:kan|in|an|mi)?(?:\s++pi)?"
    r"|dicicil|(?:jatuh\s++)?tempo(?:\s++"
    + _DATE
    + r"|(?:\s++(?:[0-9]{1,2}|dua|tiga|empat|satu))?\s++(?:se)?(?:minggu|hari|bulan))?|unpaid"
    r"|(?:nyicil|nyaur|cicil)(?!\s++dp)"
    r"|on\s++credit|(?:still\s++)?owes?(?:\s++me)?|pay\s++later|settle\s++up(?:\s++on\s++payday)?"
)
_FULL = (
    r"(?:di|me)?luna+s+(?:i|in|inya)?|lns|(?:in|paid|pays?)\s++(?:in\s++)?full|full\s++payment"
    r"|settled"
)
_TRANSFER = (
    r"(?:di|men|na|ku)?(?:tra?ns?fe?r(?:r?ed)?|tranfer|trasfer|transver|trsf|trf|tf|tfr)"
    r"(?:an|nya|mi)?"
)
_QRIS = r"(?:qris|qriz|qrs|kris|kuris|qr)(?:an)?"
_CASH = r"(?:tunai|cash|kontan|kes|tune|chas|csh|kash|cas)"
_BY = (
    r"(?:w|thru|through|pakai|pake|pke|pk|via|lewat|lwt|dgn|dengan|by|with|mau|ku|sama|secara|di|per|payment"
    r"|pembayaran)"
)
_HALF = (
    r"(?:setengah|stgh|stengah|separo|separuh|sparo|half|saparo|sabagian|sebagian)(?:nya|ne|na|e)?"
)
_FIRST = r"(?:dulu|dlu|dl|dhisik|ndisik|heula|dumun|sek|dului|duluan)"

PAYMENT_IN_LINE = rf"""(?:(?:
    (?:{_PAY}|{_MONEY})\s++(?:mah\s++|kok\s++|e\s++)?{_NOT_YET} | {_NOT_YET}\s++{_MONEY}
    | (?:rek|arek|bade|badhe|arep|akan|ajeng|handak)\s++{_PAY}(?:\s++{_LATER})?
    | (?:nanti|ntar|mengko|engke|mangke)\s++(?:(?:nek|kalau|kalo|lamun|yen)\s++)?
      (?:habis|abis|setelah|bar)\s++(?:panen|gajian|lebaran)
    | {_NOT_YET}\s++(?:{_DONE}\s++)?(?:{_PAY}|lunas|dilunasi)(?:\s++{_LATER})?
    | (?:{_PAY}|{_MONEY}|sisa(?:nya|ne)?|pelunasan(?:nya)?|kurang(?:an)?nya|rest)
       (?:\s++(?:rapel|ya|yah|dia|pas|on|baru))*(?:\s++{_LATER}){{1,2}}(?:\s++{_PAY})?
    | {_LATER}\s++(?:(?:baru|pi|dia|mo)\s++)?(?:{_PAY}(?!\s++(?:nanti|ntar|mengko|besok))
       |lunas|dilunasi)(?:\s++{_LATER})?
    | (?:she|he|they)(?:'ll|\s++will)\s++pay\s++(?:me\s++)?(?:on\s++)?{_LATER}
    | kada\s++sakaligus\s++mambayar
    | (?:(?:masih|msh|still|de)\s++)?(?:{_CREDIT})(?:\s++{_FIRST})?
    | (?:{_DONE}\s++|{_PAY}\s++)?(?:{_FULL}|(?:{_PAY}\s++)?lunas)
    | (?:{_MONEY}\s++)?(?:{_DONE}|{_PAY}|{_BY})\s++(?:(?:{_DONE}|{_PAY}|{_BY}|saya|sy)\s++){{0,3}}
       (?:{_TRANSFER}|{_QRIS}|{_CASH})
    | {_MONEY}\s++(?:{_TRANSFER}|{_QRIS}|{_CASH})
    | {_MONEY}\s++(?:(?:{_DONE}|saya|sy|aku|ku)\s++)+(?:terima|tarima|pegang)
    | {_MONEY}\s++{_DONE}(?:\s++(?:ditampi|katampi|diterima|masuk|beres|lengkap))?
      (?=\s*+(?:[.,;!)]|$))
    | {_DONE}\s++(?:saya\s++|sy\s++)(?:terima|pegang)
    | (?:(?<=rb\s)|(?<=ribu\s)){_DONE}\s++(?:di|ka)(?:terima|tampi)
    | {_DONE}\s++{_PAY}
    | {_TRANSFER} | {_QRIS} | {_CASH}
    | (?<=[0-9,.]\s)(?:blm|belum|belom|durung|dereng|urung)(?=[\s.!]*+$)
    | (?:semua|smua|kabeh)\s++(?:blm|belum|durung)(?=[\s.!,]*+$)
    | paid
    )(?!\w)(?:[\s,;]++{UNTIL}\s*+{DUE_DAY})?+)"""
"""A verbose pattern for words about the payment inside a line; `read_payment` reads them."""

DEPOSIT_IN_LINE = rf"""(?:
    (?:(?:baru|{_DONE}|nyicil|cicil|kasih|bayar|{_HALF})\s++(?:{_FIRST}\s++)?)?
       (?:dp|depe|down\s*+payment|uang\s++muka|panjar|deposit|down\s++payment|cicilan)(?:nya)?
    | {_HALF}\s++{_PAY}(?:\s++{_FIRST})? | {_PAY}\s++{_HALF}(?:\s++{_FIRST})?
    | {_HALF}\s++{_FIRST}\s++{_PAY} | (?:{_MONEY}\s++)?baru\s++{_PAY}(?=\s++(?:rp\.?\s*+)?[0-9])
    | (?:{_MONEY}\s++)?baru(?=\s++[0-9][0-9.]*+\s*+(?:rb|rbu|ribu|k|jt)\b|\s++[0-9]{{2,3}}\s*+$
       |\s++(?:[a-z]++\s++){{1,3}}(?:ribu|rb|ewu|rebu)(?!\w))
    | (?:ny)?icil
    )(?![a-z_]):?"""
"""A verbose pattern for the words before an amount that was paid in advance."""

_CREDIT_WORDS = re.compile(
    rf"\b(?:{_NOT_YET}|{_LATER}|{_CREDIT}|kada\s++sakaligus|rek|arek|bade|badhe|arep|akan|ajeng|handak)(?!\w)",
    re.IGNORECASE,
)
_FULL_WORDS = re.compile(
    rf"\b(?:{_FULL}|{_DONE}\s++{_PAY}|{_MONEY}\s++{_DONE}(?!\s++(?!ditampi|katampi|diterima|masuk|beres|lengkap)\w)|paid|(?:di|ka)?(?:terima|tampi)|tarima|pegang)(?!\w)",
    re.IGNORECASE,
)
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
        due_on: the day until which the rest is owed; None if the line names none.
        when_is_open: whether the line says a time that is no certain day, such as `gajian`.
    """

    in_full: bool | None = None
    deposit: int = 0
    means: tuple[Means, ...] = ()
    due_on: date | None = None
    when_is_open: bool = field(default=False, compare=False)

    @property
    def is_stated(self) -> bool:
        """Whether the line says anything about the payment."""
        return self != Payment()

    @property
    def leaves_open(self) -> bool:
        """Whether something is owed by this note."""
        return self.in_full is False or (self.in_full is None and self.deposit > 0)

    def told_anew(self, payment: "Payment") -> "Payment":
        """Returns what is noted after a change; words about a day alone keep the deposit."""
        only_when = payment.in_full is False and not payment.deposit
        if not only_when or not self.deposit:
            return payment
        return replace(
            payment, in_full=None, deposit=self.deposit, means=payment.means or self.means
        )


NOT_STATED = Payment()
"""The line says nothing of the payment."""


def read_payment(
    phrases: Iterable[str], deposit: int, today: date, since: date | None = None
) -> Payment:
    """Returns what phrases that match `PAYMENT_IN_LINE` say together.

    Args:
        phrases: as they were typed.
        deposit: the amount paid in advance, in rupiah, or 0.
        today: the day on which they were typed.
        since: the day of the sale, if the line names one.
    """
    text = " ; ".join(phrases)
    in_full = None
    if _CREDIT_WORDS.search(text):
        in_full = None if deposit else False  # "DP 50rb, sisanya nanti": the deposit says it
    elif _FULL_WORDS.search(text):
        in_full = True
    means = tuple(name for name, pattern in _MEANS if pattern.search(text))
    due = DueDay() if in_full or not _CREDIT_WORDS.search(text) else read_due(text, today, since)
    return Payment(in_full, deposit, means, due.day, due.is_vague)
