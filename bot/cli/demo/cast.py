"""The people of the demo company: three hundred members, the office, and newcomers.

Thirty members are listed one by one, so that every screen and every stage of a membership has an
example; `crowd` adds the others.
"""

import random
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.cli.demo.crowd import crowd
from bot.core.members.codes import ENTROPY_BITS, make_code
from bot.core.members.provinces import Province, province

__all__ = [
    "ADMIN_ID",
    "COLLEAGUE_ID",
    "LEADING",
    "MEMBERS",
    "NEWCOMER_ID",
    "PROSPECT_ID",
    "SARI_ID",
    "TRAINER_ID",
    "CastMember",
    "people_file",
]

Spoken: TypeAlias = str | dict[str, str]
"""A text, or one in each language of the page."""

SEED: Final = 1_947
FIRST_ID: Final = 3_001
SARI_ID: Final = 2_001
HASNA_ID: Final = 2_002
TRAINER_ID: Final = 2_003
ADMIN_ID: Final = 2_004
PROSPECT_ID: Final = 2_005
COLLEAGUE_ID: Final = 2_006
NEWCOMER_ID: Final = 2_007
CROWD: Final = 270
CAST_IDS: Final = {
    "Hasna Daeng Ngai": HASNA_ID,
    "Sari Wulandari": SARI_ID,
    "Rahmat Hidayat": TRAINER_ID,
}

# Name, title, how deep below the company, province, days since joining, sales a week in tenths.
# The sponsor of a member is the nearest row above with a smaller depth.
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
class CastMember:
    """One member of the demo company.

    Attributes:
        id: the Telegram account.
        sponsor: the index of the sponsor among the members; None directly below the company.
        age_days: days since joining.
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


def _leading() -> tuple[CastMember, ...]:
    chance = random.Random(SEED)  # noqa: S311 - the same company each time is what is wanted
    line: list[int] = []
    members = []
    for place, row in enumerate(_TREE.strip().splitlines()):
        name, title, depth, where, days, pace = (cell.strip() for cell in row.split("|"))
        del line[int(depth) :]
        home = province(where)
        assert home is not None, where
        members.append(
            CastMember(
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


def _with_crowd(leading: tuple[CastMember, ...]) -> tuple[CastMember, ...]:
    chance = random.Random(SEED + 1)  # noqa: S311 - the same company each time is what is wanted
    ages = [person.age_days for person in leading]
    members = list(leading)
    for extra in crowd(CROWD, ages, [person.name for person in leading]):
        home = province(extra.province)
        assert home is not None, extra.province
        members.append(
            CastMember(
                id=FIRST_ID + len(members),
                name=extra.name,
                title=extra.title,
                code=make_code(chance.getrandbits(ENTROPY_BITS)),
                phone=f"+62812000{len(members) + 1:05d}",
                sponsor=extra.sponsor,
                province=home,
                birth_year=chance.randint(1960, 2005),
                age_days=extra.age_days,
                pace=extra.pace,
            )
        )
    return tuple(members)


LEADING: Final = _leading()
MEMBERS: Final = _with_crowd(LEADING)

_SHOWN: Final[dict[int, tuple[str, Spoken]]] = {
    SARI_ID: (
        "Distributor",
        {"id": "Tulis: J 2 SABUN @50rb Bu Ani", "en": "Write: J 2 SABUN @50rb Bu Ani"},
    ),
    HASNA_ID: (
        "Upline",
        {"id": "Sponsor Bu Sari. Lihat tim: T", "en": "Sari's sponsor. See the team: T"},
    ),
    TRAINER_ID: (
        "Trainer",
        {"id": "Menulis ke timnya: /siaran", "en": "Writes to the team: /broadcast"},
    ),
}
_PROSPECT: Final = {"id": "Calon mitra", "en": "Newcomer"}
_OFFICE_ZONE: Final = "Asia/Jakarta"


def people_file() -> list[dict[str, object]]:
    """Returns all people for the sandbox, those with a phone on the page first."""
    by_id = {person.id: person for person in MEMBERS}
    shown = [_telegram(by_id[number]) for number in _SHOWN]
    office = _stranger(ADMIN_ID, "Ningsih Kantor", "Admin", started=True, show=True)
    prospect = _stranger(PROSPECT_ID, "Dewi Anggraini", _PROSPECT, show=True)
    note = {"id": "Membuka undangan Bu Hasna", "en": "Opens Hasna's invitation"}
    zone = by_id[HASNA_ID].province.zone
    opens = {"opens": by_id[HASNA_ID].code, "note": note, "zone": zone}
    hidden = [
        _stranger(COLLEAGUE_ID, "Yusran Kantor", "Admin", started=True),
        _stranger(NEWCOMER_ID, "Mawar Anggrek", _PROSPECT),
    ]
    others = [_telegram(person) for person in MEMBERS if person.id not in _SHOWN]
    checks = {"note": {"id": "Panel kantor: /kelola", "en": "The office panel: /manage"}}
    return [*shown, office | checks, prospect | opens, *hidden, *others]


def _telegram(person: CastMember) -> dict[str, object]:
    first, _, last = person.name.partition(" ")
    caption, note = _SHOWN.get(person.id, ("Mitra", {}))
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
        "zone": person.province.zone,
    }


def _stranger(
    number: int,
    name: str,
    caption: Spoken,
    *,
    started: bool = False,
    show: bool = False,
) -> dict[str, object]:
    """Returns a person who is not a member."""
    first, _, last = name.partition(" ")
    return {
        "id": number,
        "first_name": first,
        "last_name": last,
        "username": name.lower().replace(" ", "_"),
        "phone": f"+628120000{7_000 + number}",
        "language_code": "id",
        "started": started,
        "show": show,
        "caption": caption,
        "note": "",
        "zone": _OFFICE_ZONE,
    }
