"""Reads what a seller says of debts and payments: `bu ani bayar 50rb`, `siapa belum bayar`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.core.conversation.messages import Refusal
from bot.core.customers.customer_keys import name_key
from bot.core.input.chat_text import plain_chat
from bot.core.input.dates import some_day
from bot.core.input.day_words import DAY_IN_LINE, TOMORROW, WEEKDAYS
from bot.core.input.money import (
    HALVES,
    MONEY_NAMES,
    MONEY_WORD_UNITS,
    AmbiguousMoney,
    parse_rupiah,
)
from bot.core.input.number_words import NUMBER_IN_WORDS
from bot.core.input.typed import clean_text
from bot.core.sales.line.words.vocabulary import FILLERS, REVISING
from bot.core.sales.payment_note import Means
from bot.core.sales.payments import read_payment
from bot.core.sales.sales import receipt_id

__all__ = [
    "AGO_DAYS_MAX",
    "PaidLine",
    "amount_in",
    "day_in",
    "means_in",
    "read_paid_line",
    "says_more",
]

CHARACTERS_MAX: Final = 300
AGO_DAYS_MAX: Final = 366
"""How long ago a payment may have been that is noted now."""

CHANGING: Final = (
    FILLERS | REVISING | {"bu", "pak", "kak", "mas", "mbak", "ibu", "bapak", "oh", "hari", "dan"}
)
"""Words around an amount, means or day that say nothing else."""

DAY_LETTERS_MIN: Final = 5
PLAUSIBLE_MIN: Final = 1_000
_FLAGS: Final = re.VERBOSE | re.IGNORECASE

About = Literal["paid", "one", "all"]


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What a line about debts says.

    Attributes:
        about: a payment that was made, what one customer owes, or who owes at all.
        name: what may be a customer's name, with other words around it; empty if nothing is.
        sale_id: the sale whose receipt is named.
        amount: rupiah; None if the line names none, or one that could be two.
        in_full: whether all that is owed was paid.
        means: how it was paid.
        day: when it was paid; None if the line does not say.
        says_paid: whether a word says that something was paid.
    """

    about: About
    name: str = ""
    sale_id: int | None = None
    amount: int | None = None
    in_full: bool = False
    means: Means | None = None
    day: date | None = None
    says_paid: bool = False


_UNITS: Final = "|".join(sorted(MONEY_WORD_UNITS, key=lambda unit: (-len(unit), unit)))
_NUMBER: Final = r"[0-9]+(?:[.,][0-9]+)*+"
_MONEY: Final = re.compile(
    rf"""(?<![\w.,/-])(?:
      (?:rp|idr)\.?\s*+{_NUMBER}(?:\s*+(?:{_UNITS})(?!\w))?(?:,-)?
    | {_NUMBER}\s*+(?:jt|jta|juta)\s*+[0-9]{{1,3}}(?:\s*+(?:rb|rbu|ribu|k))?(?!\w)
    | (?:(?:{_NUMBER}\s*+|{NUMBER_IN_WORDS}\s++)(?:jt|jta|juta)|sejuta)
      \s++(?:{"|".join(sorted(HALVES))})(?!\w)
    | (?:{_NUMBER}\s*+|{NUMBER_IN_WORDS}\s++)(?:{_UNITS})(?!\w)
    | (?:{"|".join(sorted(MONEY_NAMES))})(?!\w)
    | [1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})++(?:,00?)?(?![\w.])
    )""",
    _FLAGS,
)
# A number alone is money if it is no quantity, no day and no number of a house.
_BARE: Final = re.compile(
    r"(?<![\w.,/-])[1-9][0-9]{1,9}(?![\w/-]|[.,][0-9]|\s*+(?:hari|minggu|bln))"
)
_NUMBERED: Final = re.compile(r"\b(?:rt|rw|no|blok|gang|gg|tgl|tanggal|jam)\.?\s*+[0-9]+", _FLAGS)
_RECEIPT: Final = re.compile(r"(?<!\w)s\s?-?\s?[0-9]{4,15}(?!\w)", re.IGNORECASE)
_DAY: Final = re.compile(rf"(?<!\w)(?:tadi\s++)?{DAY_IN_LINE}", _FLAGS)
_OF: Final = re.compile(
    r"\b(?:yg|yang|nu|sing|sane|nan|dari|from|of|for|the|untuk|utk|since|sejak)(?:\s++\w++){0,2}+\s*+\Z",
    re.IGNORECASE,
)

