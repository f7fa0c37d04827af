"""Sentences that say that two customers are one person."""

import pytest

from bot.core.customers.two_names import TwoNames, says_two_are_one, two_names


@pytest.mark.parametrize(
    ("text", "first", "second", "into"),
    [
        ("Bu Anni ke Bu Ani", "Bu Anni", "Bu Ani", True),
        ("gabung pelanggan bu anni ke bu ani", "Bu Anni", "Bu Ani", True),
        ("Bu Ani = Bu Anni", "Bu Ani", "Bu Anni", False),
        ("bu ani sama bu anni orang yang sama", "Bu Ani", "Bu Anni", False),
        ("bu ani, bu anni", "Bu Ani", "Bu Anni", False),
        ("Bu Anni itu Bu Ani juga ya", "Bu Anni", "Bu Ani", False),
        ("bu ani orangnya sama dengan bu anni", "Bu Ani", "Bu Anni", False),
        ("merge Mrs Anni into Mrs Ani please", "Mrs Anni", "Mrs Ani", True),
        ("Mrs Ani and Mrs Anni are the same person", "Mrs Ani", "Mrs Anni", False),
        ("warung bu siti dengan bu siti rt 3", "Warung Bu Siti", "Bu Siti RT 3", False),
        ("Bu Ani", "Bu Ani", "", False),
        ("gabung pelanggan", "", "", False),
        ("= = =", "", "", False),
        ("", "", "", False),
    ],
)
def test_the_names_are_found(text: str, first: str, second: str, into: bool) -> None:
    assert two_names(text) == TwoNames(first, second, into)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("bu ani sama bu anni orang yang sama", True),
        ("Bu Ani dan Bu Anni itu satu orang", True),
        ("gabung pelanggan", True),
        ("tolong gabungkan bu anni dengan bu ani", True),
        ("Mrs Ani and Mrs Anni are the same person", True),
        ("gabung", False),
        ("mau gabung", False),
        ("adik ipar saya mau gabung", False),
        ("orangnya sama saja", False),
        ("bu ani 2 sabun sama teh", False),
    ],
)
def test_a_sentence_that_asks_for_it_is_told_from_others(text: str, asks: bool) -> None:
    assert says_two_are_one(text) is asks
