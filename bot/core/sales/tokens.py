"""Splits a line about a sale into tokens: numbers, prices, days and words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.core.input.dates import DAY_IN_LINE
from bot.core.input.quantity import UNITS

__all__ = ["Token", "TokenKind", "scan"]


class TokenKind(Enum):
    """The kind of a token."""

    LINE = auto()  # a new line, with its bullet or number
    BREAK = auto()  # a comma or "dan": the item is over
    OWN = auto()  # "pakai sendiri"
    DAY = auto()
    EACH = auto()  # "@", "per botol"
    TOTAL = auto()  # "total", "semua"
    MONEY = auto()
    NUMBER = auto()
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token, as it was typed."""

    kind: TokenKind
    text: str


_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_UNIT = r"(?:rb|rbu|ribu|k|jt|jta|juta)"
_PER = "|".join(sorted(UNITS | {"satuan", "item"}, key=lambda unit: -len(unit)))

_SCAN = re.compile(
    rf"""
    (?P<LINE>[^\S\n]*\n\s*(?:[-•*·–]+\s*|[0-9]{{1,2}}[.)]\s+)?)
    | (?P<SPACE>\s+)
    | (?P<OWN>
        (?:(?:di)?pak(?:ai|e)|beli|ambil)\s+sendiri
        | (?:untuk|utk|buat|bwt|u/|for)\s+
          (?:sendiri|pribadi|(?:saya|aku|pemakaian|kebutuhan|konsumsi|keperluan)
             (?:\s+(?:sendiri|pribadi))?|me|myself|(?:my\s+)?own\s+use)
        | (?:konsumsi|pemakaian|belanja|keperluan)\s+(?:sendiri|pribadi)
        | (?:my\s+)?own\s+use
      )(?!\w)
    | (?P<HALF>(?:1/2|½)(?=\s*(?:lusin|lsn|kodi|gros|dozen)))
    | (?P<DAY>{DAY_IN_LINE})
    | (?P<MONEY>
        (?:rp|idr)\.?\s*{_NUMBER}(?:\s*{_UNIT}(?!\w))?(?:,-)?
        | {_NUMBER}\s*{_UNIT}(?!\w)(?:\s*[0-9]{{1,3}}\s*(?:rb|rbu|ribu|k)(?!\w))?
        | [1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})++(?:,00?(?![0-9]))?(?:,-)?(?![\w.]*[0-9])
      )
    | (?P<EACH>@|(?:(?:/|per)\s*(?:{_PER})|masing[-\s]*masing|masing2|(?:harga\s+)?satuan(?:nya)?
        |each|apiece)(?!\w))
    | (?P<TOTAL>(?:total|semua|jumlah|jadi)(?:nya)?(?!\w)|in\s+all(?!\w)|altogether(?!\w))
    | (?P<NEGATIVE>(?<!\S)-[0-9]+)
    | (?P<NUMBER>(?:[x×*]\s*)?{_NUMBER}(?:\s?[x×*](?!\w))?)
    | (?P<BREAK>[,;+&|/]+|(?:dan|and|plus|serta|sama|lalu|trus|terus)(?!\w))
    | (?P<NOISE>[-–:=()\[\]"“”!?.…*]+)
    | (?P<STEM>[^\W\d_]{{3,}}(?=[0-9]+(?![^\W_])))    # "sabun2"
    | (?P<WORD>[^\s,;+&|/()\[\]:=@"“”!?]+)
    | (?P<REST>.)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNSEEN = frozenset({"SPACE", "NOISE", "REST"})


def scan(text: str) -> Iterator[Token]:
    """Yield the tokens in their order, without spaces and punctuation that mean nothing."""
    for found in _SCAN.finditer(text):
        name = found.lastgroup
        assert name is not None, "every branch has a name"
        if name in _UNSEEN:
            continue
        yield _token(name, found.group().strip())


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