_PAY: Final = r"""(?:(?:d\s++)?[a-z]{0,4}(?:bayar|byr|bayr|mayar|mayah|bayia|baia|bayah)[a-z]{0,4}
    |paid|pays?|settled?|[a-z]{0,3}lunas+[a-z]{0,4}|lns|[a-z]{0,3}aur(?:i|an|in)?|nyaur\w*|(?:(?:me|di)?n?c|(?:me)?ny)icil\w*
    |(?:di|men|na|ku|me)?(?:transf?er|tranfer|trsf|trf|tf)(?:red|an|nya|kan)?|(?:ny|di)?setor\w*|masuk|diterima|terima
    |qris(?:an)?)"""
_NOT: Final = r"""(?:belumpi|belum|blum|blm|blom|belom|durung|dereng|tacan|acan|can|alun|balum
    |bloman|konden|urung|ha(?:s|ve)\s?+n['’]?+t|ha(?:s|ve)\s++not|not
    |yet\s++to|masih|msh|still|isih|keneh)"""
_OWES: Final = r"""[a-z]{0,4}h?utang\w*|(?:nge)?bon(?!us)\w*|kasbon\w*|tunggakan\w*|nunggak
    |piutang\w*
    |tagihan\w*|tanggungan|[a-z]{0,2}anjuk|kurang(?:nya|e|an)?|owes?|owed|owing|debts?|unpaid
    |outstanding|sisa(?:nya|ne|na)?|rest"""
_WHO: Final = re.compile(
    r"""\b(?:siapa\w*|sapa|sopo|saha|sinten|sia\s++se|who(?:'s|s)?|everyone\s++who|orang\s++yan?g|daftar|rekap\w*
    |list|semua\s++(?:yan?g|utang)|yan?g\s++masih|sing\s++durung|per\s++pelanggan|all\s++(?:debts|who))(?!\w)""",
    _FLAGS,
)
_ASKS: Final = re.compile(
    r"""\b(?:berapa\w*|brp\w*|brapa\w*|piro|pinten|sabaraha|barapo|how\s++much|apakah|kah|tinggal|lihat|cek|liat
    |total\w*|kapan|when|does|did)(?!\w)|\?""",
    _FLAGS,
)
_AHEAD: Final = re.compile(
    rf"""\b(?:janji\w*|promised?|nanti|ntar|{"|".join(TOMORROW)}|lusa|minta\s++tempo|mnta\s++tempo|tempo|mau|akan|arep|badhe|will
    |ngarep|hareup|payun|'ll|going\s++to|wants?|depan|gajian|ingat\w*|inget\w*|remind\w*|tagih(?:in|kan)?|nagih\w*|ditagih)(?!\w)""",
    _FLAGS,
)
_OWES_STILL: Final = re.compile(
    rf"\b(?:{_NOT}\s++(?:\w++\s++){{0,2}}?(?:{_PAY}|{_OWES}))(?!\w)", _FLAGS
)
_PAID: Final = re.compile(rf"\b{_PAY}(?!\w)", _FLAGS)
_DEBT: Final = re.compile(rf"\b(?:{_OWES})(?!\w)", _FLAGS)
_IN_FULL: Final = re.compile(
    r"""\b(?:[a-z]{0,3}lunas+[a-z]{0,4}|lns|settled?|(?:in\s++)?full|semua(?:nya)?|smua|kabeh|sadaya|sisanya|all
    |the\s++rest|coret|beres)(?!\w)""",
    _FLAGS,
)
_IN_PART: Final = re.compile(
    r"""\b(?:setengah\w*|stengah\w*|separo\w*|separuh\w*|half|sebagian|nyicil\w*|cicil\w*|dicicil|baru|cuma|dp)(?!\w)""",
    _FLAGS,
)
_BESIDE: Final = re.compile(
    rf"""\b(?:{_PAY}|{_NOT}|{_OWES}|sudah|sudahmi|suda|udah|udh|sdh|ud|dah|wis|wes|sampun|tos|telah|lah|alah|akhirnya
    |catat\w*|tolong|tlg|pls|please|note|record|min|kak\s++min|tadi|td|barusan|baru|lagi|lg|jg|juga|ya|yah|nih|dong|deh|mi
    |uang(?:nya)?|duit(?:nya)?|artos(?:na)?|tunai|cash|kontan|by|via|lewat|pakai|pake|dari|dr|oleh|from|her|his|their
    |me|saya|sy|aku|ke|sebesar|senilai|yang|yg|itu|semua(?:nya)?|setengah(?:nya)?|separo|half|has|have|already|finally)
    (?:nya)?(?!\w)""",
    _FLAGS,
)


