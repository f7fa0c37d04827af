"""How many, in digits and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Message, Refusal
from bot.core.input.quantity import (
    QUANTITY_MAX,
    NotAQuantity,
    QuantityTooLarge,
    QuantityZero,
    read_quantity,
)


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [
        ("2", 2),
        (" 12 ", 12),
        ("2 pcs", 2),
        ("2pcs", 2),
        ("2x", 2),
        ("x 2", 2),
        ("10 Botol", 10),
        ("dua", 2),
        ("Sepuluh", 10),
        ("sebelas", 11),
        ("dua belas", 12),
        ("dua puluh", 20),
        ("dua puluh lima", 25),
        ("seratus", 100),
        ("seratus lima puluh", 150),
        ("dua ratus", 200),
        ("selusin", 12),
        ("lusin", 12),
        ("2 lusin", 24),
        ("setengah lusin", 6),
        ("stgh lusin", 6),
        ("1/2 lusin", 6),
        ("½ kodi", 10),
        ("sekodi", 20),
        ("1 gross", 144),
        ("sebotol", 1),
        ("dua lusin kurang satu", 23),
        ("lusin kurang dua", 10),
        ("seperempat lusin", 3),
        ("lapang", 8),
        ("tello'", 3),
        ("dasa", 10),
        ("lima dasa", 50),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("three", 3),
        ("1.000", 1_000),
        ("9999", 9_999),
        ("007", 7),
    ],
)
def test_a_number_of_pieces_is_read(typed: str, quantity: int) -> None:
    assert read_quantity(typed) == quantity


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("0", QuantityZero()),
        ("nol", QuantityZero()),
        ("10000", QuantityTooLarge(9_999)),
        ("1000 lusin", QuantityTooLarge(9_999)),
        ("9" * 4_000, QuantityTooLarge(9_999)),
        ("", NotAQuantity("")),
        ("banyak", NotAQuantity("banyak")),
        ("-2", NotAQuantity("-2")),
        ("2,5", NotAQuantity("2,5")),
        ("2.5", NotAQuantity("2.5")),
        ("setengah", NotAQuantity("setengah")),
        ("1/2", NotAQuantity("1/2")),
        ("2 3", NotAQuantity("2 3")),
        ("dua tiga", NotAQuantity("dua tiga")),
        ("2 sabun", NotAQuantity("2 sabun")),
        ("２", NotAQuantity("２")),
        ("٢", NotAQuantity("٢")),
        ("50rb", NotAQuantity("50rb")),
        ("pcs", NotAQuantity("pcs")),
    ],
)
def test_a_text_that_is_no_quantity_is_refused(typed: str, message: Message) -> None:
    with pytest.raises(Refusal) as refused:
        read_quantity(typed)
    assert refused.value.message == message


@given(st.integers(1, QUANTITY_MAX))
def test_every_allowed_number_is_read_back(quantity: int) -> None:
    assert read_quantity(str(quantity)) == read_quantity(f"{quantity} pcs") == quantity


@given(st.integers(1, 199))
def test_a_number_in_indonesian_words_is_read_back(quantity: int) -> None:
    assert read_quantity(in_words(quantity)) == quantity


DIGITS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"


def in_words(number: int) -> str:
    digits = ["", *DIGITS.split()]
    if number < 12:
        return digits[number]
    if number < 20:
        return f"{digits[number - 10]} belas"
    if number < 100:
        return f"{digits[number // 10]} puluh {digits[number % 10]}".strip()
    return f"seratus {in_words(number - 100)}".strip()
