"""Reads members and their sponsors from a table and reports every fault with its line."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
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
from bot.cli.imports.spreadsheet_dates import find_order, read_sheet_day
from bot.cli.plan.cells import NO_MEMBER_CELLS, code, one_of, remembering, whole_from_zero
from bot.core.input.typed import shown
from bot.core.members.lineage import trace
from bot.core.sheets.sheet_faults import BadCellError, SheetFault

__all__ = ["Tree", "TreeMember", "days_of", "read_tree"]

FILE_BYTES_MAX: Final = 32 * 1024 * 1024
ROWS_MAX: Final = 300_000

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("kode", "nomor", "number", "member", "mitra"),
    "sponsor": ("upline", "kode_sponsor", "nomor_sponsor"),
    "joined": ("bergabung", "tanggal_bergabung", "tgl_bergabung", "join_date"),
    "rank": ("peringkat",),
    "status": ("keadaan",),
    "accumulated": ("akumulasi", "poin_akumulasi", "accumulated_points"),
}
OPTIONAL: Final = frozenset({"rank", "status", "accumulated"})
COLUMNS: Final = Columns("members", HEADINGS, OPTIONAL, FILE_BYTES_MAX, ROWS_MAX)
STATUS: Final = one_of(
    {
        "": "active",
        "active": "active",
        "aktif": "active",
        "inactive": "inactive",
        "nonaktif": "inactive",
        "tidak aktif": "inactive",
    }
)


@dataclass(frozen=True, slots=True)
class TreeMember:
    """A line of the tree.

    Attributes:
        line: the line in the file.
        code: the code as it is written there.
        sponsor: the key of the sponsor's code; empty directly below the company.
        rank: the slug of the rank held at the start; empty for none.
        accumulated: points of the group in the months before.
    """

    line: int
    code: str
    sponsor: str
    joined: date
    rank: str
    active: bool
    accumulated: int


@dataclass(slots=True)
class Tree:
    """All members in the file, by the key of the code: the code in capitals.

    Attributes:
        people: the lines without a fault.
        lines: the line of every code, also of a line with a fault.
        faults: lines and their faults.
    """

    people: dict[str, TreeMember] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[SheetFault] = field(default_factory=list)


def read_tree(
    file: Path,
    last: date,
    ranks: Collection[str],
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> Tree:
    """Read the whole tree.

    Args:
        file: a CSV file or a workbook.
        last: the last day of the month that is calculated.
        ranks: the slugs that a member may hold.
        rows: passes the rows on one by one, to show the progress.

    Raises:
        SheetFaultsError: the file is no table, or it is too large.
    """
    sheet = read_sheet(file, COLUMNS)
    order = find_order(days_of(sheet, "joined"))
    parsers = {
        **PARSERS,
        "joined": remembering(lambda cell: read_sheet_day(cell, order)),
        "rank": _rank_among(ranks),
    }
    tree = Tree()
    tree.faults += sheet.faults
    for line, cells in rows(sheet.rows):
        _read(tree, line, dict(zip(sheet.columns, cells, strict=True)), parsers)
    _find_unknown_sponsors(tree, last)
    _find_circles(tree)
    return tree


def days_of(sheet: Sheet, column: str) -> Iterator[tuple[int, str]]:
    """Returns the different cells of a column of dates, each with its first line."""
    place = sheet.columns.index(column)
    first: dict[str, int] = {}
    for line, cells in sheet.rows:
        if len(cells) > place:
            first.setdefault(cells[place], line)
    return ((line, cell) for cell, line in first.items())


def _read(
    tree: Tree,
    line: int,
    cells: Mapping[str, str],
    parsers: Mapping[str, Parser],
) -> None:
    """Add one row, or all its faults."""
    found, faults = parsed(line, cells, parsers)
    key = found.get("code", "").upper()
    if key and tree.lines.setdefault(key, line) != line:
        facts = {"value": found["code"], "first": tree.lines[key]}
        faults.append(SheetFault.of("twice", line, "code", **facts))
    if key and key == found.get("sponsor"):
        faults.append(SheetFault.of("own code", line, "sponsor", value=found["code"]))
    tree.faults += faults
    if not faults:
        tree.people[key] = TreeMember(
            line=line,
            code=found["code"],
            sponsor=found["sponsor"],
            joined=found["joined"],
            rank=found.get("rank", ""),
            active=found.get("status", "active") == "active",
            accumulated=found.get("accumulated", 0),
        )


def _find_unknown_sponsors(tree: Tree, last: date) -> None:
    """Add faults for sponsors who are not in the file, or who joined too late."""
    for person in tree.people.values():
        if not person.sponsor:
            continue
        if person.sponsor not in tree.lines:
            near = _near(person.sponsor, tree.lines)
            what = "no tree sponsor near" if near else "no tree sponsor"
            facts = {"value": person.sponsor, "near": near}
            tree.faults.append(SheetFault.of(what, person.line, "sponsor", **facts))
            continue
        sponsor = tree.people.get(person.sponsor)
        if sponsor is not None and person.joined <= last < sponsor.joined:
            late = partial(SheetFault.of, "late sponsor", person.line, "sponsor")
            facts = {"value": sponsor.code, "member": person.code, "first": str(sponsor.line)}
            tree.faults.append(late(**facts, day=sponsor.joined))


def _near(key: str, lines: Collection[str]) -> str:
    """Returns a code that differs only in leading zeros, which spreadsheets drop; else empty."""
    bare = key.lstrip("0")
    return next((each for each in lines if each.lstrip("0") == bare), "")


def _find_circles(tree: Tree) -> None:
    """Add a fault for each circle of sponsors, with all its members."""
    sponsors = {key: person.sponsor or None for key, person in tree.people.items()}
    for circle in trace(sponsors).circles:
        named = [(tree.people[key].code, tree.lines[key]) for key in circle]
        tree.faults.append(circle_fault(named))


def _sponsor(cell: str) -> str:
    return "" if cell in NO_MEMBER_CELLS else code(cell).upper()


def _rank_among(ranks: Collection[str]) -> Callable[[str], str]:
    """Returns a parser of ranks; a plan without ranks accepts any word."""
    known = sorted(ranks)

    def read(cell: str) -> str:
        slug = cell.casefold()
        if cell in NO_MEMBER_CELLS:
            return ""
        if known and slug not in ranks:
            raise BadCellError("no rank", cell=shown(cell), known=", ".join(known))
        return slug

    return read


PARSERS: Final[Mapping[str, Parser]] = {
    "code": code,
    "sponsor": _sponsor,
    "status": STATUS,
    "accumulated": whole_from_zero,
}
