"""Reads amounts in rupiah as people type them, without guessing."""

import re
from dataclasses import dataclass

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.number_words import spelled_out
from bot.core.input.typed import shown

__all__ = [
    "AMOUNT_MAX",
    "HALVES",
    "MONEY_NAMES",
    "MONEY_WORD_UNITS",
    "AmbiguousMoney",
    "MoneyTooLarge",
    "NotMoney",
    "parse_rupiah",
]

TEXT_CHARACTERS_MAX = 64
AMOUNT_DIGITS_MAX = 10
AMOUNT_MAX = 9_999_999_999

_THOUSAND = 1_000
_MILLION = 1_000_000
_UNITS = {
    "rb": _THOUSAND,
    "rbu": _THOUSAND,
    "ribu": _THOUSAND,
    "rebu": _THOUSAND,
    "ewu": _THOUSAND,
    "ewon": _THOUSAND,
    "ebu": _THOUSAND,
    "tali": _THOUSAND,
    "k": _THOUSAND,
    "jt": _MILLION,
    "jta": _MILLION,
    "juta": _MILLION,
    "thousand": _THOUSAND,
    "million": _MILLION,
}

_ONES = {"seribu": _THOUSAND, "sejuta": _MILLION, "sajuta": _MILLION, "saribu": _THOUSAND}
# Names of amounts in the markets of Jakarta, from Hokkien.
_COINS = {
    "seceng": 1_000,
    "goceng": 5_000,
    "ceban": 10_000,
    "noban": 20_000,
    "goban": 50_000,
    "gocap": 50_000,
    "cepek": 100_000,
    "cepek ceng": 100_000,
    "nopek": 200_000,
    "setengah juta": _MILLION // 2,
    "stengah juta": _MILLION // 2,
    "setengah jt": _MILLION // 2,
    "sejuta": _MILLION,
    "seribu": _THOUSAND,
}
_SAYS_NOTHING = frozenset({"rp", "rp.", "idr", "rupiah", "perak", "a", "and", "dan"})

MONEY_WORD_UNITS = frozenset(_UNITS)
MONEY_NAMES = frozenset(name for name in _COINS if " " not in name) | frozenset(_ONES)

