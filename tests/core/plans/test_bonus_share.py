"""Whether the bonuses of a month are within the company's limit, compared without rounding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans.bonus_share import judge_share, share_bp

RUPIAH = st.integers(0, 10**15)


@pytest.mark.parametrize(
    ("paid", "sales", "share"),
    [
        (0, 0, "usual"),
        (1, 0, "absurd"),
        (40, 100, "usual"),
        (41, 100, "high"),
        (100, 100, "high"),
        (101, 100, "absurd"),
        (40_000_000_000_001, 100_000_000_000_000, "high"),
    ],
)
def test_the_limit_itself_is_usual_and_all_of_the_sales_is_not_absurd(
    paid: int, sales: int, share: str
) -> None:
    assert judge_share(paid, sales, 40) == share


@given(paid=RUPIAH, sales=RUPIAH, limit=st.integers(1, 100))
def test_more_bonus_is_never_judged_more_mildly(paid: int, sales: int, limit: int) -> None:
    order = ["usual", "high", "absurd"]
    one, more = judge_share(paid, sales, limit), judge_share(paid + 1, sales, limit)
    assert order.index(one) <= order.index(more)


@given(paid=RUPIAH, sales=st.integers(1, 10**15), limit=st.integers(1, 100))
def test_a_share_above_the_limit_is_shown_above_it(paid: int, sales: int, limit: int) -> None:
    above = judge_share(paid, sales, limit) != "usual"
    assert (share_bp(paid, sales) > limit * 100) is above


def test_bonuses_without_sales_are_shown_as_the_whole() -> None:
    assert share_bp(5, 0) == 10_000
    assert share_bp(0, 0) == 0
