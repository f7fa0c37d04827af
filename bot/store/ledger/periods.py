"""The months: which are open, being closed or closed, and what was sold in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, text

from bot.core.calendar.periods import next_period
from bot.store.db.types import Instant

__all__ = [
    "CompanySales",
    "MonthClosing",
    "closing",
    "find",
    "first_unclosed",
    "hold_for_closing",
    "hold_open",
    "is_open",
    "is_open_on",
    "latest_closed",
    "open_period",
    "sales_of",
]


@dataclass(frozen=True, slots=True)
class MonthClosing:
    """The closing of one month, from its beginning on.

    Attributes:
        period: the month, as YYYY-MM.
        plan: the first month of the version of the plan under which it is closed.
        plan_digest: by which that version is recognized.
        ready_on: the day from which its bonuses can be taken, as YYYY-MM-DD.
        payees: the number of members paid so far.
        paid: what was paid so far, in rupiah.
        told_upto: the highest member id that was notified; 0 before the first.
        told_at: when all members had been notified.
        point_value: rupiah per unit of bonus value.
        cut: what caps took from the credits, in rupiah.
    """

    period: str
    state: Literal["closing", "closed"]
    plan: str
    plan_digest: str
    ready_on: str
    began_at: datetime
    closed_at: datetime | None
    payees: int
    paid: int
    told_upto: int
    told_at: datetime | None
    point_value: int
    cut: int


class CompanySales(NamedTuple):
    """What the whole company sold in a month.

    Attributes:
        sellers: the number of members who sold.
        sales: in rupiah.
        bonus: the bonus value, in the unit of the month.
        number: of sales.
        fixed: rupiah of bonus value beside it, of sales that keep another unit.
    """

    sellers: int
    sales: int
    bonus: int
    number: int
    fixed: int


CLOSING_KEY = 0x4A55414C434C4F53

SHARE = text("SELECT pg_advisory_xact_lock_shared(CAST(:key AS BIGINT))")

EXCLUDE = text("SELECT pg_advisory_xact_lock(CAST(:key AS BIGINT))")

FIND = text("""
    SELECT period, state, plan, plan_digest, ready_on, began_at, closed_at, payees, paid,
      told_upto, told_at, point_value, cut
    FROM periods WHERE period = :period
""").columns(began_at=Instant, closed_at=Instant, told_at=Instant)

LATEST_CLOSED = text("""
    SELECT period, state, plan, plan_digest, ready_on, began_at, closed_at, payees, paid,
      told_upto, told_at, point_value, cut
    FROM periods WHERE state = 'closed' ORDER BY period DESC LIMIT :limit
""").columns(began_at=Instant, closed_at=Instant, told_at=Instant)

CLOSING = text("SELECT period FROM periods WHERE state = 'closing' ORDER BY period LIMIT 1")

FIRST_UNCLOSED = text("""
    SELECT v.period
    FROM (SELECT DISTINCT period FROM volumes
          WHERE period >= :since AND period < :before AND own_count > 0) AS v
    WHERE NOT EXISTS (
      SELECT 1 FROM periods AS p WHERE p.period = v.period AND p.state = 'closed')
    ORDER BY v.period LIMIT 1
""")

SHUT_SINCE = text("SELECT 1 FROM periods WHERE period >= :period LIMIT 1")

SALES_OF = text("""
    SELECT COUNT(*) AS sellers, CAST(COALESCE(SUM(own_sales), 0) AS BIGINT) AS sales,
      CAST(COALESCE(SUM(own_bonus), 0) AS BIGINT) AS bonus,
      CAST(COALESCE(SUM(own_count), 0) AS BIGINT) AS number,
      CAST(COALESCE(SUM(fixed_bonus), 0) AS BIGINT) AS fixed
    FROM volumes WHERE period = :period AND own_count > 0
""")


def find(conn: Connection, period: str) -> MonthClosing | None:
    """Returns the closing of a month; None while it has not begun."""
    row = conn.execute(FIND, {"period": period}).one_or_none()
    return None if row is None else MonthClosing(*row)


def hold_open(conn: Connection) -> None:
    """Keep open months open until this transaction ends; call it before a month is read.

    Whatever changes what a closing reads calls it. On a server several transactions write at once,
    and a closing could begin between the look at a month and what is counted in it, or between the
    two looks by which it sees that nothing has changed. Those who hold it do not wait for each
    other.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(SHARE, {"key": CLOSING_KEY})


def hold_for_closing(conn: Connection) -> None:
    """Wait for all who count in open months, and keep others out until this transaction ends."""
    if conn.dialect.name == "postgresql":
        conn.execute(EXCLUDE, {"key": CLOSING_KEY})


def is_open(conn: Connection, period: str) -> bool:
    """Returns whether sales may still be added to a month or taken out of it."""
    return find(conn, period) is None


def is_open_on(conn: Connection, period: str) -> bool:
    """Returns whether neither a month nor a later one is closed or being closed.

    What holds from a month on changes all later ones.
    """
    return conn.execute(SHUT_SINCE, {"period": period}).first() is None


def open_period(conn: Connection, period: str) -> str:
    """Returns the month itself, or the first one after it that is still open."""
    while not is_open(conn, period):
        period = next_period(period)
    return period


def closing(conn: Connection) -> str | None:
    """Returns the month that is being closed; None if there is none."""
    found: str | None = conn.execute(CLOSING).scalar()
    return found


def latest_closed(conn: Connection, limit: int) -> Sequence[MonthClosing]:
    """Returns the last `limit` closed months, the newest first."""
    return [MonthClosing(*row) for row in conn.execute(LATEST_CLOSED, {"limit": limit})]


def first_unclosed(conn: Connection, since: str, before: str) -> str | None:
    """Returns the earliest month with sales that is not closed; None if there is none.

    Args:
        conn: the unit's connection.
        since: the first month to consider, such as the one with which the plan begins.
        before: the first month after those to consider.
    """
    wanted = {"since": since, "before": before}
    found: str | None = conn.execute(FIRST_UNCLOSED, wanted).scalar()
    return found


def sales_of(conn: Connection, period: str) -> CompanySales:
    """Returns what the whole company sold in a month."""
    return CompanySales(*conn.execute(SALES_OF, {"period": period}).one())
