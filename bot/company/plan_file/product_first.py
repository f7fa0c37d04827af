"""The payments and conditions that no plan may have, with the words for them and the law.

The kinds of rules count sales and nothing else, so a plan cannot pay for recruiting. This module
only makes the fault of such a plan name the law, and not merely an unknown word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.company.reading import FileReading, KeyPath, Table

__all__ = ["PLACES", "PURCHASE", "RECRUITING", "refuse_keys", "refused_key", "refused_kind"]

RECRUITING: Final = "Permendag 70/2019 Art. 30(1) and 21(k), PP 3/2026 Art. 51A"
PLACES: Final = "Permendag 70/2019 Art. 30(2)"
PURCHASE: Final = "Permendag 70/2019 Art. 21(f) and (g)"


@dataclass(frozen=True, slots=True)
class _Ban:
    """Beginnings of words that mean something forbidden.

    Attributes:
        roots: beginnings of words, or of two words with a `-` between them.
        as_kind: what a kind of rule with such a name would do.
        as_key: what a key with such a name would do.
        article: the article that forbids it.
    """

    roots: tuple[str, ...]
    as_kind: str
    as_key: str
    article: str

    def means(self, name: str) -> bool:
        """Returns whether a name contains one of the words."""
        return NAMED[self.article].search(name) is not None


BANS: Final = (
    _Ban(
        (
            "sponsor", "recruit", "rekrut", "perekrut", "referr", "referal", "introduc", "enrol",
            "fast-?start", "quick-?start", "sign-?up", "signup", "join", "gabung", "bergabung",
            "regist", "pendaftar", "daftar", "ajak", "undang", "invit", "starter", "new-member",
            "new-mitra", "mitra-baru", "anggota-baru", "member-baru", "members?(?:-|$)",
            "downlines?(?:-|$)", "people", "orang", "heads?(?:-|$)", "head-?count",
        ),
        "pays for recruiting",
        "counts recruits",
        RECRUITING,
    ),
    _Ban(
        (
            "binar", "biner", "pair", "pasang", "matri", "titik", "spill", "position", "posisi",
            "places?(?:-|$)", "hak-usaha", "board", "kiri", "kanan", "left", "right", "carry",
            "width", "lebar", "node", "slots?(?:-|$)",
        ),
        "pays for places, of which one person may hold several",
        "counts places, of which one person may hold several",
        PLACES,
    ),
    _Ban(
        (
            "purchas", "belanja", "pembelian", "beli", "buy", "autoship", "auto-?order", "package",
            "paket", "tutup-?poin", "tutup-?point", "tupo", "self-?use", "stock", "stok",
            "own-?order", "repeat-?order", "kit(?:-|$)",
        ),
        "pays for what members buy themselves",
        "makes a purchase of one's own a condition",
        PURCHASE,
    ),
)  # fmt: skip

NAMED: Final = {ban.article: re.compile(rf"(?:^|-)(?:{'|'.join(ban.roots)})") for ban in BANS}

# As the kind of a rule, a package is the one that a person joins with.
PACKAGES: Final = ("paket", "package", "kit")

WAYS_OUT: Final[Mapping[str, str]] = {
    RECRUITING: "Sales alone count: unilevel, differential or generation",
    PLACES: "Pay from the sales of a team, each person once: unilevel or differential",
    PURCHASE: "Ask for sales to customers instead: own_points_min or customers_min",
}


def refused_kind(kind: str) -> str | None:
    """Returns why such a kind of rule is forbidden; None for a word that is merely unknown."""
    name = _plain(kind)
    ban = next((each for each in BANS if each.means(name)), None)
    if name.startswith(PACKAGES):
        ban = BANS[0]
    if ban is None:
        return None
    return f'"{kind}" {ban.as_kind}, which is forbidden: {ban.article}. {WAYS_OUT[ban.article]}'


def refused_key(key: str, value: object = None) -> str | None:
    """Returns why such a key, or its value, is forbidden; None if it is merely unknown."""
    one_word = isinstance(value, str) and not re.search(r"\s", value)
    words = [_plain(key), *([_plain(str(value))] if one_word else [])]
    ban = next((each for word in words for each in BANS if each.means(word)), None)
    if _plain(key).startswith(PACKAGES):
        ban = BANS[2]
    return (
        None
        if ban is None
        else (f"{ban.as_key}, which is forbidden: {ban.article}. {WAYS_OUT[ban.article]}")
    )


def refuse_keys(
    reading: FileReading, place: KeyPath, table: Table, known: tuple[str, ...]
) -> None:
    """Record a fault for each unknown key: why it is forbidden, or which key may be meant."""
    unknown = {}
    for key, value in table.items():
        if key in known:
            continue
        why = refused_key(key, value)
        if why is None:
            unknown[key] = value
        else:
            reading.fault((*place, key), why)
    reading.unknown_keys(place, unknown, known)


def _plain(name: str) -> str:
    """Returns a name in small letters with `-` between words: tutup-poin-min for TutupPoin_min."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)
    return re.sub(r"[\W_]+", "-", parted).strip("-").lower()
