"""A quantity far above the past is unusual; a few pieces never are."""

import pytest

from bot.core.receipts.unusual import FEW_MAX, TIMES, is_far_above, usual_quantity


def test_nine_of_ten_earlier_quantities_do_not_exceed_the_usual_one() -> None:
    assert usual_quantity([]) == 0
    assert usual_quantity([7]) == 7
    assert usual_quantity([1, 1, 1, 1, 1, 1, 1, 1, 2, 900]) == 2
    assert usual_quantity([900, *[3] * 49]) == 3


@pytest.mark.parametrize(
    ("quantity", "seller_most", "usual", "expected"),
    [
        (FEW_MAX, 0, 0, False),
        (FEW_MAX + 1, 0, 0, True),
        (FEW_MAX + 1, 1, 1, True),
        (TIMES * 20, 20, 1, False),
        (TIMES * 20 + 1, 20, 1, True),
        (TIMES * 20, 1, 20, False),
        (TIMES * 20 + 1, 1, 20, True),
    ],
)
def test_far_above_is_above_both_the_seller_and_the_article(
    quantity: int, seller_most: int, usual: int, *, expected: bool
) -> None:
    assert is_far_above(quantity, seller_most, usual) is expected
