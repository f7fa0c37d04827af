"""Reads sales from a table, adds them up by member, and reports every fault with its line."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from bot.cli.imports.spreadsheet import Cells, Columns, Parser, SheetRow, parsed, read_sheet
from bot.cli.imports.spreadsheet_dates import find_order, read_sheet_day
from bot.cli.plan.cells import code, one_of, remembering, signed_whole, words
from bot.cli.plan.tree_file import Tree, days_of
from bot.core.sheets.sheet_faults import SheetFault

__all__ = ["MemberSales", "SalesFile", "read_sales"]

FILE_BYTES_MAX: Final = 128 * 1024 * 1024
ROWS_MAX: Final = 1_000_000

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("nomor", "nota", "struk", "no_nota"),
    "date": ("tanggal", "tgl"),
    "seller": ("penjual", "member", "mitra", "kode", "code"),
    "points": ("poin", "pv"),
    "bonus_value": ("nilai_bonus", "bv"),
    "amount": ("jumlah", "rupiah", "harga"),
    "kind": ("jenis",),
    "customer": ("pelanggan", "konsumen"),
}
COLUMNS: Final = Columns(
    "sales", HEADINGS, frozenset({"customer"}), FILE_BYTES_MAX, ROWS_MAX, rows_min=0
)
KIND: Final = one_of(
    {
        "retail": "retail",
        "eceran": "retail",
        "own": "own",
        "sendiri": "own",
        "pribadi": "own",
        "signup": "signup",
        "pendaftaran": "signup",
    }
)


@dataclass(slots=True)
class MemberSales:
    """What one member sold in the month.

    Attributes:
        sold: the points of retail sales; the others are for the member's own use.
        unnamed: the count of retail sales without a customer, less their returns.
        customers: by customer the rupiah bought, less returns.
    """

    points: int = 0
    bonus: int = 0
    amount: int = 0
    sold: int = 0
    unnamed: int = 0
    customers: dict[str, int] = field(default_factory=dict)

    @property
    def different(self) -> int:
        """The count of different customers who kept a purchase."""
        return max(self.unnamed, 0) + sum(left > 0 for left in self.customers.values())


@dataclass(slots=True)
class SalesFile:
    """The sales of one month in the file.

    Attributes:
        sold: by the key of the seller's code.
        lines: the line of every sale's id.
        counted: the count of sales, including returns.
        returned: the count of returns.
        signups: the count of sales at joining, which were left out.
        signups_amount: their sum in rupiah.
        outside: the count of sales of other months.
        named: whether the file has a column for customers.
        faults: lines and their faults.
    """

    sold: dict[str, MemberSales] = field(default_factory=lambda: defaultdict(MemberSales))
    lines: dict[str, int] = field(default_factory=dict)
    counted: int = 0
    returned: int = 0
    signups: int = 0
    signups_amount: int = 0
    outside: int = 0
    named: bool = False
    faults: list[SheetFault] = field(default_factory=list)


def read_sales(
    file: Path,
    tree: Tree,
    days: tuple[date, date],
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> SalesFile:
    """Read the sales of a month.

    Args:
        file: a CSV file or a workbook.
        tree: the possible sellers.
        days: the first and the last day of the month.
        rows: passes the rows on one by one, to show the progress.

    Raises:
        SheetFaultsError: the file is no table, or it is too large.
    """
    sheet = read_sheet(file, COLUMNS)
    order = find_order(days_of(sheet, "date"))
    parsers = {
        **PARSERS,
        "date": remembering(lambda cell: read_sheet_day(cell, order)),
        "seller": remembering(code),
    }
    sales = SalesFile(named="customer" in sheet.columns)
    sales.faults += sheet.faults
    for line, cells in rows(sheet.rows):
        found, faults = parsed(line, dict(zip(sheet.columns, cells, strict=True)), parsers)
        faults += _sale_faults(sales, tree, line, found)
        if faults:
            sales.faults += faults
        else:
            _count(sales, days, found)
    return sales


def _sale_faults(sales: SalesFile, tree: Tree, line: int, found: Cells) -> Iterator[SheetFault]:
    """Yield faults of cells that are valid alone, but not with the others and the tree."""
    number = found.get("id", "").upper()
    if number and sales.lines.setdefault(number, line) != line:
        facts = {"value": found["id"], "first": sales.lines[number]}
        yield SheetFault.of("twice", line, "id", **facts)
    figures = (found.get("points", 0), found.get("bonus_value", 0), found.get("amount", 0))
    if min(figures) < 0 < max(figures):
        yield SheetFault("no sale or return", (), line)
    key = found.get("seller", "").upper()
    person = tree.people.get(key)
    if person is None:
        if key and key not in tree.lines:
            yield SheetFault.of("not in tree", line, "seller", value=found["seller"])
    elif "date" in found and found["date"] < person.joined and found.get("kind") != "signup":
        facts = {"value": found["date"], "member": person.code, "day": person.joined}
        yield SheetFault.of("before joining", line, "date", **facts)


def _count(sales: SalesFile, days: tuple[date, date], found: Cells) -> None:
    """Add a valid line to the sales of its seller, if it counts."""
    first, last = days
    if not first <= found["date"] <= last:
        sales.outside += 1
        return
    if found["kind"] == "signup":
        sales.signups += 1
        sales.signups_amount += found["amount"]
        return
    sold = sales.sold[found["seller"].upper()]
    sold.points += found["points"]
    sold.bonus += found["bonus_value"]
    sold.amount += found["amount"]
    back = found["points"] < 0 or found["bonus_value"] < 0 or found["amount"] < 0
    sales.counted += 1
    sales.returned += back
    if found["kind"] == "own":
        return
    sold.sold += found["points"]
    customer = found.get("customer", "")
    if customer:
        sold.customers[customer] = sold.customers.get(customer, 0) + found["amount"]
    elif found["amount"]:
        sold.unnamed += -1 if back else 1


PARSERS: Final[Mapping[str, Parser]] = {
    "id": code,
    "points": signed_whole,
    "bonus_value": signed_whole,
    "amount": signed_whole,
    "kind": KIND,
    "customer": words,
}
