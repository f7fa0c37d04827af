"""Who lives in the demo company: thirty members, their office, and somebody who is new."""

import random
from dataclasses import dataclass
from typing import Any, Final

from bot.core.codes import ENTROPY_BITS, make_code
from bot.core.provinces import Province, province

__all__ = ["ADMIN_ID", "MEMBERS", "TRAINER_ID", "Person", "people_file"]

SEED: Final = 1_947
FIRST_ID: Final = 3_001
SARI_ID: Final = 2_001
HASNA_ID: Final = 2_002
TRAINER_ID: Final = 2_003
ADMIN_ID: Final = 2_004
PROSPECT_ID: Final = 2_005
CAST_IDS: Final = {
    "Hasna Daeng Ngai": HASNA_ID,
    "Sari Wulandari": SARI_ID,
    "Rahmat Hidayat": TRAINER_ID,
}

# Name, title, how deep below the company, province, days since joining, sales a week in tenths.
# Whoever stands below at the next depth was brought along by the one above.
_TREE: Final = """
Hasna Daeng Ngai     | Ibu   | 0 | sulawesi-selatan   | 640 | 45
Sari Wulandari       | Ibu   | 1 | sulawesi-selatan   | 290 | 40
Nurul Fadillah       | Kak   | 2 | sulawesi-selatan   | 120 | 20
Rina Kartika         | Ibu   | 2 | sulawesi-tenggara  | 95  | 15
Dedi Kurniawan       | Bapak | 3 | sulawesi-tenggara  | 40  | 8
Yuliana Tandi        | Ibu   | 2 | sulawesi-barat     | 61  | 0
Fitriani Arsyad      | Kak   | 2 | sulawesi-selatan   | 12  | 10
Andi Baso            | Bapak | 1 | sulawesi-selatan   | 410 | 25
Megawati Lolo        | Ibu   | 2 | sulawesi-tengah    | 205 | 20
Suharti              | Ibu   | 3 | sulawesi-tengah    | 150 | 10
Irwan Saleh          | Bapak | 4 | gorontalo          | 88  | 5
Halimah Yusuf        | Ibu   | 4 | sulawesi-tengah    | 17  | 12
Kartini Manurung     | Ibu   | 2 | sumatera-utara     | 75  | 0
Asriani              | Kak   | 1 | sulawesi-selatan   | 180 | 15
Wahyu Pratama        | Kak   | 2 | kalimantan-timur   | 66  | 18
Siti Rohani          | Ibu   | 2 | kalimantan-timur   | 30  | 10
Bambang Sutrisno     | Bapak | 3 | jawa-timur         | 9   | 10
Norma Paembonan      | Ibu   | 1 | sulawesi-selatan   | 21  | 12
Rahmat Hidayat       | Bapak | 0 | jawa-barat         | 700 | 30
Lilis Suryani        | Ibu   | 1 | jawa-barat         | 330 | 30
Tuti Alawiyah        | Ibu   | 2 | jawa-barat         | 210 | 18
Agus Setiawan        | Bapak | 3 | banten             | 99  | 6
Neneng Hasanah       | Ibu   | 3 | jawa-barat         | 26  | 14
Dian Puspita         | Kak   | 2 | dki-jakarta        | 55  | 9
Joko Santoso         | Bapak | 1 | jawa-tengah        | 260 | 16
Sri Mulyani Rahayu   | Ibu   | 2 | di-yogyakarta      | 140 | 11
Ketut Sudarma        | Bapak | 2 | bali               | 84  | 7
Yosefina Wenda       | Ibu   | 1 | papua              | 160 | 14
Martha Kambu         | Ibu   | 2 | papua-barat        | 44  | 9
Elisabet Rumbiak     | Kak   | 2 | papua              | 6   | 8
"""


@dataclass(frozen=True, slots=True)
class Person:
    """One member.

    Attributes:
        id: on Telegram.
        sponsor: the place of the sponsor among the members; None right under the company.
        age_days: since joining.
        pace: sales a week, in tenths.
    """

    id: int
    name: str
    title: str
    code: str
    phone: str
    sponsor: int | None
    province: Province
    birth_year: int
    age_days: int
    pace: int


def _members() -> tuple[Person, ...]:
    chance = random.Random(SEED)  # noqa: S311 - the same company each time is what is wanted
    line: list[int] = []
    members = []
    for place, row in enumerate(_TREE.strip().splitlines()):
        name, title, depth, where, days, pace = (cell.strip() for cell in row.split("|"))
        del line[int(depth) :]
        home = province(where)
        assert home is not None, where
        members.append(
            Person(
                id=CAST_IDS.get(name, FIRST_ID + place),
                name=name,
                title=title,
                code=make_code(chance.getrandbits(ENTROPY_BITS)),
                phone=f"+62812000{place + 1:05d}",
                sponsor=line[-1] if line else None,
                province=home,
                birth_year=chance.randint(1965, 2003),
                age_days=int(days),
                pace=int(pace),
            )
        )
        line.append(place)
    return tuple(members)


MEMBERS: Final = _members()

_SHOWN: Final[dict[int, tuple[str, str]]] = {
    SARI_ID: ("Distributor", "Tulis: J 2 SABUN @50rb Bu Ani"),
    HASNA_ID: ("Upline", "Sponsor Ibu Sari. Lihat tim: T"),
    TRAINER_ID: ("Trainer", "Membina tim di Jawa. Lihat tim: T"),
}


def people_file() -> list[dict[str, Any]]:
    """Everybody as the sandbox takes them, those with a phone on the page first."""
    by_id = {person.id: person for person in MEMBERS}
    shown = [_telegram(by_id[number]) for number in _SHOWN]
    office = {
        "id": ADMIN_ID,
        "first_name": "Ningsih",
        "last_name": "Kantor",
        "username": "ningsih_kantor",
        "phone": "+6281200009004",
        "language_code": "id",
        "started": True,
        "show": True,
        "caption": "Admin",
        "note": "Cek penjualan: /setujui",
    }
    prospect = {
        "id": PROSPECT_ID,
        "first_name": "Dewi",
        "last_name": "Anggraini",
        "username": "dewi_anggraini",
        "phone": "+6281200009005",
        "language_code": "id",
        "started": False,
        "show": True,
        "caption": "Calon mitra",
        "opens": by_id[HASNA_ID].code,
        "note": "Membuka undangan Ibu Hasna",
    }
    others = [_telegram(person) for person in MEMBERS if person.id not in _SHOWN]
    return [*shown, office, prospect, *others]


def _telegram(person: Person) -> dict[str, Any]:
    first, _, last = person.name.partition(" ")
    caption, note = _SHOWN.get(person.id, ("Mitra", ""))
    return {
        "id": person.id,
        "first_name": first,
        "last_name": last or None,
        "username": person.name.lower().replace(" ", "_"),
        "phone": person.phone,
        "language_code": "id",
        "started": True,
        "show": person.id in _SHOWN,
        "caption": caption,
        "note": note,
    }
