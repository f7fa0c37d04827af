"""Reads numbers in words: `dua belas`, `lima puluh`, `seratus lima belas`, `fifty`."""

from collections.abc import Iterable, Sequence

__all__ = ["DIGITS", "NUMBER_IN_WORDS", "NUMBER_WORDS", "spelled_out"]

_TEN, _HUNDRED = 10, 100


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


DIGITS = {
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "sembilan": 9,
}
# Javanese and Sundanese, and short forms as they are typed.
_OTHER_DIGITS = {
    "siji": 1,
    "hiji": 1,
    "sahiji": 1,
    "sabigi": 1,
    "ciek": 1,
    "atu": 1,
    "tige": 3,
    "due": 2,
    "loro": 2,
    "telu": 3,
    "tilu": 3,
    "papat": 4,
    "opat": 4,
    "ampat": 4,
    "limo": 5,
    "enem": 6,
    "genep": 6,
    "pitu": 7,
    "tuju": 7,
    "wolu": 8,
    "dlapan": 8,
    "dalapan": 8,
    "songo": 9,
    "salapan": 9,
    "setunggal": 1,
    "rong": 2,
    "telung": 3,
    "tigo": 3,
    "patang": 4,
    "sekawan": 4,
    "limang": 5,
    "gangsal": 5,
    "nem": 6,
    "pitung": 7,
    "wolung": 8,
    "sangang": 9,
    "sanga": 9,
    "kalih": 2,
    "tigang": 3,
    "talu": 3,
    "walu": 8,
    "duo": 2,
    "ampek": 4,
    "anam": 6,
    "tujuah": 7,
    "sambilan": 9,
    "dadua": 2,
    "tallu": 3,
    "annang": 6,
    "tolu": 3,
    "onom": 6,
    "ampa": 4,
    "tujo": 7,
    "lapan": 8,
    "lapang": 8,
    "dalapang": 8,
    "sambilang": 9,
    "salapang": 9,
    "sikok": 1,
    "sada": 1,
    "duang": 2,
    "settong": 1,
    "sittong": 1,
    "saboh": 1,
    "sekeq": 1,
    "dhuwa": 2,
    "dhuwa'": 2,
    "dhua'": 2,
    "dua'": 2,
    "tello": 3,
    "tello'": 3,
    "empa": 4,
    "empa'": 4,
    "lema": 5,
    "lema'": 5,
    "ennem": 6,
    "petto'": 7,
    "ballu'": 8,
    "sanga'": 9,
    "seddi": 1,
    "tellu": 3,
    "eppa": 4,
    "eppa'": 4,
    "enneng": 6,
    "arua": 8,
    "asera": 9,
}
_ROUND = {
    "nol": 0,
    "zero": 0,
    "sepuluh": 10,
    "sebelas": 11,
    "seratus": 100,
    "satus": 100,
    "saratus": 100,
    "seribu": 1000,
    "dasa": 10,
    "sapulu": 10,
    "sapolo": 10,
    "sapolo'": 10,
    "sampulo": 10,
    "seppulo": 10,
    "saratos": 100,
    "sedoso": 10,
    "sedasa": 10,
    "sapuluh": 10,
    "sapuluah": 10,
    "sawelas": 11,
    "sabelas": 11,
    "sabaleh": 11,
    "sewelas": 11,
    "patbelas": 14,
    "nembelas": 16,
    "pitulas": 17,
    "wolulas": 18,
    "selikur": 21,
    "saratuih": 100,
    "rolas": 12,
    "telulas": 13,
    "limolas": 15,
    "rongpuluh": 20,
    "selawe": 25,
    "seket": 50,
    "suwidak": 60,
    "sewidak": 60,
    "se-ratus": 100,
    "se-puluh": 10,
}
_ENGLISH = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        start=1,
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_ENGLISH["hundred"] = 100
_OF_EACH = frozenset({"sabigi", "sabuting"})
"""One piece: behind an amount they say that it is for each, `limapuluh sabigi`."""

_VALUES = DIGITS | _OTHER_DIGITS | _ROUND | _ENGLISH
_PLACES = {
    "belas": (1, 10),
    "welas": (1, 10),
    "puluh": (10, 0),
    "puluah": (10, 0),
    "pulu": (10, 0),
    "polo": (10, 0),
    "dasa": (10, 0),
    "doso": (10, 0),
    "baleh": (1, 10),
    "ratus": (100, 0),
    "ratuih": (100, 0),
    "ratos": (100, 0),
    "atus": (100, 0),
    "hundred": (100, 0),
}

_MINANG_PLACES = frozenset({"ratuih", "puluah", "baleh"})
"""Where "salapan" is eight; in Sunda it is nine."""
_TENS = "puluh|puluah|pulu|polo|dasa|doso|belas|welas|baleh"
_HUNDREDS = "ratus|ratuih|ratos|atus|hundred"
_DIGIT_WORD = _either({word for word, number in _VALUES.items() if 0 < number < _TEN})
_TEEN_WORD = _either({word for word, number in _VALUES.items() if _TEN <= number < _HUNDRED})
_HUNDRED_WORD = _either({word for word, number in _VALUES.items() if number == _HUNDRED})
NUMBER_IN_WORDS = (
    rf"(?:(?:{_HUNDRED_WORD}|(?:{_DIGIT_WORD})\s+(?:{_HUNDREDS}))"
    rf"(?:\s+(?:{_TEEN_WORD}|(?:{_DIGIT_WORD})\s+(?:{_TENS})))?(?:\s+(?:{_DIGIT_WORD}))?"
    rf"|(?:{_TEEN_WORD}|(?:{_DIGIT_WORD})\s+(?:{_TENS}))(?:\s+(?:{_DIGIT_WORD}))?"
    rf"|(?:{_DIGIT_WORD}))"
)
"""A pattern for one number below a thousand in words; `spelled_out` reads it."""

NUMBER_WORDS = frozenset(_VALUES) | frozenset(_PLACES)
"""All words that may occur in a number, in lower case."""


def spelled_out(words: Sequence[str]) -> tuple[int, int] | None:
    """Returns the number that these lower-case words begin with, and how many words it takes."""
    total, taken = 0, 0
    while taken < len(words) and words[taken] in _VALUES:
        value, place = _VALUES[words[taken]], words[taken + 1 : taken + 2]
        size = 1
        if words[taken] == "salapan" and place and place[0] in _MINANG_PLACES:
            value = 8
        if place and place[0] in _PLACES and 0 < value < 10:  # noqa: PLR2004 - a digit
            times, plus = _PLACES[place[0]]
            value, size = value * times + plus, 2
        if taken and (value >= _last_place(total) or words[taken] in _OF_EACH):
            return total, taken  # "sepuluh tujuh puluh" is two numbers
        taken += size
        total += value
        if total % 10 or not total:
            break
    return (total, taken) if taken else None


def _last_place(total: int) -> int:
    """Returns the limit of what may follow a round number: 10 after tens, 100 after hundreds."""
    return next(place for place in (1000, 100, 10) if total % place == 0)
