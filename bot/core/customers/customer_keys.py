"""The key by which a seller's customer is found again, however the name is typed.

Case, accents, pictures, signs and spaces do not matter, nor how a title is spelled: `Ibu ANI 🙏`,
`Ny. Ani` and `Hj. Ani` have the key `bu ani`. Titles of women and men stay apart, and so does what
tells two people apart: a number, `RT 3`, a telephone, `Warung` before the name.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from bot.core.input.typed import composed
from bot.core.sales.buyers import SHOPS, TITLES

__all__ = [
    "MARK",
    "NameParts",
    "forgotten_name",
    "name_key",
    "parts_of",
    "phone_in",
    "plain_title",
]

TEXT_CHARACTERS_MAX = 256
PHONE_DIGITS_MIN = 9
HOUSE_DIGITS_MAX = 3
KEYS_KEPT_MAX = 4_000
PARTS_KEPT_MAX = 20_000
MARK: Final = " #"
"""Stands in no key of a name; a key with it and a number behind it belongs to one row."""

_PHONE: Final = re.compile(r"0[1-9][0-9]{7,12}")

_TITLE_SPELLINGS: Final = {
    "bu": "ibu ibuk buk ny nyonya hj hjh hajah hajjah dra mrs ms mdm madam",
    "pak": "bapak bpk bp pa pk h haji drs tn tuan mr mister",
    "mbak": "mba mb mbk",
    "kak": "kakak kk",
    "bang": "abang",
    "kang": "akang",
    "tante": "tan",
    "bibi": "bi",
    "mama": "mamah",
    "nona": "miss",
    "teh": "teteh",
    "ci": "cici cik",
    "koh": "ko",
    "daeng": "dg",
    "dik": "dek adek adik",
    "bude": "budhe",
    "pakde": "pakdhe",
    "lik": "paklik",
    "ustadz": "ustaz ustad ust",
    "ustadzah": "ustazah",
    "aunty": "auntie",
}
# They are left out wherever a title may stand: "dr. Budi" is Budi, "Pak Ir. Budi" is Pak Budi.
_DEGREES: Final = frozenset({"dr", "drg", "dokter", "ir", "prof", "kh"})
# They say more of a person whose title stands before them: Bu Hj. Nur, Pak Haji Budi.
_SECOND_TITLES: Final = frozenset({"h", "hj", "hjh", "haji", "hajah", "hajjah", "drs", "dra"})
_NO_TITLES: Final = _DEGREES | {"bidan"}
_PLAIN_TITLES: Final = {
    **{title: title for title in TITLES if title not in _NO_TITLES},
    **{title: title for title in _TITLE_SPELLINGS},
    **{other: title for title, others in _TITLE_SPELLINGS.items() for other in others.split()},
}
_SHOP_SPELLINGS: Final = {
    "tk": "toko",
    "wrg": "warung",
    "apotik": "apotek",
    "katering": "catering",
    "cafe": "kafe",
    "restoran": "resto",
}
_APOSTROPHES: Final = str.maketrans("", "", "'’‘ʼʻ`´′")


class NameParts(NamedTuple):
    """The parts of a key.

    Attributes:
        shop: such as `warung`; empty for a person.
        title: in its usual spelling, such as `bu`; empty if there is none.
        words: the other words, without numbers.
        numbers: the numbers, as they follow each other.
    """

    shop: str
    title: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]


@lru_cache(maxsize=KEYS_KEPT_MAX)
def name_key(name: str) -> str:
    """Returns what a customer's name is compared by; the key of a key is the key itself."""
    text = name[:TEXT_CHARACTERS_MAX]
    words = _with_whole_numbers(_pieces(text))
    if not words:
        return " ".join(text.casefold().split())
    shop, title, rest = _split(words)
    return " ".join(filter(None, (shop, title, *rest)))


