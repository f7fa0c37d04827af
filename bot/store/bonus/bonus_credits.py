"""What members were credited, and what they may expect of the month that runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, text

from bot.core.plans import Credit

__all__ = [
    "Level",
    "credits_of",
    "estimated",
    "forget_estimates",
    "large_teams",
    "last_posting",
    "levels_of",
    "months_of",
    "put_estimates",
    "team_size",
]

# By the levels, and on each the largest first.
CREDITS_OF = text("""
    SELECT c.rule, c.source_id, c.level, c.base, c.rate_bp, c.amount, c.cut, m.name, m.code
    FROM credits AS c JOIN members AS m ON m.id = c.source_id
    WHERE c.period = :period AND c.member_id = :member_id
    ORDER BY c.rule, c.level, c.amount DESC, c.id LIMIT :rows OFFSET :skip
""")

LEVELS_OF = text("""
    SELECT rule, level, rate_bp, COUNT(*) AS sources, CAST(SUM(base) AS BIGINT) AS base,
      CAST(SUM(amount) AS BIGINT) AS amount
    FROM credits WHERE period = :period AND member_id = :member_id
    GROUP BY rule, level, rate_bp ORDER BY rule, level, rate_bp
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
class Level:
    """What one level of a rule brings a member.

    Attributes:
        sources: how many members' sales it comes from.
        base: their bonus value in rupiah.
        amount: rupiah.
    """

    rule: str
    level: int
    rate_bp: int
    sources: int
    base: int
    amount: int

    @classmethod
    def sums(cls, credits_: Iterable[Credit]) -> "tuple[Level, ...]":
        """The levels of one member's credits."""
        found: dict[tuple[str, int, int], tuple[int, int, int]] = {}
        for each in credits_:
            key = (each.rule, each.level, each.rate_bp)
            sources, base, amount = found.get(key, (0, 0, 0))
            found[key] = (sources + 1, base + each.base, amount + each.amount)
        return tuple(cls(*key, *found[key]) for key in sorted(found))


def credits_of(
    conn: Connection, member_id: int, period: str, *, rows: int, skip: int
) -> Sequence[Row[tuple[object, ...]]]:
    """A page of a member's credits of a month, with whose sales each comes from."""
    wanted = {"member_id": member_id, "period": period, "rows": rows, "skip": skip}
    return conn.execute(CREDITS_OF, wanted).all()


def levels_of(conn: Connection, member_id: int, period: str) -> tuple[Level, ...]:
    """What each level brought a member in a month that was closed."""
    wanted = {"member_id": member_id, "period": period}
    return tuple(Level(*row) for row in conn.execute(LEVELS_OF, wanted))


def months_of(conn: Connection, member_id: int, limit: int) -> Sequence[Row[tuple[object, ...]]]:
    """The months that are closed, the newest first, with the member's bonus in each."""
    return conn.execute(MONTHS_OF, {"ending": f":{member_id}", "limit": limit}).all()


def estimated(conn: Connection, member_id: int, period: str) -> tuple[Level, ...]:
    """The kept estimate of a member with a large team."""
    wanted = {"member_id": member_id, "period": period}
    return tuple(Level(*row) for row in conn.execute(ESTIMATED, wanted))


def put_estimates(
    conn: Connection, period: str, found: Sequence[tuple[int, Sequence[Level]]]
) -> None:
    """Keep these estimates of some members; what was kept for them before goes."""
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
    """Forget those of the months before this one."""
    conn.execute(FORGET_BEFORE, {"period": before})


def team_size(conn: Connection, member_id: int) -> int:
    """How many stand below a member."""
    found: int | None = conn.execute(TEAM_SIZE, {"member_id": member_id}).scalar()
    return found or 0


def large_teams(conn: Connection, size: int) -> Sequence[int]:
    """The members with more than so many below them."""
    return conn.execute(LARGE_TEAMS, {"size": size}).scalars().all()


def last_posting(conn: Connection) -> int:
    """Something that changes whenever a sale is counted or taken out again."""
    found: int = conn.execute(LAST_POSTING).scalar_one()
    return found