def read_paid_line(text: str, today: date) -> PaidLine:
    """Returns what a line says; a question or a promise is no payment.

    Args:
        text: as it was typed.
        today: the day on which it is read, by the writer's calendar.
    """
    line = clean_text(plain_chat(text), CHARACTERS_MAX).replace("\n", " ")
    receipt = _RECEIPT.search(line)
    rest = _RECEIPT.sub(" ", line)
    name = _name(rest)
    sale_id = receipt_id(receipt[0]) if receipt is not None else None
    if _WHO.search(rest):
        return PaidLine("all")
    if _says_no_payment(rest):
        return PaidLine("one" if name or sale_id else "all", name, sale_id)
    part = _IN_PART.search(rest) is not None
    return PaidLine(
        "paid",
        name,
        sale_id,
        amount_in(rest),
        in_full=not part and _IN_FULL.search(rest) is not None,
        means=means_in(rest),
        day=day_in(rest, today),
        says_paid=_PAID.search(rest) is not None,
    )


def says_more(line: PaidLine, customer: str) -> bool:
    """Returns whether a line has words that neither change a payment nor name its customer.

    `stok sabun 12` is about something else, `eh 25rb aja` is not.

    Args:
        line: as it was read while a payment of the customer waits to be confirmed.
        customer: the name as the seller typed it.
    """
    words = set(name_key(line.name).split())
    return line.about != "paid" or not words <= CHANGING | set(name_key(customer).split())


def amount_in(text: str) -> int | None:
    """Returns the one amount of a line in rupiah; a bare `50` is fifty thousand."""
    line = _NUMBERED.sub(" ", text)
    line = _without_days(line)
    amounts = {_rupiah(found[0]) for found in _MONEY.finditer(line)}
    amounts |= {_rupiah(found[0]) for found in _BARE.finditer(_MONEY.sub(" ", line))}
    return amounts.pop() if len(amounts) == 1 else None


def day_in(text: str, today: date) -> date | None:
    """Returns the day on which a payment was made, as the line says; never a coming one.

    `yang kemarin` says which sale was paid, not when. Where several days are named, none is taken.
    """
    days = set()
    for found in _day_words(text):
        if _OF.search(text[: found.start()]):
            continue
        try:
            days.add(some_day(found[0], today))
        except Refusal:
            continue
    day = days.pop() if len(days) == 1 else None
    in_time = day is not None and today - timedelta(days=AGO_DAYS_MAX) <= day <= today
    return day if in_time else None


def _day_words(text: str) -> Iterator[re.Match[str]]:
    """Yields the words for days; short ones such as `jum` may be names, or `min` a greeting."""
    for found in _DAY.finditer(text):
        if len(found[0]) >= DAY_LETTERS_MIN or found[0].lower() not in WEEKDAYS:
            yield found


def means_in(text: str) -> Means | None:
    """Returns how a line says that was paid; None if it says nothing, or several ways."""
    means = read_payment([text], 0, date.min).means
    return means[0] if len(means) == 1 else None


def _says_no_payment(line: str) -> bool:
    if _ASKS.search(line) or _AHEAD.search(line) or _OWES_STILL.search(line):
        return True
    return _PAID.search(line) is None and _DEBT.search(line) is not None


def _rupiah(text: str) -> int | None:
    try:
        amount = parse_rupiah(text)
    except Refusal as refusal:
        match refusal.message:
            case AmbiguousMoney(candidates=(_, larger)) if text.isdigit():
                return larger
        return None
    return amount * PLAUSIBLE_MIN if amount < PLAUSIBLE_MIN else amount


def _without_days(line: str) -> str:
    for found in reversed(list(_day_words(line))):
        if _MONEY.fullmatch(found[0]) is None:
            line = f"{line[: found.start()]} {line[found.end() :]}"
    return line


def _name(line: str) -> str:
    """Returns the line without what is no name, as far as that is certain."""
    line = _without_days(_MONEY.sub(" ", line))
    for pattern in (_WHO, _ASKS, _AHEAD, _BESIDE, _BARE):
        line = pattern.sub(" ", line)
    return " ".join(line.replace(",", " ").split()).strip(" .:;!-–")
