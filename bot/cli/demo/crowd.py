"""The other members of the demo company: random names, homes and sponsors."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Extra", "crowd", "random_name"]

SEED: Final = 1_945
AGE_DAYS_MAX: Final = 690

_WOMEN: Final = (
    "Aisyah", "Aminah", "Anita", "Dahlia", "Dewi", "Eka", "Endah", "Erni", "Farida", "Hajrah",
    "Hasnawati", "Indah", "Ira", "Juliana", "Kartika", "Lestari", "Maryam", "Mira", "Nadia",
    "Nirmala", "Nur Aini", "Ratna", "Rosdiana", "Rosita", "Salma", "Santi", "Siti Hajar",
    "Sumarni", "Susanti", "Tiara", "Ummu", "Vera", "Wahyuni", "Wati", "Yanti", "Yuli", "Zahra",
    "Zainab",
)  # fmt: skip
_MEN: Final = (
    "Adi", "Ahmad", "Arif", "Bakri", "Budi", "Chandra", "Darwis", "Eko", "Fajar", "Hamzah",
    "Hendra", "Idris", "Imran", "Jamal", "Kadir", "Lukman", "Mansur", "Nasir", "Ridwan", "Rudi",
    "Syamsul", "Taufik", "Usman", "Yusuf",
)  # fmt: skip
_LAST: Final = (
    "Abdullah", "Amir", "Anwar", "Basri", "Daeng Sija", "Darmawan", "Fauzi", "Gunawan", "Halim",
    "Handayani", "Hasan", "Hidayati", "Ibrahim", "Iskandar", "Kurnia", "Latif", "Mahmud", "Malik",
    "Nasution", "Nugroho", "Palallo", "Patta", "Permata", "Purnama", "Putri", "Rahayu", "Rahman",
    "Ramadhani", "Sahputra", "Salim", "Saputra", "Sari", "Setiawan", "Simatupang", "Siregar",
    "Suryani", "Syarif", "Tandi", "Utami", "Wibowo", "Wijaya", "Yunus", "Zulkarnain",
)  # fmt: skip
_HOMES: Final = (
    ("sulawesi-selatan", 9), ("sulawesi-tengah", 3), ("sulawesi-tenggara", 3), ("gorontalo", 1),
    ("kalimantan-timur", 2), ("jawa-barat", 6), ("jawa-tengah", 3), ("jawa-timur", 4),
    ("banten", 2), ("dki-jakarta", 3), ("bali", 1), ("sumatera-utara", 2), ("papua", 2),
    ("papua-barat", 1),
)  # fmt: skip
_PACES: Final = (0, 0, 0, 0, 2, 3, 5, 8, 12, 20)
"""Sales a week in tenths: most members sell little or nothing."""

NEARBY: Final = 40
"""Two of three new members join under one of this many most recent members."""


@dataclass(frozen=True, slots=True)
class Extra:
    """One of them; `sponsor` is an index into all members so far."""

    name: str
    title: str
    sponsor: int
    province: str
    age_days: int
    pace: int


def crowd(count: int, ages: Sequence[int], taken: Sequence[str]) -> list[Extra]:
    """Returns more members, the earliest first, each below an earlier member.

    Args:
        count: the number of members.
        ages: days since joining of the existing members, by index.
        taken: the names of the existing members.
    """
    chance = random.Random(SEED)  # noqa: S311 - the same company each time is what is wanted
    names = set(taken)
    known = list(ages)
    homes, weights = zip(*_HOMES, strict=True)
    found: list[Extra] = []
    days = sorted((chance.randint(3, AGE_DAYS_MAX) for _ in range(count)), reverse=True)
    for age in days:
        title, name = random_name(chance)
        while name in names:
            title, name = random_name(chance)
        names.add(name)
        older = [place for place, days_there in enumerate(known) if days_there > age]
        near = sorted(older, key=lambda place: known[place])[:NEARBY]
        sponsor = chance.choice(near if chance.random() < 2 / 3 else older)
        home = chance.choices(homes, weights)[0]
        found.append(Extra(name, title, sponsor, home, age, chance.choice(_PACES)))
        known.append(age)
    return found


def random_name(chance: random.Random) -> tuple[str, str]:
    """Returns a title and a name."""
    if chance.randint(1, 10) <= 7:  # noqa: PLR2004 - seven in ten are women
        return chance.choice(("Ibu", "Ibu", "Kak")), f"{chance.choice(_WOMEN)} {_last(chance)}"
    return chance.choice(("Bapak", "Bapak", "Kak")), f"{chance.choice(_MEN)} {_last(chance)}"


def _last(chance: random.Random) -> str:
    return chance.choice(_LAST)
