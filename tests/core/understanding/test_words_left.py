"""What a text says besides the sale that was read in it."""

import pytest

from bot.core.sales.products import names_of
from bot.core.understanding.words_left import words_left
from tests.understanding.reading import CATALOGUE, read

CALLED = names_of(CATALOGUE)


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
    assert words_left(text, read(text), CALLED) == left


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    text = "bu ani 2 sabun sereh lunas "
    assert words_left(text + "wangi " * 200, read(text), CALLED) < 100
