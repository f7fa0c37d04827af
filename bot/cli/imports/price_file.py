"""Reads a price list from a table and reports every fault with its line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.cli.imports.spreadsheet import (
    Cells,
    Columns,
    Parser,
    Sheet,
    SheetRow,
    parsed,
    read_sheet,
)
from bot.core.conversation.messages import Refusal
from bot.core.input.money import AmbiguousMoney, MoneyTooLarge, parse_rupiah
from bot.core.input.typed import one_line, shown
from bot.core.sales.starter_kits import STARTER_KIT_LAW, is_starter_kit
from bot.core.sheets.sheet_cells import refuse_shortened, without_decimals
from bot.core.sheets.sheet_faults import BadCellError, SheetFault
from bot.store.products.price_list import ListedProduct

__all__ = ["PRICE_COLUMNS", "PriceFile", "read_price_file", "read_price_list"]

FILE_BYTES_MAX: Final = 2 * 1024 * 1024
ROWS_MAX: Final = 5_000
POINTS_MAX: Final = 1_000_000
LASTS_DAYS_MAX: Final = 3_650
DIGITS_BEFORE_DECIMALS: Final = 4
"""`50000.0` is one amount; `500.0` could be a shortened `500.000`."""

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "sku": ("kode", "kode_barang", "kode_produk"),
    "name": ("nama", "nama_barang", "nama_produk"),
    "member_price": ("harga_mitra", "harga_member", "harga_anggota"),
    "retail_price": ("harga_eceran", "harga_jual", "harga_konsumen"),
    "points": ("poin", "pv"),
    "bonus_value": ("nilai_bonus", "bv"),
    "category": ("kategori",),
    "izin_edar": ("nomor_izin_edar", "no_izin_edar"),
    "description": ("keterangan", "deskripsi"),
    "active": ("aktif",),
    "lasts_days": ("tahan_hari", "habis_dalam_hari"),
}
OPTIONAL: Final = frozenset({"izin_edar", "description", "active", "lasts_days"})
PRICE_COLUMNS: Final = Columns("products", HEADINGS, OPTIONAL, FILE_BYTES_MAX, ROWS_MAX)
SKU: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?", re.ASCII)
WHOLE: Final = re.compile(r"[0-9]{1,9}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}", re.ASCII)
NOTHING: Final = re.compile(r"(?:rp\.?\s*)?0+(?:[.,]0{1,2})?(?:,-)?", re.ASCII | re.IGNORECASE)
YES: Final = frozenset({"", "ya", "y", "yes", "true", "1", "aktif", "active"})
NO: Final = frozenset({"tidak", "t", "no", "n", "false", "0", "nonaktif", "inactive"})


@dataclass(slots=True)
class PriceFile:
    """The content of a price list, and its faults by line."""

    products: list[ListedProduct] = field(default_factory=list)
    faults: list[SheetFault] = field(default_factory=list)
    skus: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)


def read_price_file(
    file: Path,
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> PriceFile:
    """Read the whole list.

    Args:
        file: a CSV file or a workbook.
        rows: passes the rows on one by one, to show the progress.

    Raises:
        SheetFaultsError: the file is no table, or it is too large.
    """
    return read_price_list(read_sheet(file, PRICE_COLUMNS), rows)


def read_price_list(
    sheet: Sheet,
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> PriceFile:
    """Returns the content of a table of products."""
    reading = PriceFile(faults=list(sheet.faults))
    for line, cells in rows(sheet.rows):
        _read(reading, line, dict(zip(sheet.columns, cells, strict=True)))
    return reading


def _read(reading: PriceFile, line: int, cells: Mapping[str, str]) -> None:
    """Add one row, or all its faults."""
    found, faults = parsed(line, cells, PARSERS)
    faults += _contradictions(line, found)
    for name, seen in (("sku", reading.skus), ("name", reading.names)):
        key = str(found.get(name, "")).casefold()
        if key and seen.setdefault(key, line) != line:
            facts = {"value": found[name], "first": seen[key]}
            faults.append(SheetFault.of("twice quoted", line, name, **facts))
    reading.faults += faults
    if not faults:
        reading.products.append(ListedProduct(**found))


def _contradictions(line: int, found: Cells) -> Iterator[SheetFault]:
    """Yield faults of cells that are valid alone, but not together."""
    member, retail, bonus = (
        found.get(name) for name in ("member_price", "retail_price", "bonus_value")
    )
    if member is not None and retail is not None and retail < member:
        yield SheetFault.of("below member price", line, "retail_price", value=retail, other=member)
    if retail is not None and bonus is not None and bonus > retail:
        yield SheetFault.of("above retail price", line, "bonus_value", value=bonus, other=retail)
    category = str(found.get("category", ""))
    if is_starter_kit(category) and (found.get("points") or bonus):
        facts = {"cell": category, "law": STARTER_KIT_LAW}
        yield SheetFault.of("starter kit", line, "category", **facts)


def _money(cell: str) -> int:
    try:
        return parse_rupiah(without_decimals(cell, DIGITS_BEFORE_DECIMALS))
    except Refusal as refusal:
        match refusal.message:
            case AmbiguousMoney(candidates=(low, high)):
                raise BadCellError("two amounts", cell=shown(cell), low=low, high=high) from None
            case MoneyTooLarge(limit=limit):
                raise BadCellError("too much", cell=shown(cell), most=limit) from None
            case _:
                pass
    raise BadCellError("no amount", cell=shown(cell)) if cell else BadCellError("empty")


def _money_or_nothing(cell: str) -> int:
    return 0 if NOTHING.fullmatch(cell) else _money(cell)


def _points(cell: str) -> int:
    bare = without_decimals(cell)
    if WHOLE.fullmatch(bare) is None or int(bare.replace(".", "")) > POINTS_MAX:
        raise BadCellError("no points", cell=shown(cell), most=POINTS_MAX)
    return int(bare.replace(".", ""))


def _lasts_days(cell: str) -> int:
    """Returns for how many days a piece lasts; 0 if the list does not say."""
    bare = without_decimals(cell)
    if not bare:
        return 0
    if WHOLE.fullmatch(bare) is None or int(bare.replace(".", "")) > LASTS_DAYS_MAX:
        raise BadCellError("no days", cell=shown(cell), most=LASTS_DAYS_MAX)
    return int(bare.replace(".", ""))


def _sku(cell: str) -> str:
    refuse_shortened(cell)
    bare = without_decimals(cell)
    if SKU.fullmatch(bare) is None:
        raise BadCellError("no sku", cell=shown(cell))
    return bare.upper()


def _active(cell: str) -> bool:
    word = cell.casefold()
    if word not in YES | NO:
        raise BadCellError("no yes", cell=shown(cell))
    return word in YES


def _words(shortest: int, longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        line = one_line(cell, len(cell))
        if not shortest <= len(line) <= longest:
            raise BadCellError("length", has=len(line), least=shortest, most=longest)
        return line

    return read


PARSERS: Final[Mapping[str, Parser]] = {
    "sku": _sku,
    "name": _words(2, 60),
    "member_price": _money,
    "retail_price": _money,
    "points": _points,
    "bonus_value": _money_or_nothing,
    "category": _words(0, 40),
    "izin_edar": _words(0, 60),
    "description": _words(0, 500),
    "active": _active,
    "lasts_days": _lasts_days,
}
