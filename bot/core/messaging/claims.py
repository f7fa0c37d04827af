"""Finds promises of income and health, which no broadcast may make, in both languages."""

import re
from bisect import bisect_left, bisect_right
from typing import Final

from bot.core.input.typed import unstyled

__all__ = ["TEXT_CHARACTERS_MAX", "claims_in"]

TEXT_CHARACTERS_MAX: Final = 4_096
"""The rest of a longer text is ignored; no message is that long."""

NEAR_WORDS: Final = 8

# Each line is one idea; a match is shown to the author as it was written.
_PROMISES: Final = (
    # Income, Indonesian.
    r"pasti(?:nya)?",
    r"(?:di)?jamin(?:an)?",
    r"tanpa (?:perlu |harus )?(?:ber)?(?:kerja|usaha|jualan|modal|risiko)",
    r"(?:passive|pasif|pasive) (?:income|inkam)",
    r"(?:penghasilan|pendapatan|income) pasif",
    r"(?:cepat|mendadak|auto|lekas) kaya|kaya (?:raya|mendadak|cepat)",
    r"(?:ber)?jutaan (?:per|se|tiap|setiap) ?(?:bulan|hari|minggu)",
    r"balik modal",
    r"(?:ke)?bebas(?:an)? finansial",
    r"(?:uang|cuan|duit) (?:mengalir|gampang|mudah|instan)",
    # Income, English.
    r"guarantee[ds]?",
    r"get rich|rich quick|easy money",
    r"financial(?:ly)? (?:freedom|free)",
    r"(?:without|no) (?:work|working|effort|selling|risk)",
    r"millions? (?:a|per|every) (?:month|week|day)",
    r"money back",
    # Health, Indonesian.
    r"menyembuhkan|disembuhkan|sembuh(?:kan)? total|kesembuhan",
    r"meng?obati|obat (?:kanker|diabetes|jantung|stroke|darah tinggi|hipertensi|segala)\w*",
    r"(?:anti|bebas) ?(?:kanker|diabetes|tumor)",
    r"100 ?(?:%|persen) (?:ampuh|alami|aman|manjur)",
    r"ampuh|manjur|mujarab",
    r"tanpa efek samping",
    # Health, English.
    r"cur(?:e|es|ed|ing)",
    r"heal(?:s|ed|ing)?",
    r"100 ?(?:%|percent) (?:effective|safe|natural)",
    r"(?:no|without) side[ -]effects?",
    r"miracle|miraculous",
)
_PROMISE: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_PROMISES)})(?!\w)")

_AMOUNT: Final = re.compile(
    r"(?<![\w.,])(?:"
    r"(?:rp|idr)\.? ?[0-9]+(?:[.,][0-9]+)*(?: ?(?:rb|ribu|jt|juta|miliar))?"
    r"|[0-9]+(?:[.,][0-9]+)* ?(?:rb|ribu|jt|juta|miliar|millions?|thousand)"
    r"|(?:puluhan|ratusan) (?:ribu|juta)"
    r"|(?:se|satu |dua |tiga |lima |sepuluh )juta"
    r")(?!\w)"
)
_EARNING: Final = re.compile(
    r"(?<!\w)(?:bonus(?:nya)?|komisi(?:nya)?|penghasilan(?:nya)?|pendapatan(?:nya)?|gaji(?:nya)?"
    r"|income|cuan|earn(?:s|ed|ings?)?|commissions?|salary|bonuses)(?!\w)"
)
_WORD: Final = re.compile(r"\S+")


def claims_in(text: str) -> tuple[str, ...]:
    """Returns the words in a text that promise income or health, in order, each once.

    A sum of money counts if it is within eight words of a word for earnings.
    """
    plain = " ".join(unstyled(text[:TEXT_CHARACTERS_MAX]).split())
    low = plain.lower()
    if len(low) != len(plain):  # a few letters change their length; then lower case is shown
        plain = low
    found = [(hit.start(), hit.end()) for hit in _PROMISE.finditer(low)]
    found += _sums_near_earnings(low)
    shown: dict[str, str] = {}
    for start, end in sorted(found):
        shown.setdefault(low[start:end], plain[start:end])
    return tuple(shown.values())


def _sums_near_earnings(low: str) -> list[tuple[int, int]]:
    """Returns the spans of sums near enough to a word for earnings to read as a promise."""
    starts = [word.start() for word in _WORD.finditer(low)]

    def place(at: int) -> int:
        return bisect_right(starts, at)

    earning = [place(hit.start()) for hit in _EARNING.finditer(low)]

    def is_near(first: int, last: int) -> bool:
        following = bisect_left(earning, first - NEAR_WORDS)
        return following < len(earning) and earning[following] <= last + NEAR_WORDS

    return [
        (hit.start(), hit.end())
        for hit in _AMOUNT.finditer(low)
        if is_near(place(hit.start()), place(hit.end() - 1))
    ]
