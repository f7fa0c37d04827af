"""Only what is a habit is said to be usual."""

from datetime import date, timedelta

import pytest

from bot.core.today.rhythms import PastOrder, usual_days

LAST = date(2026, 11, 25)


def orders(*gaps: int, pieces: tuple[int, ...] = ()) -> list[PastOrder]:
    """Returns orders with these gaps, the last gap first."""
    days = [LAST]
    for gap in gaps:
        days.append(days[-1] - timedelta(days=gap))
    return [
        PastOrder(day, each) for day, each in zip(days, pieces or (2,) * len(days), strict=True)
    ]


@pytest.mark.parametrize(
    ("gaps", "usual"),
    [
        ((), 0),
        ((30,), 0),
        ((30, 30), 30),
        ((30, 31), 31),
        ((20, 40), 30),
        ((20, 41), 0),
        ((5, 90, 3), 0),
        ((14, 15, 13, 14), 14),
        ((14, 15, 13, 14, 300), 14),
    ],
)
def test_even_gaps_are_a_habit(gaps: tuple[int, ...], usual: int) -> None:
    assert usual_days(orders(*gaps)) == usual


def test_other_pieces_than_before_say_nothing_of_the_next_order() -> None:
    assert usual_days(orders(30, 30, pieces=(2, 2, 2))) == 30
    assert usual_days(orders(30, 30, pieces=(6, 2, 2))) == 0
    assert usual_days(orders(30, 30, pieces=(2, 6, 2))) == 30
