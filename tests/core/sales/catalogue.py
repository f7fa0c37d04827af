"""A price list for the tests, with names that look alike where it hurts."""

from bot.core.sales.products import Product

__all__ = ["CATALOGUE", "product"]


def product(number: int, sku: str, name: str, *aliases: str, active: bool = True) -> Product:
    return Product(
        id=number,
        sku=sku,
        name=name,
        member_price=40_000,
        retail_price=50_000,
        points=5,
        bonus_value=30_000,
        category="harian",
        aliases=aliases,
        active=active,
    )


CATALOGUE = (
    product(1, "SABUN-SEREH", "Sabun Sereh", "soap", "lemongrass soap"),
    product(2, "TEH-HIJAU", "Teh Hijau", "green tea"),
    product(3, "MADU-250", "Madu Hutan 250 ml"),
    product(4, "MADU-500", "Madu Hutan 500 ml"),
    product(5, "KOPI-JAHE", "Kopi Jahe", "coffee"),
    product(6, "MKP-60", "Minyak Kayu Putih 60 ml", "mkp"),
    product(7, "SAMPO-2IN1", "Sampo Urang-Aring 2in1"),
    product(8, "JAMU-3D", "Jamu Tiga Daun"),
    product(9, "KRIM-SIANG", "Krim Siang Bengkoang"),
    product(10, "KRIM-MALAM", "Krim Malam Bengkoang"),
    product(11, "SABUN-LAMA", "Sabun Sirih", active=False),
)
