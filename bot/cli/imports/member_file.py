"""Reads a company's existing members from a table and reports every fault with its line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from bot.cli.imports.circles import circle_fault
from bot.cli.imports.spreadsheet import (
    Columns,
    Parser,
    Sheet,
    SheetRow,
    parsed,
    read_sheet,
)
from bot.cli.imports.spreadsheet_dates import DayOrder, find_order, read_sheet_day
from bot.core.conversation.messages import Refusal
from bot.core.input.typed import one_line, shown
from bot.core.members.lineage import trace
from bot.core.members.people import NameTooLong, NameTooShort, full_name, phone_number
from bot.core.sheets.sheet_cells import refuse_shortened, without_decimals
from bot.core.sheets.sheet_faults import BadCellError, SheetFault
from bot.store.imports.roster import Entry

__all__ = ["MEMBER_COLUMNS", "MemberFile", "read_member_file", "read_member_list"]

FILE_BYTES_MAX: Final = 16 * 1024 * 1024
ROWS_MAX: Final = 100_000
YEAR_MIN: Final = 1950

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
    "opening": (
        "saldo_awal", "saldo", "sisa_saldo", "saldo_bonus", "opening_balance", "balance",
    ),
    "points": ("akumulasi", "poin_akumulasi", "akumulasi_poin", "accumulated_points"),
    "title": ("gelar", "peringkat_tertinggi", "highest_rank"),
    "rank": ("peringkat", "peringkat_sekarang"),
}  # fmt: skip
OPTIONAL: Final = frozenset({"opening", "points", "title", "rank"})
MEMBER_COLUMNS: Final = Columns("members", HEADINGS, OPTIONAL, FILE_BYTES_MAX, ROWS_MAX)
NO_RANKS: Final[Mapping[str, str]] = {}
OPENING_MAX: Final = 9_999_999_999
POINTS_MAX: Final = 999_999_999_999
WHOLE: Final = re.compile(
    r"(?:rp\.?\s?)?([0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:,0{1,2}|,-)?",
    re.ASCII | re.IGNORECASE,
)
NOTHING: Final = frozenset({"", "-", "–", "—"})
NUMBER: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9 ._/-]{0,30}[A-Z0-9])?", re.ASCII)
PHONE_DIGITS_MIN: Final = 8
DIGITS_BEFORE_DECIMALS: Final = 4
PHONE_DECIMALS: Final = re.compile(r"\+?[0-9]{8,20}[.,][0-9]{1,2}", re.ASCII)
"""A number with decimals: before the last one or two digits of a phone there is no point."""


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
    faults: list[SheetFault] = field(default_factory=list)
    order: DayOrder = field(default_factory=DayOrder)
    numbers: dict[str, int] = field(default_factory=dict)
    phones: dict[str, int] = field(default_factory=dict)
    sponsors: dict[str, str] = field(default_factory=dict)


def read_member_file(
    file: Path,
    today: date,
    root_code: str,
    ranks: Mapping[str, str] = NO_RANKS,
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> MemberFile:
    """Read the whole list, in the order of the file.

    Args:
        file: a CSV file or a workbook.
        today: the last possible day of joining.
        root_code: the company's own code; it means no sponsor.
        ranks: by what people call them, in small letters, the slugs of the plan's ranks.
        rows: passes the rows on one by one, to show the progress.

    Raises:
        SheetFaultsError: the file is no table, or it is too large.
    """
    return read_member_list(read_sheet(file, MEMBER_COLUMNS), today, root_code, ranks, rows)


def read_member_list(
    sheet: Sheet,
    today: date,
    root_code: str,
    ranks: Mapping[str, str] = NO_RANKS,
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> MemberFile:
    """Returns the content of a table of members, in its order."""
    reading = MemberFile(order=find_order(_days(sheet)), faults=list(sheet.faults))
    parsers: Mapping[str, Parser] = {
        "number": _number,
        "name": _name,
        "phone": _phone,
        "sponsor": lambda cell: _sponsor(cell, root_code),
        "joined": lambda cell: _joined(cell, reading.order, today),
        "opening": _figure_up_to(OPENING_MAX),
        "points": _figure_up_to(POINTS_MAX),
        "title": lambda cell: _rank(cell, ranks),
        "rank": lambda cell: _rank(cell, ranks),
    }
    for line, cells in rows(sheet.rows):
        _read(reading, line, dict(zip(sheet.columns, cells, strict=True)), parsers)
    _find_circles(reading)
    return reading


def _days(sheet: Sheet) -> Iterator[tuple[int, str]]:
    place = sheet.columns.index("joined")
    return ((line, cells[place]) for line, cells in sheet.rows)


def _read(
    reading: MemberFile, line: int, cells: Mapping[str, str], parsers: Mapping[str, Parser]
) -> None:
    """Add one row, or all its faults."""
    found, faults = parsed(line, cells, parsers)
    faults += _duplicates(reading, line, found)
    if found.get("number") and found.get("number") == found.get("sponsor"):
        faults.append(SheetFault.of("own number", line, "sponsor", value=found["sponsor"]))
    elif "number" in found and "sponsor" in found:
        reading.sponsors.setdefault(found["number"], found["sponsor"])
    reading.faults += faults
    if not faults:
        reading.entries.append(Entry(line=line, **found))


def _duplicates(reading: MemberFile, line: int, found: Mapping[str, str]) -> Iterator[SheetFault]:
    """Yield what an earlier line has already."""
    for name, seen in (("number", reading.numbers), ("phone", reading.phones)):
        key = found.get(name)
        if key is not None and seen.setdefault(key, line) != line:
            yield SheetFault.of("twice", line, name, value=key, first=seen[key])


def _find_circles(reading: MemberFile) -> None:
    """Add a fault for each circle of sponsors, with all its members."""
    for circle in trace(reading.sponsors).circles:
        named = [(number, reading.numbers[number]) for number in circle]
        reading.faults.append(circle_fault(named))


def _number(cell: str) -> str:
    number = without_decimals(one_line(cell).upper())
    if not number:
        raise BadCellError("empty")
    refuse_shortened(number)
    if NUMBER.fullmatch(number) is None:
        raise BadCellError("no number", cell=shown(cell))
    return number


def _name(cell: str) -> str:
    try:
        return full_name(cell)
    except Refusal as refusal:
        match refusal.message:
            case NameTooShort(shortest=shortest) if cell:
                raise BadCellError("short name", cell=shown(cell), least=shortest) from None
            case NameTooShort():
                raise BadCellError("empty") from None
            case NameTooLong(longest=longest):
                raise BadCellError("long name", most=longest) from None
            case _:
                raise BadCellError("no name", cell=shown(cell)) from None


def _phone(cell: str) -> str:
    if not cell:
        raise BadCellError("no phone for claim")
    refuse_shortened(cell)
    bare = without_decimals(cell, PHONE_DIGITS_MIN)
    if bare == cell and PHONE_DECIMALS.fullmatch(cell) is not None:
        raise BadCellError("decimals", cell=shown(cell))
    try:
        return phone_number(bare)
    except Refusal:
        raise BadCellError("no phone", cell=shown(cell)) from None


def _sponsor(cell: str, root_code: str) -> str:
    if cell in NOTHING or cell.upper() == root_code:
        return ""
    return _number(cell)


def _figure_up_to(most: int) -> Callable[[str], int]:
    """Returns a reader of whole numbers from 0; an empty cell is 0."""

    def read(cell: str) -> int:
        if cell in NOTHING:
            return 0
        refuse_shortened(cell, "shortened figure")
        found = WHOLE.fullmatch(without_decimals(cell, DIGITS_BEFORE_DECIMALS))
        figure = -1 if found is None else int(found[1].replace(".", ""))
        if not 0 <= figure <= most:
            raise BadCellError("no opening", cell=shown(cell), most=most)
        return figure

    return read


def _rank(cell: str, ranks: Mapping[str, str]) -> str:
    """Returns the slug of a rank; empty for none."""
    if cell in NOTHING:
        return ""
    slug = ranks.get(one_line(cell).casefold())
    if slug is None:
        raise BadCellError(
            "no rank", cell=shown(cell), known=", ".join(sorted(set(ranks.values())))
        )
    return slug


def _joined(cell: str, order: DayOrder, today: date) -> str:
    day = read_sheet_day(cell, order)
    if day > today:
        raise BadCellError("future day", day=day)
    if day.year < YEAR_MIN:
        raise BadCellError("early day", day=day, year=YEAR_MIN)
    return day.isoformat()
