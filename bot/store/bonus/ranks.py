"""Ranks of members in each closed month, and their accumulated group points."""

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

from sqlalchemy import Connection, text

from bot.core.plans import PlanOutcome, Snapshot, Version, month_under
from bot.store.db import bulk

__all__ = ["Held", "add", "find", "held_after"]

ADD = text("""
    INSERT INTO ranks (period, member_id, paid_as, title, accumulated)
    VALUES (:period, :member_id, :paid_as, :title, :accumulated)
    ON CONFLICT (period, member_id) DO NOTHING
""")

FIND = text("""
    SELECT r.member_id, r.paid_as, r.title, r.accumulated
    FROM ranks AS r JOIN periods AS p ON p.period = r.period
    WHERE r.period = :period AND r.member_id = :member_id AND p.state = 'closed'
""")


class Held(NamedTuple):
    """A member's rank and points at the end of a month.

    Attributes:
        paid_as: slug of the rank that bonuses were paid by; empty for none.
        title: slug of the highest rank ever reached; empty for none.
        accumulated: points of the group in all the months that are closed.
    """

    member_id: int
    paid_as: str
    title: str
    accumulated: int


def add(conn: Connection, period: str, held: Sequence[Held]) -> None:
    """Write the ranks of a month; rows written before stay."""
    bulk.write(conn, ADD, [(period, *each) for each in held])


def find(conn: Connection, period: str, member_id: int) -> Held | None:
    """Returns a member's rank and points of a closed month; None where there were none."""
    row = conn.execute(FIND, {"period": period, "member_id": member_id}).one_or_none()
    return None if row is None else Held(*row)


def held_after(version: Version, month: Snapshot, outcome: PlanOutcome) -> list[Held]:
    """Returns each member with a rank or points at the end of a month; [] without ranks."""
    if not (version.ranks or version.accumulates):
        return []
    slugs = ("", *(rank.slug for rank in version.ranks))
    columns = zip(
        month.ids,
        outcome.ranks,
        outcome.titles or repeat(0),
        outcome.accumulated or month_under(version, month).accumulated,
        strict=False,
    )
    return [
        Held(member_id, slugs[rank], slugs[title], points)
        for member_id, rank, title, points in columns
        if rank or title or points
    ]
