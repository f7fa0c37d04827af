"""Calculates the counters of a whole company in one pass, from the last member to the first.

A sponsor always has a smaller id than the members below, so one pass from the end adds up every
team, however deep. The figures are those of `bot.store.proof.recount`.
"""

from array import array
from collections.abc import Iterator

__all__ = ["Own", "growth_rows", "team_rows", "volume_rows"]


def _zeros(number: int) -> "array[int]":
    return array("q", bytes(8 * number))


class Own:
    """What each member sold in one month, by id."""

    def __init__(self, members: int) -> None:
        self.sales = _zeros(members + 1)
        self.points = _zeros(members + 1)
        self.profit = _zeros(members + 1)
        self.count = _zeros(members + 1)
        self.bonus = _zeros(members + 1)


def team_rows(sponsors: "array[int]") -> Iterator[tuple[int, int, int]]:
    """Yield member id, size of the team, and number of legs."""
    size, legs = _zeros(len(sponsors)), _zeros(len(sponsors))
    for member_id in range(len(sponsors) - 1, 0, -1):
        sponsor = sponsors[member_id]
        size[sponsor] += 1 + size[member_id]
        legs[sponsor] += 1
    for member_id in range(1, len(sponsors)):
        yield member_id, size[member_id], legs[member_id]


def growth_rows(
    sponsors: "array[int]", period: str, joined: range
) -> Iterator[tuple[int, str, int]]:
    """Yield member id, month, and the count of new members below, if there are any."""
    for member_id, number in enumerate(_newcomers(sponsors, joined)):
        if number and member_id:
            yield member_id, period, number


def volume_rows(
    sponsors: "array[int]", period: str, joined: range, own: Own
) -> Iterator[tuple[int | str | None, ...]]:
    """Yield the counters of one month, for members who have any.

    Args:
        sponsors: sponsors by member id; 0 where there is none.
        period: the month.
        joined: the ids of the members who joined in it.
        own: what each member sold in it.
    """
    newcomers = _newcomers(sponsors, joined)
    sales, points, active = array("q", own.sales), array("q", own.points), _zeros(len(sponsors))
    for member_id in range(len(sponsors) - 1, 0, -1):
        if sales[member_id]:
            sponsor = sponsors[member_id]
            sales[sponsor] += sales[member_id]
            points[sponsor] += points[member_id]
            active[sponsor] += active[member_id] + (own.count[member_id] > 0)
    for member_id in range(1, len(sponsors)):
        if sales[member_id] or newcomers[member_id]:
            yield (
                member_id,
                period,
                own.sales[member_id],
                own.points[member_id],
                own.profit[member_id],
                own.count[member_id],
                own.bonus[member_id],
                sales[member_id],
                points[member_id],
                active[member_id],
                newcomers[member_id],
            )


def _newcomers(sponsors: "array[int]", joined: range) -> "array[int]":
    """Returns by member id the count of new members below."""
    below = _zeros(len(sponsors))
    for member_id in range(joined.stop - 1, 0, -1):
        number = below[member_id] + (member_id >= joined.start)
        if number:
            below[sponsors[member_id]] += number
    return below
