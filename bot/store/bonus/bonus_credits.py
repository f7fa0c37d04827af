"""Credits of closed months, and the estimates kept for members with large teams."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from sqlalchemy import Connection, text

from bot.core.plans import Credit
from bot.core.plans.values import COMPANY, CutReason, PoolBase, PoolPart, SharedBy

__all__ = [
    "Level",
    "PaidMonth",
    "credits_of",
    "cut_credits",
    "estimated",
    "forget_estimates",
    "large_teams",
    "last_posting",
    "levels_of",
    "months_of",
    "put_estimates",
    "team_size",
]

CUT_MAX: Final = 1_000_000_000
"""No limit: no member can have that many credits in a month."""

# By level, and within a level the largest first.
CREDITS_OF = text("""
    SELECT rule, source_id, level, base, rate_bp, amount, cut, base_of, shared, weight, weights
    FROM (
      SELECT id, rule, source_id, level, base, rate_bp, amount, cut, NULL AS base_of,
        NULL AS shared, CAST(NULL AS BIGINT) AS weight, CAST(NULL AS BIGINT) AS weights
      FROM credits WHERE period = :period AND member_id = :member_id
      UNION ALL
      SELECT s.id, s.rule, 0, 0, p.base, p.rate_bp, s.amount, s.cut, p.base_of, p.shared,
        s.weight, p.weights
      FROM pool_shares AS s JOIN pools AS p ON p.period = s.period AND p.rule = s.rule
      WHERE s.period = :period AND s.member_id = :member_id
    ) AS mine
    WHERE cut <> '' OR :uncut = 1
    ORDER BY rule, level, amount DESC, id LIMIT :rows OFFSET :skip
""")

# A part of a pool comes from no member's sales, so it has no sources.
LEVELS_OF = text("""
    SELECT rule, level, rate_bp, COUNT(*) AS sources, CAST(SUM(base) AS BIGINT) AS base,
      CAST(SUM(amount) AS BIGINT) AS amount
    FROM credits WHERE period = :period AND member_id = :member_id
    GROUP BY rule, level, rate_bp
    UNION ALL
    SELECT s.rule, 0, p.rate_bp, 0, p.base, s.amount
    FROM pool_shares AS s JOIN pools AS p ON p.period = s.period AND p.rule = s.rule
    WHERE s.period = :period AND s.member_id = :member_id
    ORDER BY rule, level, rate_bp
""")

MONTHS_OF = text("""
    SELECT p.period, p.ready_on, COALESCE(x.amount, 0) AS amount
    FROM periods AS p
      LEFT JOIN postings AS x
        ON x.reference = 'bonus:' || p.period || CAST(:ending AS TEXT)
    WHERE p.state = 'closed' ORDER BY p.period DESC LIMIT :limit
""")

ESTIMATED = text("""
    SELECT rule, level, rate_bp, sources, base, amount
    FROM estimates WHERE period = :period AND member_id = :member_id
    ORDER BY rule, level, rate_bp
""")

FORGET = text("DELETE FROM estimates WHERE period = :period AND member_id = :member_id")

FORGET_BEFORE = text("DELETE FROM estimates WHERE period < :period")

PUT = text("""
    INSERT INTO estimates (period, member_id, rule, level, rate_bp, sources, base, amount)
    VALUES (:period, :member_id, :rule, :level, :rate_bp, :sources, :base, :amount)
""")

TEAM_SIZE = text("SELECT size FROM teams WHERE member_id = :member_id")

LARGE_TEAMS = text("""
    SELECT t.member_id FROM teams AS t JOIN members AS m ON m.id = t.member_id
    WHERE t.size > :size
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
    ORDER BY t.member_id
""")

LAST_POSTING = text("SELECT COALESCE(MAX(id), 0) FROM postings")


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """A month that is closed.

    Attributes:
        ready_on: the day from which its bonuses can be taken, as YYYY-MM-DD.
        amount: the member's bonus in rupiah.
    """

    period: str
    ready_on: str
    amount: int


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of a rule brings a member.

    Attributes:
        sources: how many members' sales it comes from; 0 where it comes from all of the company.
        base: their bonus value in rupiah; of a pool what the pool is taken of.
        amount: rupiah; 0 where it is known only after the close.
    """

    rule: str
    level: int
    rate_bp: int
    sources: int
    base: int
    amount: int

    @classmethod
    def sums(cls, credits_: Iterable[Credit]) -> "tuple[Level, ...]":
        """Returns the sums by rule, level and rate of one member's credits."""
        found: dict[tuple[str, int, int], tuple[int, int, int]] = {}
        for each in credits_:
            key = (each.rule, each.level, each.rate_bp)
            sources, base, amount = found.get(key, (0, 0, 0))
            more = int(each.source_id != COMPANY)
            found[key] = (sources + more, base + each.base, amount + each.amount)
        return tuple(cls(*key, *found[key]) for key in sorted(found))