@lru_cache(maxsize=PARTS_KEPT_MAX)
def parts_of(key: str) -> NameParts:
    """Returns the parts of a key that `name_key` has made.

    What follows `MARK` does not count: it keeps apart two customers who were once entered under
    names that have one key by now.
    """
    shop, title, rest = _split(key.partition(MARK)[0].split(" "))
    numbers = [word for word in rest if word.isdecimal()]  # of most names there are none
    words = [word for word in rest if not word.isdecimal()] if numbers else rest
    return NameParts(shop, title, tuple(words), tuple(numbers))


def phone_in(key: str) -> str:
    """Returns the telephone number in a key that `name_key` has made; empty if there is none.

    However it was typed it begins with 0: `+62 812-3456-789` is `08123456789`. Of several it is
    the first.
    """
    return next(filter(_PHONE.fullmatch, key.partition(MARK)[0].split(" ")), "")


def forgotten_name(customer_id: int) -> str:
    """Returns what stands in place of the name of a forgotten customer; no name looks like it."""
    return f"#{customer_id}"


def plain_title(word: str) -> str:
    """Returns the usual spelling of a title such as `Ibu`; empty for any other word."""
    return _PLAIN_TITLES.get(word[:TEXT_CHARACTERS_MAX].strip(" .,!").casefold(), "")


def _pieces(text: str) -> list[str]:
    """Returns words and numbers in lower case, without accents; all other signs part them."""
    bare = "".join(filter(_is_text, text.translate(_APOSTROPHES)))
    folded = composed("NFKD", composed("NFKD", bare).casefold())
    signs = (sign for sign in folded.translate(_APOSTROPHES) if not _is_accent(sign))
    return ["".join(piece) for kind, piece in groupby(signs, key=_kind) if kind]


def _kind(sign: str) -> str:
    if sign.isdecimal():
        return "number"
    # The vowels of many scripts are marks that take a place of their own.
    return "word" if sign.isalnum() or unicodedata.category(sign) in {"Mn", "Mc"} else ""


def _is_accent(sign: str) -> bool:
    """Returns whether a sign only changes the one before it: an accent, the style of a picture."""
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Me":
        return True
    return "VARIATION SELECTOR" in unicodedata.name(sign, "")


def _is_text(sign: str) -> bool:
    """Returns whether a sign may be part of a name: a circled letter is, a trade mark is not."""
    if unicodedata.category(sign) != "So":
        return True
    letters = unicodedata.normalize("NFKD", sign)
    return len(letters) == 1 and letters.isalnum()


def _with_whole_numbers(pieces: list[str]) -> list[str]:
    """Returns the words with telephone numbers in one piece, and `RT 03` as `RT 3`."""
    words: list[str] = []
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end].isdecimal():
            end += 1
        number = "".join(pieces[at:end])
        if number.startswith(("0", "62")) and len(number) >= PHONE_DIGITS_MIN:
            words.append(f"0{number[2:]}" if number.startswith("62") else number)
        elif number:
            words.extend(map(_without_zeros, pieces[at:end]))
        else:
            words.append(pieces[at])
            end = at + 1
        at = end
    return words


def _without_zeros(number: str) -> str:
    return (number.lstrip("0") or "0") if len(number) <= HOUSE_DIGITS_MAX else number


def _split(words: list[str]) -> tuple[str, str, list[str]]:
    """Returns the kind of shop, the title, and the rest, of which there is always a word."""
    shop = title = ""
    at, last = 0, len(words) - 1
    while at < last and words[at] in _DEGREES:
        at += 1
    if at < last and words[at] in SHOPS:
        shop, at = _SHOP_SPELLINGS.get(words[at], words[at]), at + 1
    while at < last:
        word = words[at]
        said = _PLAIN_TITLES.get(word, "")
        more = bool(title) and (word in _SECOND_TITLES or said == title)
        if not more and word not in _DEGREES:
            if title or not said:
                break
            title = said
        at += 1
    return shop, title, words[at:]
