"""Splits a line about a sale into tokens: numbers, prices, days and words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.core.input.day_words import DAY_IN_LINE
from bot.core.input.money import MONEY_NAMES, MONEY_WORD_UNITS
from bot.core.input.number_words import NUMBER_IN_WORDS
from bot.core.input.quantity import UNITS
from bot.core.sales.payments import DEPOSIT_IN_LINE, PAYMENT_IN_LINE

__all__ = ["Token", "TokenKind", "scan"]


class TokenKind(Enum):
    """The kind of a token."""

    LINE = auto()  # a new line, with its bullet or number
    BREAK = auto()  # a comma or "dan": the item is over
    OWN = auto()  # "pakai sendiri"
    DAY = auto()
    EACH = auto()  # "@", "per botol"
    TOTAL = auto()  # "total", "semua"
    DISCOUNT = auto()  # "diskon", before its amount
    DEPOSIT = auto()  # "DP", before its amount
    PAID = auto()  # "lunas", "belum bayar", "transfer"
    PERCENT = auto()
    MONEY = auto()
    PHONE = auto()
    PLACE = auto()  # "RT 3", "blok C": behind a name
    NUMBER = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token, as it was typed."""

    kind: TokenKind
    text: str


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_WORD_UNIT = _either(MONEY_WORD_UNITS)
_IN_WORDS = (
    rf"{NUMBER_IN_WORDS}\s+(?:{_WORD_UNIT})(?:\s+{NUMBER_IN_WORDS}\s+(?:{_WORD_UNIT}))?"
    rf"|(?:{_either(MONEY_NAMES)})(?:\s+{NUMBER_IN_WORDS}\s+(?:{_WORD_UNIT}))?"
)
_UNIT = r"(?:rb|rbu|ribu|k|jt|jta|juta)"
_PER = _either(UNITS | {"satuan", "item"})

