"""Reads the goods that the office delivered to members from a table, with every fault's line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.cli.imports.spreadsheet import Columns, Parser, Sheet, parsed
from bot.cli.imports.spreadsheet_dates import find_order, read_sheet_day
from bot.core.input.typed import shown
from bot.core.sheets.sheet_cells import refuse_shortened, without_decimals
from bot.core.sheets.sheet_faults import BadCellError, SheetFault

__all__ = ["DELIVERY_COLUMNS", "DeliveryFile", "DeliveryRow", "read_delivery_list"]

FILE_BYTES_MAX: Final = 4 * 1024 * 1024
ROWS_MAX: Final = 2_000
DAYS_BACK_MAX: Final = 731
QUANTITY: Final = re.compile(r"[0-9]{1,5}|[1-9][0-9]?\.[0-9]{3}", re.ASCII)
QUANTITY_MAX: Final = 9_999
DOCUMENT: Final = re.compile(r"[A-Z0-9](?:[A-Z0-9 ._/#-]{0,38}[A-Z0-9])?", re.ASCII)

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "member": (
        "mitra", "kode_mitra", "nomor_mitra", "no_mitra", "id_mitra", "nomor_anggota",
        "no_anggota", "member_code", "member_number", "member_no", "member_id",
    ),
    "product": (
        "barang", "produk", "kode_barang", "kode_produk", "nama_barang", "nama_produk", "sku",
        "article", "item",
    ),
    "quantity": ("jumlah", "banyaknya", "qty", "pcs", "pieces"),
    "day": ("tanggal", "tgl", "tanggal_kirim", "tgl_kirim", "hari", "date", "delivered_on"),
    "document": (
        "dokumen", "no_dokumen", "nomor_dokumen", "faktur", "no_faktur", "nomor_faktur",
        "surat_jalan", "no_surat_jalan", "nota", "no_nota", "invoice", "invoice_no",
        "document_number", "document_no",
    ),
}  # fmt: skip
DELIVERY_COLUMNS: Final = Columns(
    "deliveries", HEADINGS, frozenset[str](), FILE_BYTES_MAX, ROWS_MAX
)


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A row of the list: member and article as they are written, in capitals."""

    line: int
    member: str
    product: str
    quantity: int
    day: date
    document: str


@dataclass(slots=True)
class DeliveryFile:
    """The content of a list of deliveries, and its faults by line."""

    rows: list[DeliveryRow] = field(default_factory=list)
    faults: list[SheetFault] = field(default_factory=list)


def read_delivery_list(sheet: Sheet, today: date) -> DeliveryFile:
    """Returns the content of a table of deliveries.

    Args:
        sheet: the table.
        today: the last possible day of a delivery.
    """
    reading = DeliveryFile(faults=list(sheet.faults))
    place = sheet.columns.index("day")
    order = find_order((line, cells[place]) for line, cells in sheet.rows)

    def day(cell: str) -> date:
        found = read_sheet_day(cell, order)
        if found > today:
            raise BadCellError("future day", day=found)
        if (today - found).days > DAYS_BACK_MAX:
            raise BadCellError("early day", day=found, year=today.year - 1)
        return found

    parsers: Mapping[str, Parser] = {**PARSERS, "day": day}
    for line, cells in sheet.rows:
        found, faults = parsed(line, dict(zip(sheet.columns, cells, strict=True)), parsers)
        reading.faults += faults
        if not faults:
            reading.rows.append(DeliveryRow(line, **found))
    return reading


def _quantity(cell: str) -> int:
    bare = without_decimals(cell)
    number = int(bare.replace(".", "")) if QUANTITY.fullmatch(bare) else -1
    if not 0 <= number <= QUANTITY_MAX:
        raise BadCellError("no pieces", cell=shown(cell), most=QUANTITY_MAX)
    return number


def _name(cell: str) -> str:
    if not cell:
        raise BadCellError("empty")
    refuse_shortened(cell)
    return " ".join(without_decimals(cell).upper().split())


def _document(cell: str) -> str:
    refuse_shortened(cell)
    bare = " ".join(without_decimals(cell).upper().split())
    if DOCUMENT.fullmatch(bare) is None:
        raise BadCellError("no document", cell=shown(cell))
    return bare


PARSERS: Final[Mapping[str, Parser]] = {
    "member": _name,
    "product": _name,
    "quantity": _quantity,
    "document": _document,
}
