"""Members whose wallet is below zero: what they owe, and since when."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from bot.store.db.types import Instant

__all__ = ["Owing", "OwingTotal", "oldest", "total"]


class Owing(NamedTuple):
    """A member whose wallet is below zero.

    Attributes:
        amount: rupiah below zero, as a number above zero.
        since: when the wallet last went below zero.
    """

    code: str
    name: str
    amount: int
    since: datetime


class OwingTotal(NamedTuple):
    """How many members are below zero, and rupiah of all of them."""

    members: int
    amount: int


OWING_TOTAL = text("""
    SELECT COUNT(*) AS members, CAST(COALESCE(-SUM(balance), 0) AS BIGINT) AS amount
    FROM accounts WHERE kind = 'wallet' AND balance < 0
""")

# `standing` is the balance after a posting. CROSS JOIN keeps SQLite to this order.
OWING_OLDEST = text("""
    WITH owing AS (
      SELECT id, balance FROM accounts WHERE kind = 'wallet' AND balance < 0
    ), moves AS (
      SELECT o.id AS account_id, o.balance, p.id AS posting_id, p.at, p.amount AS signed
      FROM owing AS o CROSS JOIN postings AS p WHERE p.destination_id = o.id
      UNION ALL
      SELECT o.id, o.balance, p.id, p.at, -p.amount
      FROM owing AS o CROSS JOIN postings AS p WHERE p.source_id = o.id
    ), stands AS (
      SELECT account_id, at, signed, balance - COALESCE(SUM(signed) OVER (
          PARTITION BY account_id ORDER BY posting_id DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS standing
      FROM moves
    )
    SELECT m.code, m.name, CAST(-o.balance AS BIGINT) AS amount, x.since
    FROM (
        SELECT account_id,
          MAX(CASE WHEN standing < 0 AND standing - signed >= 0 THEN at END) AS since
        FROM stands GROUP BY account_id
      ) AS x CROSS JOIN accounts AS o CROSS JOIN members AS m
    WHERE o.id = x.account_id AND m.id = o.member_id
    ORDER BY x.since, m.id LIMIT :rows OFFSET :skip
""").columns(since=Instant)


def total(conn: Connection) -> OwingTotal:
    """Returns how many members are below zero, and by how much together."""
    return OwingTotal(*conn.execute(OWING_TOTAL).one())


def oldest(conn: Connection, *, rows: int, skip: int) -> list[Owing]:
    """Returns a page of the members below zero, those that have been so longest first."""
    return [Owing(*row) for row in conn.execute(OWING_OLDEST, {"rows": rows, "skip": skip})]
