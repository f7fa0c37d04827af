"""The payments and conditions that no plan may have, with the words for them and the law.

The kinds of rules count sales and nothing else, so a plan cannot pay for recruiting. This module
only makes the fault of such a plan name the law, and not merely an unknown word.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.company.reading import FileReading, KeyPath, Table
from bot.core.file_faults import Said

__all__ = ["law_of", "refuse_keys", "refused_key", "refused_kind"]

Forbidden: TypeAlias = Literal["recruiting", "places", "purchase"]


@dataclass(frozen=True, slots=True)
class _Ban:
    """Beginnings of words that mean something forbidden.

    Attributes:
        roots: beginnings of words, or of two words with a `-` between them.
        thing: what such a kind or key would pay for or count; it names the words for what it
            does, for the article that forbids it, and for the way out.
    """

    roots: tuple[str, ...]
    thing: Forbidden

    def means(self, name: str) -> bool:
        """Returns whether a name contains one of the words."""
        return NAMED[self.thing].search(name) is not None


BANS: Final = (
    _Ban(
        (
            "sponsor", "recruit", "rekrut", "perekrut", "referr", "referal", "introduc", "enrol",
            "fast-?start", "quick-?start", "sign-?up", "signup", "join", "gabung", "bergabung",
            "regist", "pendaftar", "daftar", "ajak", "undang", "invit", "starter", "new-member",
            "new-mitra", "mitra-baru", "anggota-baru", "member-baru", "members?(?:-|$)",
            "downlines?(?:-|$)", "people", "orang", "heads?(?:-|$)", "head-?count",
        ),
        "recruiting",
    ),
    _Ban(
        (
            "binar", "biner", "pair", "pasang", "matri", "titik", "spill", "position", "posisi",
            "places?(?:-|$)", "hak-usaha", "board", "kiri", "kanan", "left", "right", "carry",
            "width", "lebar", "node", "slots?(?:-|$)",
        ),
        "places",
    ),
    _Ban(
        (
            "purchas", "belanja", "pembelian", "beli", "buy", "autoship", "auto-?order", "package",
            "paket", "tutup-?poin", "tutup-?point", "tupo", "self-?use", "stock", "stok",
            "own-?order", "repeat-?order", "kit(?:-|$)",
        ),
        "purchase",
    ),
)  # fmt: skip

NAMED: Final = {ban.thing: re.compile(rf"(?:^|-)(?:{'|'.join(ban.roots)})") for ban in BANS}

# As the kind of a rule, a package is the one that a person joins with.
PACKAGES: Final = ("paket", "package", "kit")


def refused_kind(kind: str) -> Said | None:
    """Returns why such a kind of rule is forbidden; None for a word that is merely unknown."""
    name = _plain(kind)
    ban = next((each for each in BANS if each.means(name)), None)
    if name.startswith(PACKAGES):
        ban = BANS[0]
    if ban is None:
        return None
    does = Said(f"kind of {ban.thing}")
    article = law_of(ban.thing)
    return Said.of("forbidden kind", kind=kind, does=does, article=article, way=_way(ban))


def refused_key(key: str, value: object = None) -> Said | None:
    """Returns why such a key, or its value, is forbidden; None if it is merely unknown."""
    one_word = isinstance(value, str) and not re.search(r"\s", value)
    words = [_plain(key), *([_plain(str(value))] if one_word else [])]
    ban = next((each for word in words for each in BANS if each.means(word)), None)
    if _plain(key).startswith(PACKAGES):
        ban = BANS[2]
    if ban is None:
        return None
    does = Said(f"key of {ban.thing}")
    return Said.of("forbidden key", does=does, article=law_of(ban.thing), way=_way(ban))


def law_of(thing: Forbidden) -> Said:
    """Returns the article that forbids it."""
    return Said(f"law of {thing}")


def _way(ban: _Ban) -> Said:
    return Said(f"instead of {ban.thing}")


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
            reading.fault_of((*place, key), why)
    reading.unknown_keys(place, unknown, known)


def _plain(name: str) -> str:
    """Returns a name in small letters with `-` between words: tutup-poin-min for TutupPoin_min."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)
    return re.sub(r"[\W_]+", "-", parted).strip("-").lower()
