"""What members write of stock: what came in, what is left, and what the office has."""

from datetime import date

import pytest

from bot.core.sales.products import Catalogue, Product
from bot.core.stock.stock_words import read_stock, tells_of_stock

TODAY = date(2026, 11, 28)
NAMES = {
    "SABUN": "Sabun Sereh",
    "MADU": "Madu Hutan 250 ml",
    "RANDU": "Madu Randu",
    "TEH": "Teh Hijau",
}
GOODS = Catalogue(
    Product(place, sku, name, 40_000, 50_000, 5, 40_000, "")
    for place, (sku, name) in enumerate(NAMES.items(), 1)
)


@pytest.mark.parametrize(
    ("text", "subject", "items"),
    [
        ("beli stok 20 sabun", "came", [("SABUN", 20)]),
        ("beli 20 sbun", "came", [("SABUN", 20)]),
        ("terima 10 madu hutan dari kantor", "came", [("MADU", 10)]),
        ("kulakan sabun 1 lusin kak", "came", [("SABUN", 12)]),
        ("20 sabun sudah masuk", "came", [("SABUN", 20)]),
        ("beli 20 sabun sama 5 teh", "came", [("SABUN", 20), ("TEH", 5)]),
        ("received 12 TEH from the office", "came", [("TEH", 12)]),
        ("stok sabun 7", "counted", [("SABUN", 7)]),
        ("sabun tinggal 4 biji", "counted", [("SABUN", 4)]),
        ("Stok sabun tujuh", "counted", [("SABUN", 7)]),
        ("stok sabun 1.200 pcs", "counted", [("SABUN", 1_200)]),
        ("terima sabun 2500", "came", [("SABUN", 2_500)]),
        ("beli sabun 50rb", "asked", [("SABUN", None)]),
        ("7 sabun left", "counted", [("SABUN", 7)]),
        ("stok sabun habis", "counted", [("SABUN", 0)]),
        ("SABUN HABIS", "counted", [("SABUN", 0)]),
        ("sabun is finished", "counted", [("SABUN", 0)]),
        ("sisa sabun brp", "asked", [("SABUN", None)]),
        ("sabun masih ada gak", "asked", [("SABUN", None)]),
        ("how many sabun left", "asked", [("SABUN", None)]),
        ("sabun kosong?", "asked", [("SABUN", None)]),
        ("mau beli 20 sabun", "asked", [("SABUN", 20)]),
        ("jangan beli 20 sabun", "asked", [("SABUN", 20)]),
        ("stok madu hutan di kantor masih ada?", "office", [("MADU", None)]),
        ("gudang ada sabun ga", "office", [("SABUN", None)]),
        ("does the warehouse have sabun", "office", [("SABUN", None)]),
        ("", "asked", []),
        ("😀", "asked", []),
    ],
)
def test_a_text_is_read(text: str, subject: str, items: list[tuple[str, int | None]]) -> None:
    said = read_stock(text, GOODS, TODAY)
    found = [(item.product and item.product.sku, item.quantity) for item in said.items]
    assert (said.subject, found) == (subject, items)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("beli 20 sabun", True),
        ("terima 10 madu", True),
        ("stok sabun", True),
        ("sisa sabun brp", True),
        ("stok sabun 7", True),
        ("sabun habis", True),
        ("beli 5 kopi", False),
        ("beli sabun", False),
        ("beli 2 sabun bu ani", False),
        ("bu ani beli 2 sabun", False),
        ("jual 2 sabun sisa 5", False),
        ("pakai sendiri 2 sabun", False),
        ("retur 2 sabun stok rusak", False),
        ("mau beli 20 sabun", False),
        ("stok madu di kantor masih ada?", False),
        ("harus stok barang?", False),
        ("harga sabun", False),
        ("hitung sabun @35rb parkir 2rb", False),
        ("hitung sabun 35rb", False),
        ("stok sabun 1500", True),
        ("stok", False),
    ],
)
def test_only_what_is_certain_begins_without_a_command(text: str, certain: bool) -> None:
    assert tells_of_stock(text, GOODS, TODAY) is certain


def test_the_day_that_was_named_is_kept() -> None:
    assert read_stock("kulakan 24 sabun kemarin", GOODS, TODAY).day == date(2026, 11, 27)
