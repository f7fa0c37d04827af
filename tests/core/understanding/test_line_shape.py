"""The shape of a text, and what it says besides the sale that was read in it."""

import pytest

from bot.content.heard import spelling
from bot.core.sales.products import names_of
from bot.core.understanding.line_shape import LineShape, line_shape_of
from tests.understanding.reading import CATALOGUE, read

CALLED = names_of(CATALOGUE)


def shape(text: str) -> LineShape:
    return line_shape_of(text, read(text), CALLED, spelling().is_known)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("bu ani 2 sabun sereh lunas", 0),
        ("KEMARIN PAK BUDI AMBIL 3 KOPI TORAJA, BELUM BAYAR", 0),
        ("bu ani 2 sabun sereh, wanginya enak", 2),
        ("saldo saya berapa", 0),
    ],
)
def test_words_that_say_nothing_of_the_sale_are_counted(text: str, left: int) -> None:
    assert shape(text).left == left


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    text = "bu ani 2 sabun sereh lunas "
    assert line_shape_of(text + "wangi " * 200, read(text), CALLED, spelling().is_known).left < 100


def test_lines_about_other_people_and_goods_have_the_same_shape() -> None:
    first, second = map(shape, ("bu ani 2 sabun sereh lunas", "pak budi 3 kopi toraja lunas"))
    assert first.sequences == second.sequences


def test_a_text_without_goods_has_no_shape() -> None:
    assert not shape("saldo saya berapa").sequences
