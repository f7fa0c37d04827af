"""Rupiah as people type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.input.money import AMOUNT_MAX, AmbiguousMoney, MoneyTooLarge, NotMoney, parse_rupiah


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("150rb", 150_000),
        ("150 ribu", 150_000),
        ("150 RB", 150_000),
        ("150k", 150_000),
        ("2,5rb", 2_500),
        ("1,5jt", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("1,25 juta", 1_250_000),
        ("1 juta 500 ribu", 1_500_000),
        ("1jt 50rb", 1_050_000),
        ("2 juta", 2_000_000),
        ("satu juta setengah", 1_500_000),
        ("2jt stengah", 2_500_000),
        ("sejuta setengah", 1_500_000),
        ("40 thousand", 40_000),
        ("Rp 150.000", 150_000),
        ("Rp. 150.000,-", 150_000),
        ("Rp150.000,00", 150_000),
        ("rp150rb", 150_000),
        ("IDR 150000", 150_000),
        ("150000 rupiah", 150_000),
        ("150000", 150_000),
        ("150.000", 150_000),
        ("1.500", 1_500),
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1,500.00", 1_500),
        ("Rp150,000", 150_000),
        ("9.999.999.999", AMOUNT_MAX),
        ("0000150000", 150_000),
        (" 500 ", 500),
        ("46.800.", 46_800),
        ("150rb.", 150_000),
        ("Rp 150.000!", 150_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: int) -> None:
    assert parse_rupiah(typed) == amount


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("1.5", (1_500, 1_500_000)),
        ("1,5", (1_500, 1_500_000)),
        ("1.50", (1_500, 1_500_000)),
        ("1,500", (1_500, 1_500_000)),
        ("150.00", (150, 150_000)),
        ("150,00", (150, 150_000)),
        ("150,000", (150, 150_000)),
        ("0.5", (500, 500_000)),
        ("1.500rb", (1_500, 1_500_000)),
        ("1,500 juta", (1_500_000, 1_500_000_000)),
    ],
)
def test_an_amount_that_may_mean_two_things_is_asked_back(
    typed: str, candidates: tuple[int, int]
) -> None:
    with pytest.raises(Refusal) as refused:
        parse_rupiah(typed)
    assert refused.value.message == AmbiguousMoney(typed, candidates)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "Rp",
        "rb",
        "banyak",
        "0",
        "Rp0",
        "0rb",
        "0,00",
        "-150000",
        "-150rb",
        "1.500,50",
        "1.2345rb",
        "15.00.000",
        "150..000",
        "1e6",
        "0x10",
        "1_000",
        "１５００",
        "١٥٠٠",
        "१५०",
        "150rb 200rb",
        "150rb dan 2",
        "1jt 500",
        "50rb 20rb",
        "=1+1",
        "<b>150</b>",
        "150\u202e000",
    ],
)
def test_a_text_that_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_rupiah(typed)
    assert isinstance(refused.value.message, NotMoney)


@pytest.mark.parametrize(
    "typed", ["10000000000", "10.000.000.000", "10000 juta", "99999999rb", "9" * 5_000]
)
def test_more_than_ten_digits_are_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_rupiah(typed)
    assert refused.value.message == MoneyTooLarge(AMOUNT_MAX)


def test_a_long_text_is_repeated_only_in_part() -> None:
    with pytest.raises(Refusal) as refused:
        parse_rupiah("x" * 4_000)
    message = refused.value.message
    assert isinstance(message, NotMoney)
    assert len(message.text) == 40


@given(st.integers(1_000, AMOUNT_MAX))
def test_an_amount_written_the_indonesian_way_is_read_back(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    for typed in (f"Rp{dotted}", dotted, f"Rp{dotted},00", f"Rp{amount:,}", str(amount)):
        assert parse_rupiah(typed) == amount


@given(st.text(alphabet="0123456789.,- rpRbjtk", max_size=20))
def test_a_text_is_an_amount_within_the_limit_or_refused(typed: str) -> None:
    try:
        amount = parse_rupiah(typed)
    except Refusal as refusal:
        if isinstance(refusal.message, AmbiguousMoney):
            first, second = refusal.message.candidates
            assert 0 < first < second <= AMOUNT_MAX
    else:
        assert 0 < amount <= AMOUNT_MAX
