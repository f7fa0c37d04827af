"""A starter kit is known by the name of its category."""

import pytest

from bot.core.sales.starter_kits import is_starter_kit


@pytest.mark.parametrize(
    "category",
    [
        "starter", "STARTER KIT", "starter-kit", "starterkit", "starter pack", "paket awal",
        "Paket-Daftar", "paket pendaftaran", "kit-anggota", "kit_mitra", "Paket Mitra Baru",
        "Registrasi", "membership", "joining kit", "welcome pack",
    ],
)  # fmt: skip
def test_a_category_of_starter_kits_is_known(category: str) -> None:
    assert is_starter_kit(category)


@pytest.mark.parametrize(
    "category",
    [
        "", "Sabun", "Paket Hemat", "paket lebaran", "Madu", "kit kecantikan", "Awal Hari",
        "Daftar Harga", "Kitab", "Minuman Anggota Keluarga", "starry",
    ],
)  # fmt: skip
def test_goods_for_customers_are_no_starter_kits(category: str) -> None:
    assert not is_starter_kit(category)