_SCAN = re.compile(
    rf"""
    (?P<LINE>[^\S\n]*\n\s*(?:[-•*·–]+\s*|[0-9]{{1,2}}[.)]\s+)?)
    | (?P<SPACE>\s+)
    | (?P<OWN>
        (?:(?:di|ke)?pa(?:kai|ke)|beli|ambil)\s+(?:sendiri|dewe)
        | (?:di|ke)?pa(?:kai|ke)\s+(?:di\s+)?rumah(?:\s+(?:sendiri|kami|saya))?
        | (?:nganggo|dianggo)\s+(?:nyalira|sorangan)|(?:di)?(?:nggo|enggo|anggo)\s+dewe
        | (?:untuk|utk|buat|bwt|u/|for)\s+
          (?:sendiri|pribadi|(?:di\s+)?rumah\s+sendiri|(?:saya|aku|pemakaian|kebutuhan|konsumsi|keperluan)
             (?:\s+(?:sendiri|pribadi))?|me|myself|(?:my\s+)?own\s+use)
        | (?:konsumsi|pemakaian|belanja|keperluan)\s+(?:sendiri|pribadi)
        | (?:my\s+)?own\s+use
      )(?!\w)
    | (?P<HALF>(?:1/2|½)(?=\s*(?:lusin|lsn|kodi|gros|dozen)))
    | (?P<DEPOSIT>{DEPOSIT_IN_LINE})
    | (?P<PAID>{PAYMENT_IN_LINE})
    | (?P<DISCOUNT>(?:di)?(?:diskon|disc|dsc|disk|dskon|discount|potong(?:an)?|korting(?:an)?)
        (?:nya|in)?(?:\s+harga)?(?!\w)|(?<=[0-9a-z])\s-\s?(?={_NUMBER}\s*{_UNIT}(?!\w)))
    | (?P<PERCENT>[0-9]{{1,2}}(?:[.,][0-9])?\s*(?:%|persen(?!\w)|percent(?!\w)))
    | (?P<DAY>{DAY_IN_LINE})
    | (?P<PHONE>(?:\+?62[-\s]?|0)8[0-9]{{1,2}}[-.\s]?[0-9]{{3,4}}[-.\s]?[0-9]{{2,5}}(?![0-9]))
    | (?P<PLACE>(?:rt|rw|blok|blk|gang|gg|kamar|kmr|lantai|lt|no|nomor|kavling|kav)
        \.?\s*(?:[0-9]{{1,4}}[a-z]?|[a-z](?![a-z]))(?:[/-][0-9]{{1,3}}[a-z]?)?(?!\w))
    | (?P<TIMES>{_NUMBER}\s*[x×*]\s*(?=@|rp|idr|{_NUMBER}\s*{_UNIT}|[0-9]{{1,3}}\.[0-9]{{3}}
        |[0-9]{{4}}))
    | (?P<MONEY>
        (?:rp|idr)\.?\s*{_NUMBER}(?:\s*{_UNIT}(?!\w))?(?:,-)?
        | {_NUMBER}\s*(?:jt|jta|juta)\s*[0-9]{{1,3}}(?![\w.])(?!\s*(?:rb|rbu|ribu|k)(?!\w))
        | {_NUMBER}\s*{_UNIT}(?!\w)(?:\s*[0-9]{{1,3}}\s*(?:rb|rbu|ribu|k)(?!\w))?
        | {_NUMBER}\s*{_UNIT}(?=\s*-?an(?!\w))
        | [0-9]{{2,3}}(?=\s*-?an(?!\w))
        | (?:{_IN_WORDS})(?!\w)
        | [1-9][0-9]{{0,2}},[0-9]{{3}}(?![\w.,]*[0-9])
        | [1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})++(?:,00?(?![0-9]))?(?:,-)?(?![\w.]*[0-9])
      )
    | (?P<EACH>@|(?:(?:/|per)\s*(?:{_PER})(?:nya|ne|na)?|masing[-\s]*masing|masing2
        |(?:harga\s+)?satuan(?:nya)?|(?:1\s?|(?:yg|yang)\s+1|satu|hiji|siji|se(?:{_PER})|1\s+(?:{_PER}))(?:nya|ne|na)
        |each|apiece|a\s+piece|ea)(?!\w))
    | (?P<TOTAL>(?:total|semua|jumlah|jadi|kabeh|sadaya|sedaya)(?:nya|na|ne|e)?(?!\w)
        |(?:(?:dua[-\s]dua|lima[-\s]lima|tiga[-\s]tiga|duana)\s?(?:nya|na|ne)|keduanya|seluruhnya
        |berdua|basamo|for\s+(?:both|all)|both)(?!\w)|in\s+all(?!\w)|all\s+in(?!\w)|altogether(?!\w))
    | (?P<NEGATIVE>(?<!\S)-[0-9]+)
    | (?P<NUMBER>(?:[x×*]\s*)?{_NUMBER}(?:\s?[x×*](?!\w))?)
    | (?P<BREAK>[,;+&|/]+|(?:dan|and|plus|serta|sama|sareng|karo|lalu|trus|terus|tambah)(?!\w))
    | (?P<NOISE>[-–:=()\[\]"“”!?.…*]+)
    | (?P<STEM>[^\W\d_]{{3,}}(?=[0-9]+(?![^\W_])))    # "sabun2"
    | (?P<WORD>[^\s,;+&|/()\[\]:=@"“”!?]+)
    | (?P<REST>.)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EACH_SUFFIXES = frozenset({"an", "-an", "nan"} | {f"se{unit}" for unit in UNITS})
_UNSEEN = frozenset({"SPACE", "NOISE", "REST"})


def scan(text: str) -> Iterator[Token]:
    """Yield the tokens in their order, without spaces and punctuation that mean nothing."""
    before = None
    for found in _SCAN.finditer(text):
        name = found.lastgroup
        assert name is not None, "every branch has a name"
        if name in _UNSEEN:
            continue
        if name == "TIMES":
            yield Token(TokenKind.NUMBER, found.group().rstrip("xX×* \n"))
            yield Token(TokenKind.EACH, "@")
            before = TokenKind.EACH
            continue
        token = _token(name, found.group().strip())
        if before is TokenKind.MONEY:
            if token.text.lower() in _EACH_SUFFIXES:
                token = Token(TokenKind.EACH, token.text)  # "50rb an", "30rb sebungkus"
            elif name == "NUMBER" and found.group()[0] in "xX×*":
                yield Token(TokenKind.EACH, "x")  # "60.000 x 4"
        yield token
        before = token.kind


def _token(name: str, text: str) -> Token:
    match name:
        case "HALF":
            return Token(TokenKind.WORD, "setengah")
        case "NEGATIVE":
            return Token(TokenKind.NUMBER, text)
        case "NUMBER":
            return Token(TokenKind.NUMBER, text.strip("xX×* "))
        case "STEM" | "WORD":
            return Token(TokenKind.WORD, text.rstrip(".") or text)
        case _:
            return Token(TokenKind[name], text)
