"""The spreadsheet of a list of payments: what it looks like, and what the office filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from bot.core.input.typed import one_line
from bot.core.members.codes import CODE_SYMBOLS, read_code
from bot.core.payouts.sheet_values import has_month_first, read_amount, read_paid_on

__all__ = [
    "HEADINGS",
    "REFERENCE_CHARACTERS_MAX",
    "ROWS_MAX",
    "PayoutSheet",
    "RowFault",
    "SheetEntry",
    "SheetTrouble",
    "guarded",
    "read_payout_sheet",
]

RowFault: TypeAlias = Literal[
    "",
    "unpaid",
    "list",
    "code",
    "amount",
    "changed",
    "too much",
    "day",
    "future",
    "early",
    "twice",
    "own",
]
"""What is wrong with a row; empty for nothing, `unpaid` where its day is empty."""

SheetTrouble: TypeAlias = Literal["", "empty", "headings", "rows"]
"""Why no row of a sheet can be read; empty if they can."""

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("Nomor daftar", "Kode mitra", "Nama", "Jumlah", "Tanggal bayar", "Referensi bank"),
    "en": ("List number", "Member code", "Name", "Amount", "Paid on", "Bank reference"),
}
"""The first row of the file, by the company's first language."""

NAMES: Final[Mapping[str, frozenset[str]]] = {
    "list": frozenset({"nomordaftar", "nodaftar", "daftar", "listnumber", "list"}),
    "code": frozenset({"kodemitra", "kode", "membercode", "code"}),
    "amount": frozenset({"jumlah", "nominal", "amount"}),
    "day": frozenset({"tanggalbayar", "tglbayar", "tanggal", "tgl", "paidon", "date", "day"}),
    "reference": frozenset({"referensibank", "referensi", "ref", "bankreference", "reference"}),
}
REQUIRED: Final = frozenset({"list", "code", "amount", "day"})

ROWS_MAX: Final = 50_000
HEADINGS_WITHIN: Final = 10
"""Rows within which the headings have to come: people put a title above them."""
REFERENCE_CHARACTERS_MAX: Final = 40
LIST_DIGITS_MAX: Final = 9

NOT_LETTERS: Final = re.compile(r"[\W_]+")


def _plain(heading: str) -> str:
    return NOT_LETTERS.sub("", heading[:REFERENCE_CHARACTERS_MAX].casefold())


EXACT: Final = frozenset(_plain(each) for row in HEADINGS.values() for each in row)
RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
LIKE_NUMBER: Final = re.compile(r"[0-9]+(?:E[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A row of the sheet.

    Attributes:
        line: its number, from 1.
        paid_on: the day of the payment; None for a row that is not to be recorded.
        fault: why it is not.
    """

    line: int
    list_id: int
    code: str
    amount: int
    paid_on: date | None
    bank_reference: str
    fault: RowFault


@dataclass(frozen=True, slots=True)
class PayoutSheet:
    """All rows of a sheet, or why none could be read."""

    entries: tuple[SheetEntry, ...]
    trouble: SheetTrouble = ""


def guarded(text: str) -> str:
    """Returns a text as a cell of a CSV file, so that no program takes it for a formula.

    A code that looks like a number is guarded too: a spreadsheet would drop its zeros.
    """
    if text.startswith(RISKY) or LIKE_NUMBER.fullmatch(text) is not None:
        return f"'{text}"
    return text


def read_payout_sheet(table: Sequence[Sequence[str]], today: date) -> PayoutSheet:
    """Returns what the office filled in; rows are checked by themselves and against each other.

    Args:
        table: the cells as text, empty rows included.
        today: the day on which it is read; no payment is later.
    """
    if not any(cell.strip() for row in table for cell in row):
        return PayoutSheet((), "empty")
    tops = ((place, _columns(row)) for place, row in enumerate(table[:HEADINGS_WITHIN]))
    found = next((each for each in tops if each[1].keys() >= REQUIRED), None)
    if found is None:
        return PayoutSheet((), "headings")
    top, places = found
    columns = {name: place for name, place in places.items() if place is not None}
    if len(columns) < len(places):
        return PayoutSheet((), "headings")
    below = [
        (line, row)
        for line, row in enumerate(table[top + 1 :], start=top + 2)
        if any(cell.strip() for cell in row)
    ]
    if len(below) > ROWS_MAX:
        return PayoutSheet((), "rows")
    if not below:
        return PayoutSheet((), "empty")
    month_first = has_month_first(_cell(row, columns["day"]) for _, row in below)
    entries: list[SheetEntry] = []
    seen: set[tuple[int, str]] = set()
    for line, row in below:
        cells = {name: _cell(row, place) for name, place in columns.items()}
        entry = _entry(line, cells, today, month_first=month_first)
        key = (entry.list_id, entry.code)
        if entry.paid_on is not None and key in seen:
            entry = _faulty(entry, "twice")
        elif entry.paid_on is not None:
            seen.add(key)
        entries.append(entry)
    return PayoutSheet(tuple(entries))


def _columns(row: Sequence[str]) -> dict[str, int | None]:
    """Returns the place of each known heading; None where two columns could be meant.

    A heading of `HEADINGS` counts before other names of its column.
    """
    named: dict[str, list[int]] = {}
    exact: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        plain = _plain(cell)
        for name, names in NAMES.items():
            if plain in names:
                named.setdefault(name, []).append(place)
                if plain in EXACT:
                    exact.setdefault(name, []).append(place)
    best = {name: exact.get(name, places) for name, places in named.items()}
    return {name: places[0] if len(places) == 1 else None for name, places in best.items()}


def _cell(row: Sequence[str], place: int) -> str:
    """Returns the text of a cell without the guard; empty beyond the end of the row."""
    return row[place].strip().removeprefix("'").strip() if place < len(row) else ""


def _entry(line: int, cells: Mapping[str, str], today: date, *, month_first: bool) -> SheetEntry:
    number, amount = cells["list"].removesuffix(".0"), read_amount(cells["amount"])
    known = number.isascii() and number.isdigit() and len(number) <= LIST_DIGITS_MAX
    code = _code(cells["code"])
    day = read_paid_on(cells["day"], today, month_first=month_first) if cells["day"] else None
    reference = one_line(cells.get("reference", ""), REFERENCE_CHARACTERS_MAX)
    list_id = int(number) if known else 0
    entry = SheetEntry(line, list_id, code or "", amount or 0, day, reference, "")
    if not cells["day"]:
        return _faulty(entry, "unpaid")
    if not list_id:
        return _faulty(entry, "list")
    if code is None:
        return _faulty(entry, "code")
    if amount is None:
        return _faulty(entry, "amount")
    if day is None:
        return _faulty(entry, "day")
    return _faulty(entry, "future") if day > today else entry


def _code(cell: str) -> str | None:
    """Returns the code in a cell, also where a spreadsheet has dropped its leading zeros."""
    digits = cell.removesuffix(".0")
    if digits.isascii() and digits.isdigit() and len(digits) < CODE_SYMBOLS:
        return read_code(digits.zfill(CODE_SYMBOLS))
    return read_code(cell)


def _faulty(entry: SheetEntry, fault: RowFault) -> SheetEntry:
    return SheetEntry(
        entry.line,
        entry.list_id,
        entry.code,
        entry.amount,
        None,
        entry.bank_reference,
        fault,
    )