_TYPED = re.compile(
    r"""
    (?P<sign>(?:rp|idr)\.?\s*)?
    (?P<number>[0-9]+(?:[.,][0-9]+)*)
    \s*+(?P<unit>rb|rbu|ribu|rebu|ewu|ewon|ebu|tali|k|jt|jta|juta|thousand|million)?
    (?:\s*+(?P<rest>[0-9]{1,3})\s*+(?:rb|rbu|ribu|k)       # "1 juta 500 ribu"
      |(?P<tail>[0-9]{1,3}))?                              # "1jt2", "2jt500"
    \s*+(?:,-|rupiah|perak)?
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_DOTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,00?)?", re.ASCII)
# Two comma groups, or one followed by a dot, can only be English notation. A single one is
# certain only after "Rp", as the bot itself writes to English readers.
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.00?)?|,[0-9]{3}\.00?)", re.ASCII)
_COMMAS_AFTER_SIGN = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}", re.ASCII)
_SENTENCE_END = re.compile(r"(?<=[0-9a-z])[.!]\Z", re.ASCII | re.IGNORECASE)
HALVES = frozenset({"setengah", "stengah", "satengah", "stgh"})
"""Behind millions they add half of one: `satu juta setengah`."""

_MILLIONS = ("juta", "jta", "jt")
_FRACTION = re.compile(r"(?P<whole>[0-9]+)[.,](?P<fraction>[0-9]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class NotMoney(Message):
    """The text is no amount, or the amount is not above zero."""

    text: str


@dataclass(frozen=True, slots=True)
class MoneyTooLarge(Message):
    """More than the database accepts as one amount."""

    limit: int


@dataclass(frozen=True, slots=True)
class AmbiguousMoney(Message):
    """Two amounts could be meant; the smaller one comes first."""

    text: str
    candidates: tuple[int, int]


def parse_rupiah(text: str) -> int:
    """Returns the amount in rupiah that was typed: `150rb`, `1,5jt`, `Rp 150.000`.

    A dot before three digits groups thousands, as Indonesians write. Anything with two possible
    meanings (`1.5`, `1,500`, `150.00`) is refused with both readings, because a wrong guess about
    money costs more than one question.

    Raises:
        Refusal: with `NotMoney`, `MoneyTooLarge` or `AmbiguousMoney`.
    """
    bare = _SENTENCE_END.sub("", text.strip())
    if len(bare) > TEXT_CHARACTERS_MAX:
        endless = bare.isascii() and bare.isdigit()
        raise Refusal(MoneyTooLarge(AMOUNT_MAX) if endless else NotMoney(shown(text)))
    millions, _, half = bare.rpartition(" ")
    if half.lower() in HALVES and millions.rstrip().lower().endswith(_MILLIONS):
        whole = parse_rupiah(millions)
        return _the_one({0 if whole % _MILLION else whole + _MILLION // 2}, text)
    typed = _TYPED.fullmatch(bare)
    if typed is None:
        return _the_one({_in_words(bare)}, text)
    number, unit, rest, tail = typed["number"], typed["unit"], typed["rest"], typed["tail"]
    if (rest or tail) is not None and (unit is None or _UNITS[unit.lower()] != _MILLION):
        raise Refusal(NotMoney(shown(text)))
    if typed["sign"] and _COMMAS_AFTER_SIGN.fullmatch(number):
        number = number.replace(",", ".")
    readings = _plain(number) if unit is None else _scaled(number, _UNITS[unit.lower()])
    more = int(rest or 0) * _THOUSAND + (_decimals_of_a_million(tail) if tail else 0)
    return _the_one({amount + more for amount in readings}, text)


def _the_one(readings: set[int], text: str) -> int:
    above_zero = sorted(amount for amount in readings if amount > 0)
    if not above_zero:
        raise Refusal(NotMoney(shown(text)))
    possible = [amount for amount in above_zero if amount <= AMOUNT_MAX]
    match possible:
        case []:
            raise Refusal(MoneyTooLarge(AMOUNT_MAX))
        case [amount]:
            return amount
        case _:
            raise Refusal(AmbiguousMoney(shown(text), (possible[0], possible[-1])))


def _decimals_of_a_million(digits: str) -> int:
    """Returns what stands behind `jt` without a unit: 2 is 200,000, and 25 is 250,000."""
    return int(digits.ljust(6, "0"))


def _in_words(text: str) -> int:
    """Returns an amount in words, such as `seratus lima belas ribu`; 0 if it is none."""
    words = [word for word in text.lower().split() if word not in _SAYS_NOTHING]
    if (coin := _COINS.get(" ".join(words))) is not None:
        return coin
    total, at = 0, 0
    while at < len(words):
        if words[at] in _ONES:
            total, at = total + _ONES[words[at]], at + 1
            continue
        found = spelled_out(words[at:])
        if found is None:
            return 0
        number, at = found[0], at + found[1]
        unit = _UNITS.get(words[at]) if at < len(words) else None
        if unit is None and at < len(words):
            return 0
        if unit is None and total >= _MILLION:
            unit = _THOUSAND  # "satu juta dua ratus"
        total, at = total + number * (unit or 1), at + 1
    return total if total >= _THOUSAND else 0


def _plain(number: str) -> set[int]:
    """Returns the possible amounts of a number without a unit."""
    if number.isdigit():
        return {_whole(number)}
    if _DOTS.fullmatch(number):
        return {_whole(number.partition(",")[0].replace(".", ""))}
    if _COMMAS.fullmatch(number):
        return {_whole(number.partition(".")[0].replace(",", ""))}
    as_rupiah, as_thousands = _times(number, 1), _times(number, _THOUSAND)
    if as_thousands is None:
        return set()
    other = as_rupiah if as_rupiah is not None else _times(number, _MILLION)
    return {as_thousands} if other is None else {as_thousands, other}


def _scaled(number: str, unit: int) -> set[int]:
    """Returns the possible amounts of a number before `rb` or `jt`."""
    if number.isdigit():
        return {_whole(number) * unit}
    readings = {amount for amount in (_times(number, unit),) if amount is not None}
    grouped = number.replace(",", ".")
    # "1.500rb": one and a half thousand, or fifteen hundred thousand?
    if _DOTS.fullmatch(grouped):
        readings.add(_whole(grouped.replace(".", "")) * unit)
    return readings


def _times(number: str, unit: int) -> int | None:
    """Returns a decimal number times the unit, if that is a whole number of rupiah."""
    parts = _FRACTION.fullmatch(number)
    if parts is None:
        return None
    scale = len(parts["fraction"])
    if scale > AMOUNT_DIGITS_MAX:
        return None
    product = _whole(parts["whole"] + parts["fraction"]) * unit
    amount, left = divmod(product, 10**scale)
    return None if left else amount


def _whole(digits: str) -> int:
    """Returns the number; one with too many digits becomes a large constant, to save time."""
    significant = digits.lstrip("0")
    if len(significant) > 2 * AMOUNT_DIGITS_MAX:
        return AMOUNT_MAX * AMOUNT_MAX
    return int(significant or "0")
