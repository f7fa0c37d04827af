"""Which status a sale may get, in which month it then counts, and the effect on the sums."""

import pytest

from bot.core.sales.status_and_month import CHANGES, Change, change_of

OPEN, LATER = "2026-10", "2026-11"
STATUSES = ("waiting", "approved", "rejected", "void")


@pytest.mark.parametrize(
    ("before", "after", "now_open", "change"),
    [
        ("waiting", "approved", OPEN, Change(OPEN, 1)),
        ("waiting", "approved", LATER, Change(LATER, 1)),
        ("waiting", "rejected", LATER, Change(OPEN, 0)),
        ("waiting", "void", OPEN, Change(OPEN, 0)),
        ("approved", "void", OPEN, Change(OPEN, -1)),
        ("approved", "void", LATER, None),
        ("approved", "waiting", OPEN, Change(OPEN, -1)),
        ("approved", "waiting", LATER, None),
        ("approved", "rejected", OPEN, Change(OPEN, -1)),
        ("approved", "rejected", LATER, None),
        ("rejected", "waiting", LATER, Change(OPEN, 0)),
    ],
)
def test_the_effects_of_each_change_of_status(
    before: str, after: str, now_open: str, change: Change | None
) -> None:
    assert change_of(before, after, OPEN, now_open) == change


def test_what_is_void_stays_void() -> None:
    assert all(before != "void" for before, _ in CHANGES)


def test_every_other_change_is_refused() -> None:
    ways = {(before, after) for before in STATUSES for after in STATUSES}
    for before, after in ways - CHANGES:
        assert change_of(before, after, OPEN, OPEN) is None
