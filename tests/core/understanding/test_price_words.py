"""What an admin types to change a price."""

import pytest

from bot.core.understanding.price_words import PriceWish, read_price_wish


@pytest.mark.parametrize(
    ("text", "goods", "amount"),
    [
        ("ubah harga kopi toraja 80rb", "kopi toraja", 80_000),
        ("tolong ganti harga sabun jadi Rp52.000", "sabun", 52_000),
        ("naikkan harga madu 250 g ke 90 ribu", "madu 250 g", 90_000),
        ("change price of coffee to 80k", "coffee", 80_000),
        ("ubah harga minyak", "minyak", 0),
        ("UBAH HARGA TEH 1,5jt", "TEH", 1_500_000),
    ],
)
def test_the_goods_and_the_sum_are_read(text: str, goods: str, amount: int) -> None:
    assert read_price_wish(text) == PriceWish(goods, amount)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("ubah harga mitra kopi toraja 80rb", PriceWish("kopi toraja", 80_000, "member")),
        ("ubah harga eceran sabun jadi 52rb", PriceWish("sabun", 52_000, "retail")),
        ("ubah harga jual sabun", PriceWish("sabun", 0, "retail")),
        ("change the member price of coffee to 80k", PriceWish("coffee", 80_000, "member")),
        ("ubah harga kit mitra 80rb", PriceWish("kit mitra", 80_000)),
        ("ubah harga mitra 80rb", PriceWish("80rb", 0, "member")),
    ],
)
def test_which_price_may_be_named(text: str, wish: PriceWish) -> None:
    assert read_price_wish(text) == wish


@pytest.mark.parametrize(
    "text", ["harga kopi 80rb", "ubah harga", "ubah kopi 80rb", "ubah harga 80rb", "", "ubah"]
)
def test_other_texts_change_no_price(text: str) -> None:
    wish = read_price_wish(text)
    assert wish is None or wish.amount == 0
