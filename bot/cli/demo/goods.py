"""The products of the demo company."""

from typing import Final

from bot.store.products.price_list import ListedProduct

__all__ = ["DEMO_PRODUCTS"]

# sku, name, member price, retail price, points, bonus value, category, label
_ROWS: Final = (
    ("SABUN", "Sabun Sereh", 40_000, 50_000, 5, 22_000, "Sabun", "Sabun batang 90 g."),
    ("SBN-KOPI", "Sabun Kopi", 43_000, 54_000, 5, 23_500, "Sabun", "Sabun batang 90 g."),
    ("SBN-ZAITUN", "Sabun Zaitun", 48_000, 60_000, 6, 26_000, "Sabun", "Sabun batang 90 g."),
    ("SBN-SUSU", "Sabun Susu Kambing", 46_000, 58_000, 6, 25_000, "Sabun", "Sabun batang 90 g."),
    ("SBN-CAIR", "Sabun Cair Pandan", 34_000, 45_000, 4, 18_500, "Sabun", "Botol 250 ml."),
    ("MDU-HUTAN-250", "Madu Hutan 250", 65_000, 90_000, 8, 36_000, "Madu", "Botol 250 ml."),
    ("MDU-HUTAN-500", "Madu Hutan 500", 120_000, 165_000, 15, 66_000, "Madu", "Botol 500 ml."),
    ("MDU-KELULUT", "Madu Kelulut", 98_000, 135_000, 12, 54_000, "Madu", "Botol 250 ml."),
    ("MDU-RANDU", "Madu Randu", 72_000, 98_000, 9, 40_000, "Madu", "Botol 350 ml."),
    ("TEH-KELOR", "Teh Kelor", 28_000, 38_000, 3, 15_000, "Teh", "Kotak, 20 kantong."),
    ("TEH-ROSELA", "Teh Rosela", 30_000, 42_000, 4, 16_500, "Teh", "Kotak, 20 kantong."),
    ("TEH-SECANG", "Teh Secang", 26_000, 36_000, 3, 14_000, "Teh", "Kotak, 20 kantong."),
    ("TEH-HIJAU", "Teh Hijau Malino", 32_000, 44_000, 4, 17_500, "Teh", "Kotak, 25 kantong."),
    ("KOPI-TORAJA", "Kopi Toraja", 55_000, 75_000, 7, 30_000, "Kopi", "Bubuk 200 g."),
    ("KOPI-JAHE", "Kopi Jahe Merah", 38_000, 52_000, 5, 21_000, "Kopi", "Kotak, 10 saset."),
    ("MYK-KELAPA", "Minyak Kelapa", 45_000, 62_000, 5, 24_000, "Minyak", "Botol 250 ml."),
    ("MYK-ZAITUN", "Minyak Zaitun", 85_000, 118_000, 10, 46_000, "Minyak", "Botol 250 ml."),
    ("MYK-URUT", "Minyak Urut Sereh", 27_000, 37_000, 3, 14_500, "Minyak", "Botol 60 ml."),
    ("LTN-LIDAHBUAYA", "Losion Lidah Buaya", 40_000, 55_000, 5, 21_000, "Perawatan", "150 ml."),
    ("SMP-URANG", "Sampo Urang-Aring", 36_000, 49_000, 4, 19_500, "Perawatan", "Botol 200 ml."),
    ("LIP-MADU", "Balsem Bibir Madu", 18_000, 25_000, 2, 9_500, "Perawatan", "Wadah 10 g."),
    ("MSK-BERAS", "Masker Beras", 22_000, 31_000, 3, 12_000, "Perawatan", "Bubuk 100 g."),
    ("SGR-KURMA", "Sari Kurma", 58_000, 80_000, 7, 32_000, "Minuman", "Botol 350 ml."),
    ("SGR-JAHE", "Wedang Jahe", 24_000, 33_000, 3, 13_000, "Minuman", "Kotak, 10 saset."),
)

_LASTS_DAYS: Final = {
    "SABUN": 30,
    "SBN-KOPI": 30,
    "SBN-ZAITUN": 30,
    "SBN-SUSU": 30,
    "SBN-CAIR": 40,
    "MDU-HUTAN-250": 30,
    "MDU-HUTAN-500": 60,
    "MDU-KELULUT": 30,
    "MDU-RANDU": 40,
    "TEH-KELOR": 20,
    "TEH-ROSELA": 20,
    "TEH-SECANG": 20,
    "TEH-HIJAU": 25,
    "KOPI-TORAJA": 25,
    "KOPI-JAHE": 10,
    "MYK-KELAPA": 45,
    "MYK-ZAITUN": 60,
    "MYK-URUT": 90,
    "LTN-LIDAHBUAYA": 45,
    "SMP-URANG": 40,
    "LIP-MADU": 90,
    "MSK-BERAS": 45,
    "SGR-KURMA": 25,
    "SGR-JAHE": 10,
}

DEMO_PRODUCTS: Final = tuple(
    ListedProduct(
        sku,
        name,
        member,
        retail,
        points,
        bonus,
        category,
        description=label,
        lasts_days=_LASTS_DAYS[sku],
    )
    for sku, name, member, retail, points, bonus, category, label in _ROWS
)
