"""A company's list of five hundred members, as spreadsheets come: with every fault there is."""

from dataclasses import dataclass, replace
from random import Random

__all__ = ["HEADINGS", "MEMBERS", "Line", "mended", "messy", "text_of"]

MEMBERS = 500
HEADINGS = "Nomor;Nama;No. HP;Sponsor;Tanggal Bergabung"
FIRST = ("Siti", "Ahmad", "Dewi", "Budi", "Rina", "Agus", "Wati", "Joko", "Tuti", "Made")
LAST = ("Rahayu", "Wijaya", "Lestari", "Hidayat", "Marlina", "Susilo", "Anggraini")
MONTHS = ("Jan", "Feb", "Maret", "Apr", "Mei", "Juni", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")


@dataclass(frozen=True)
class Line:
    """One line as it is typed."""

    number: str
    name: str
    phone: str
    sponsor: str
    joined: str
    more: str = ""


def mended() -> list[Line]:
    """The list as it ought to be: in any order, with sponsors among the first hundred."""
    chance = Random(20)
    lines = []
    for place in range(1, MEMBERS + 1):
        above = chance.randrange(1, min(place, 101)) if place > 1 else 0
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2015, 2025)
        line = Line(
            number=_number(place),
            name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            phone=_phone(place, chance.randrange(4)),
            sponsor=_number(above) if above else "",
            joined=_day(day, month, year, chance.randrange(4)),
        )
        lines.append(line)
    chance.shuffle(lines)
    return lines


def messy() -> tuple[list[Line], list[tuple[int, str]]]:
    """The list with one of each fault, and the message for each, by line."""
    lines = mended()
    at = {line.number: place for place, line in enumerate(lines)}
    output: list[tuple[int, str]] = []

    def spoil(number: int, words: str, /, **cells: str) -> None:
        place = at[_number(number)]
        lines[place] = replace(lines[place], **cells)
        output.append((place + 2, words))

    def line_of(number: int) -> int:
        return at[_number(number)] + 2

    for number, (words, cells) in enumerate(SPOILED, 201):
        spoil(number, words, **cells)
    first, second = sorted((line_of(301), line_of(302)))
    twin = lines[first - 2]
    spoil(
        int(lines[second - 2].number),
        f"number {twin.number} is already in line {first}",
        number=twin.number,
    )
    first, second = sorted((line_of(303), line_of(304)))
    same = lines[first - 2].phone
    spoil(
        int(lines[second - 2].number),
        f"phone {_e164(int(lines[first - 2].number))} is already in line {first}",
        phone=same,
    )
    spoil(305, "sponsor 0305 is this member's own number", sponsor="0305")
    spoil(306, "sponsor 9999 is not a member number, here or in the database", sponsor="9999")
    spoil(
        307,
        "sponsor 12 is not a member number, here or in the database; is 0012 meant? "
        "Spreadsheets drop leading zeros",
        sponsor="12",
    )
    ring = [401, 402, 403]
    for number, sponsor in zip(ring, [402, 403, 401], strict=True):
        place = at[_number(number)]
        lines[place] = replace(lines[place], sponsor=_number(sponsor))
    start = min(range(3), key=lambda each: line_of(ring[each]))
    turned = [*ring[start:], *ring[:start]]
    shown = [f"{_number(number)} (line {line_of(number)})" for number in turned]
    output.append(
        (
            line_of(turned[0]),
            "the sponsors form a circle: "
            + " → ".join([*shown, _number(turned[0])])
            + "; correct one of them",
        )
    )
    return lines, sorted(output, key=lambda fault: fault[0])


SPOILED: list[tuple[str, dict[str, str]]] = [
    ("name is empty", {"name": ""}),
    ("name has more than 64 characters", {"name": "Siti " * 14}),
    ("name “Siti” has fewer than 2 letters".replace("Siti", "S"), {"name": "S"}),
    ("name “Siti 0812” has digits, a link or signs that no name can have", {"name": "Siti 0812"}),
    ("phone is empty; without it the member cannot claim the membership", {"phone": ""}),
    ("phone “0411 123456” is not one mobile number, such as 0812 3456 7890",
     {"phone": "0411 123456"}),
    ("phone “6,28123E+11” was shortened by the spreadsheet; format the column as text",
     {"phone": "6,28123E+11"}),
    ("joined is empty", {"joined": ""}),
    ("joined “31/02/2024” is not a valid date", {"joined": "31/02/2024"}),
    ("joined 2099-01-01 is in the future", {"joined": "2099-01-01"}),
    ("joined 1949-12-31 is before 1950", {"joined": "1949-12-31"}),
    ("joined “01/03/24” needs its year in four digits, such as 2024-03-01",
     {"joined": "01/03/24"}),
    ("joined “45352” is an Excel date number; format the column as a date",
     {"joined": "45352"}),
    ("joined “kemarin” is not a date, such as 2024-03-01 or 1 Mar 2024", {"joined": "kemarin"}),
    ("number is empty", {"number": ""}),
    ("number “A#1” is not 1 to 32 letters, digits, spaces, dots, /, - or _", {"number": "A#1"}),
    ("number “1,2E+11” was shortened by the spreadsheet; format the column as text",
     {"number": "1,2E+11"}),
    ("has 6 cells, the headings are 5", {"more": ";x"}),
]  # fmt: skip


def text_of(lines: list[Line]) -> str:
    """The whole file, as a spreadsheet saves it."""
    rows = [f"{e.number};{e.name};{e.phone};{e.sponsor};{e.joined}{e.more}" for e in lines]
    return "\ufeff" + "\r\n".join([HEADINGS, *rows]) + "\r\n"


def _number(place: int) -> str:
    return f"{place:04d}"


def _phone(place: int, form: int) -> str:
    bare = f"{10_000_000 + place}"
    return (f"0812{bare}", f"+62 812-{bare[:4]}-{bare[4:]}", f"62812{bare}", f"812{bare}")[form]


def _e164(place: int) -> str:
    return f"+62812{10_000_000 + place}"


def _day(day: int, month: int, year: int, form: int) -> str:
    return (
        f"{year}-{month:02d}-{day:02d}",
        f"{day} {MONTHS[month - 1]} {year}",
        f"{day:02d}/{month:02d}/{year}",
        f"{year}-{month:02d}-{day:02d} 00:00:00",
    )[form]
