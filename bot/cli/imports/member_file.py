"""Reads a company's existing members from CSV and reports every fault with its line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from bot.cli.imports.spreadsheet import Columns, Sheet, SheetRow, read_sheet
from bot.cli.imports.spreadsheet_dates import DayOrder, find_order, read_sheet_day
from bot.core.conversation.messages import Refusal
from bot.core.input.typed import one_line, shown
from bot.core.members.lineage import trace
from bot.core.members.people import NameTooLong, NameTooShort, full_name, phone_number
from bot.store.imports.roster import Entry

__all__ = ["MemberFile", "read_member_file"]

FILE_BYTES_MAX: Final = 16 * 1024 * 1024
ROWS_MAX: Final = 100_000
YEAR_MIN: Final = 1950
CIRCLE_SHOWN_MAX: Final = 12

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": (
        "nomor", "nomor_mitra", "no_mitra", "nomor_anggota", "no_anggota", "id_mitra",
        "id_anggota", "member_number", "member_no", "member_id", "id",
    ),
    "name": ("nama", "nama_lengkap", "nama_mitra", "nama_anggota", "full_name"),
    "phone": (
        "hp", "nomor_hp", "no_hp", "telepon", "nomor_telepon", "no_telepon", "no_telp", "wa",
        "nomor_wa", "no_wa", "whatsapp", "phone_number", "mobile",
    ),
    "sponsor": (
        "nomor_sponsor", "no_sponsor", "id_sponsor", "kode_sponsor", "upline", "no_upline",
        "sponsor_number", "sponsor_id",
    ),
    "joined": (
        "bergabung", "tanggal_bergabung", "tgl_bergabung", "tanggal_gabung", "tgl_gabung",
        "tanggal_daftar", "tgl_daftar", "tanggal_masuk", "join_date", "joined_on", "date_joined",
    ),
}  # fmt: skip
COLUMNS: Final = Columns("members", HEADINGS, frozenset(), FILE_BYTES_MAX, ROWS_MAX)
NUMBER: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9 ._/-]{0,30}[A-Z0-9])?", re.ASCII)
SHORTENED: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+[0-9]+", re.ASCII | re.IGNORECASE)
NO_SPONSOR: Final = frozenset({"", "-", "–", "—"})


@dataclass(slots=True)
class MemberFile:
    """The content of a list of members, and its faults by line.

    Attributes:
        entries: the lines without a fault.
        faults: line and fault of the others.
        order: whether the dates have the day or the month first.
        numbers: the line of every member number, also of a line with a fault.
        phones: the line of every phone number.
        sponsors: by member number the number of the sponsor.
    """

    entries: list[Entry] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    order: DayOrder = field(default_factory=DayOrder)
    numbers: dict[str, int] = field(default_factory=dict)
    phones: dict[str, int] = field(default_factory=dict)
    sponsors: dict[str, str] = field(default_factory=dict)


def read_member_file(
    file: Path,
    today: date,
    root_code: str,
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> MemberFile:
    """Read the whole list, in the order of the file.

    Args:
        file: the CSV.
        today: the last possible day of joining.
        root_code: the company's own code; it means no sponsor.
        rows: passes the rows on one by one, to show the progress.

    Raises:
        CommandError: the file is no table, or it is too large.
    """
    sheet = read_sheet(file, COLUMNS)
    reading = MemberFile(order=find_order(_days(sheet)))
    for line, cells in rows(sheet.rows):
        if len(cells) != len(sheet.columns):
            fault = f"has {len(cells)} cells, the headings are {len(sheet.columns)}"
            reading.faults.append((line, fault))
            continue
        _read(reading, line, dict(zip(sheet.columns, cells, strict=True)), today, root_code)
    _find_circles(reading)
    return reading


def _days(sheet: Sheet) -> Iterator[tuple[int, str]]:
    place = sheet.columns.index("joined")
    return ((line, cells[place]) for line, cells in sheet.rows if len(cells) > place)


def _read(
    reading: MemberFile, line: int, cells: Mapping[str, str], today: date, root_code: str
) -> None:
    """Add one row, or all its faults."""
    parsers: Mapping[str, Callable[[str], str]] = {
        "number": _number,
        "name": _name,
        "phone": _phone,
        "sponsor": lambda cell: _sponsor(cell, root_code),
        "joined": lambda cell: _joined(cell, reading.order, today),
    }
    found = {}
    faults = []
    for name, parse in parsers.items():
        try:
            found[name] = parse(cells[name])
        except ValueError as error:
            faults.append(f"{name} {error}")
    faults += _duplicates(reading, line, found)
    if found.get("number") and found.get("number") == found.get("sponsor"):
        faults.append(f"sponsor {found['sponsor']} is this member's own number")
    elif "number" in found and "sponsor" in found:
        reading.sponsors.setdefault(found["number"], found["sponsor"])
    reading.faults += [(line, fault) for fault in faults]
    if not faults:
        reading.entries.append(Entry(line=line, **found))


def _duplicates(reading: MemberFile, line: int, found: Mapping[str, str]) -> Iterator[str]:
    """Yield what an earlier line has already."""
    for name, seen in (("number", reading.numbers), ("phone", reading.phones)):
        key = found.get(name)
        if key is not None and seen.setdefault(key, line) != line:
            yield f"{name} {key} is in line {seen[key]} already"


def _find_circles(reading: MemberFile) -> None:
    """Add a fault for each circle of sponsors, with all its members."""
    for circle in trace(reading.sponsors).circles:
        named = [f"{number} (line {reading.numbers[number]})" for number in circle]
        if len(named) > CIRCLE_SHOWN_MAX:
            more = f"… {len(named) - CIRCLE_SHOWN_MAX} more …"
            named = [*named[: CIRCLE_SHOWN_MAX - 1], more, named[-1]]
        path = " → ".join([*named, circle[0]])
        fault = f"the sponsors form a circle: {path}; correct one of them"
        reading.faults.append((reading.numbers[circle[0]], fault))


def _number(cell: str) -> str:
    number = one_line(cell).upper()
    if not number:
        raise ValueError("is empty")
    if SHORTENED.fullmatch(number):
        raise ValueError(f"“{cell}” was shortened by the spreadsheet; format the column as text")
    if NUMBER.fullmatch(number) is None:
        raise ValueError(
            f"“{shown(cell)}” is not 1 to 32 letters, digits, spaces, dots, /, - or _"
        )
    return number


def _name(cell: str) -> str:
    try:
        return full_name(cell)
    except Refusal as refusal:
        match refusal.message:
            case NameTooShort(shortest=shortest):
                words = f"“{shown(cell)}” has fewer than {shortest} letters" if cell else ""
            case NameTooLong(longest=longest):
                words = f"has more than {longest} characters"
            case _:
                words = f"“{shown(cell)}” has digits, a link or signs that no name can have"
    raise ValueError(words or "is empty")


def _phone(cell: str) -> str:
    try:
        return phone_number(cell)
    except Refusal:
        pass
    if SHORTENED.fullmatch(cell):
        raise ValueError(f"“{cell}” was shortened by the spreadsheet; format the column as text")
    if not cell:
        raise ValueError("is empty; without it the member cannot claim the place")
    raise ValueError(f"“{shown(cell)}” is not one mobile number, such as 0812 3456 7890")


def _sponsor(cell: str, root_code: str) -> str:
    if cell in NO_SPONSOR or cell.upper() == root_code:
        return ""
    return _number(cell)


def _joined(cell: str, order: DayOrder, today: date) -> str:
    day = read_sheet_day(cell, order)
    if day > today:
        raise ValueError(f"{day} is in the future")
    if day.year < YEAR_MIN:
        raise ValueError(f"{day} is before {YEAR_MIN}")
    return day.isoformat()
