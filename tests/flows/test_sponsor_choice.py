"""When the office may choose another sponsor: before the return and two weeks after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.members.sponsor_choice import CHOICE_DAYS_MAX, reason_to_stay

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "left", "size", "figures", "said"),
    [
        (None, False, 0, False, "not back"),
        (None, True, 0, False, ""),
        (CHOICE_DAYS_MAX, False, 0, False, ""),
        (CHOICE_DAYS_MAX + 1, False, 0, False, "late"),
        (CHOICE_DAYS_MAX + 1, True, 0, False, ""),
        (0, False, 1, False, "team"),
        (0, False, 0, True, "figures"),
        (None, True, 2, True, "team"),
    ],
)
def test_why_the_sponsor_stays(
    days: int | None, left: bool, size: int, figures: bool, said: str
) -> None:
    came_on = None if days is None else TODAY - timedelta(days=days)
    assert reason_to_stay(came_on, TODAY, size, left=left, figures=figures) == said


@given(
    days=st.none() | st.integers(-3, 60),
    left=st.booleans(),
    size=st.integers(0, 3),
    figures=st.booleans(),
)
def test_nobody_with_a_team_or_figures_is_placed_anew(
    days: int | None, left: bool, size: int, figures: bool
) -> None:
    came_on = None if days is None else TODAY - timedelta(days=days)
    if not reason_to_stay(came_on, TODAY, size, left=left, figures=figures):
        assert not size
        assert not figures
        assert left or days is not None