class _Found(NamedTuple):
    """A row of `CREDITS_OF`; the last four columns are those of a pool."""

    rule: str
    source_id: int
    level: int
    base: int
    rate_bp: int
    amount: int
    cut: Literal[CutReason, ""]
    of: PoolBase | None
    by: SharedBy | None
    weight: int
    weights: int

    def credit(self, member_id: int) -> Credit:
        """Returns the credit of this member."""
        part = None
        if self.of is not None and self.by is not None:
            part = PoolPart(self.of, self.by, self.weight, self.weights)
        return Credit(member_id, *self[:7], part)


def levels_of(conn: Connection, member_id: int, period: str) -> tuple[Level, ...]:
    """Returns what each level brought a member in a closed month."""
    wanted = {"member_id": member_id, "period": period}
    return tuple(Level(*row) for row in conn.execute(LEVELS_OF, wanted))


def credits_of(
    conn: Connection, member_id: int, period: str, *, rows: int, skip: int
) -> tuple[Credit, ...]:
    """Returns a page of a member's credits of a closed month."""
    wanted = {"member_id": member_id, "period": period, "uncut": 1, "rows": rows, "skip": skip}
    return tuple(_Found(*row).credit(member_id) for row in conn.execute(CREDITS_OF, wanted))


def cut_credits(conn: Connection, member_id: int, period: str) -> tuple[Credit, ...]:
    """Returns the member's credits of a closed month from which something was taken."""
    wanted = {"member_id": member_id, "period": period, "uncut": 0, "rows": CUT_MAX, "skip": 0}
    return tuple(_Found(*row).credit(member_id) for row in conn.execute(CREDITS_OF, wanted))


def months_of(conn: Connection, member_id: int, limit: int) -> tuple[PaidMonth, ...]:
    """Returns the months that are closed, the newest first, with the member's bonus in each."""
    found = conn.execute(MONTHS_OF, {"ending": f":{member_id}", "limit": limit})
    return tuple(PaidMonth(*row) for row in found)


def estimated(conn: Connection, member_id: int, period: str) -> tuple[Level, ...]:
    """Returns the kept estimate of a member with a large team."""
    wanted = {"member_id": member_id, "period": period}
    return tuple(Level(*row) for row in conn.execute(ESTIMATED, wanted))


def put_estimates(
    conn: Connection, period: str, found: Sequence[tuple[int, Sequence[Level]]]
) -> None:
    """Store the estimates of some members in place of those they had."""
    for member_id, levels in found:
        conn.execute(FORGET, {"period": period, "member_id": member_id})
        rows = [
            {
                "period": period,
                "member_id": member_id,
                "rule": each.rule,
                "level": each.level,
                "rate_bp": each.rate_bp,
                "sources": each.sources,
                "base": each.base,
                "amount": each.amount,
            }
            for each in levels
        ]
        if rows:
            conn.execute(PUT, rows)


def forget_estimates(conn: Connection, before: str) -> None:
    """Delete the estimates of the months before this one."""
    conn.execute(FORGET_BEFORE, {"period": before})


def team_size(conn: Connection, member_id: int) -> int:
    """Returns how many members are below a member."""
    found: int | None = conn.execute(TEAM_SIZE, {"member_id": member_id}).scalar()
    return found or 0


def large_teams(conn: Connection, size: int) -> Sequence[int]:
    """Returns the members with more than `size` members below them, by id."""
    return conn.execute(LARGE_TEAMS, {"size": size}).scalars().all()


def last_posting(conn: Connection) -> int:
    """Returns the id of the newest posting, or 0; it grows when a sale is counted or reversed."""
    found: int = conn.execute(LAST_POSTING).scalar_one()
    return found
