"""Reads a price list from CSV and reports every fault with its line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.cli.imports.spreadsheet import Cells, Columns, Parser, SheetRow, read_sheet
from bot.core.conversation.messages import Refusal
from bot.core.input.money import AmbiguousMoney, MoneyTooLarge, parse_rupiah
from bot.core.input.typed import one_line
from bot.core.sales.starter_kits import STARTER_KIT_LAW, is_starter_kit
from bot.store.products.price_list import ListedProduct

__all__ = ["PriceFile", "read_price_file"]

FILE_BYTES_MAX: Final = 2 * 1024 * 1024
ROWS_MAX: Final = 5_000
POINTS_MAX: Final = 1_000_000

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
}
OPTIONAL: Final = frozenset({"izin_edar", "description", "active"})
COLUMNS: Final = Columns("products", HEADINGS, OPTIONAL, FILE_BYTES_MAX, ROWS_MAX)
SKU: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,30}[A-Za-z0-9])?", re.ASCII)
WHOLE: Final = re.compile(r"[0-9]{1,9}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}", re.ASCII)
NOTHING: Final = re.compile(r"(?:rp\.?\s*)?0+(?:[.,]0{1,2})?(?:,-)?", re.ASCII | re.IGNORECASE)
YES: Final = frozenset({"", "ya", "y", "yes", "true", "1", "aktif", "active"})
NO: Final = frozenset({"tidak", "t", "no", "n", "false", "0", "nonaktif", "inactive"})


@dataclass(slots=True)
class PriceFile:
    """The content of a price list, and its faults by line."""

    products: list[ListedProduct] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    skus: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)


def read_price_file(
    file: Path,
    rows: Callable[[list[SheetRow]], Iterator[SheetRow]] = iter,
) -> PriceFile:
    """Read the whole list.

    Args:
        file: the CSV.
        rows: passes the rows on one by one, to show the progress.

    Raises:
        CommandError: the file is no table, or it is too large.
    """
    sheet = read_sheet(file, COLUMNS)
    columns = sheet.columns
    reading = PriceFile()
    for number, cells in rows(sheet.rows):
        if len(cells) != len(columns):
            reading.faults.append(
                (number, f"has {len(cells)} cells, the headings are {len(columns)}")
            )
            continue
        _read(reading, number, dict(zip(columns, cells, strict=True)))
    return reading


def _read(reading: PriceFile, line: int, cells: Mapping[str, str]) -> None:
    """Add one row, or all its faults."""
    found = {}
    faults = []
    for name, cell in cells.items():
        try:
            found[name] = PARSERS[name](cell)
        except ValueError as error:
            faults.append(f"{name} {error}")
    faults += _contradictions(found)
    for name, seen in (("sku", reading.skus), ("name", reading.names)):
        key = str(found.get(name, "")).casefold()
        if key and seen.setdefault(key, line) != line:
            faults.append(f"{name} “{found[name]}” is in line {seen[key]} already")
    reading.faults += [(line, fault) for fault in faults]
    if not faults:
        reading.products.append(ListedProduct(**found))


def _contradictions(found: Cells) -> Iterator[str]:
    """Yield faults of cells that are valid alone, but not together."""
    member, retail, bonus = (
        found.get(name) for name in ("member_price", "retail_price", "bonus_value")
    )
    if member is not None and retail is not None and retail < member:
        yield f"retail_price {retail} is below member_price {member}"
    if retail is not None and bonus is not None and bonus > retail:
        yield f"bonus_value {bonus} is above retail_price {retail}"
    category = str(found.get("category", ""))
    if is_starter_kit(category) and (found.get("points") or bonus):
        yield (
            f"category “{category}” is that of a starter kit, which must have 0 points and 0 "
            f"bonus_value: nothing is paid for joining ({STARTER_KIT_LAW})"
        )


def _money(cell: str) -> int:
    try:
        return parse_rupiah(cell)
    except Refusal as refusal:
        match refusal.message:
            case AmbiguousMoney(candidates=(low, high)):
                words = f"“{cell}” could be {low} or {high}; write only digits"
            case MoneyTooLarge(limit=limit):
                words = f"“{cell}” is more than {limit}"
            case _:
                words = f"“{cell}” is not an amount above zero, such as 50000 or 50.000"
    raise ValueError(words if cell else "is empty")


def _money_or_nothing(cell: str) -> int:
    return 0 if NOTHING.fullmatch(cell) else _money(cell)


def _points(cell: str) -> int:
    if WHOLE.fullmatch(cell) is None or int(cell.replace(".", "")) > POINTS_MAX:
        raise ValueError(f"“{cell}” is not a whole number from 0 to {POINTS_MAX}")
    return int(cell.replace(".", ""))


def _sku(cell: str) -> str:
    if SKU.fullmatch(cell) is None:
        raise ValueError(f"“{cell}” is not 1 to 32 letters, digits, dots, - or _")
    return cell.upper()


def _active(cell: str) -> bool:
    word = cell.casefold()
    if word not in YES | NO:
        raise ValueError(f"“{cell}” is neither ya nor tidak")
    return word in YES


def _words(shortest: int, longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        line = one_line(cell, len(cell))
        if not shortest <= len(line) <= longest:
            raise ValueError(f"has {len(line)} characters, not {shortest} to {longest}")
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
}
