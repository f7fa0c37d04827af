"""What a month was shut with, from which its closing goes on: the members and the plan file.

It is stored in the transaction that shuts the month and deleted in the one that closes it. Nobody
can wait for a closing that was broken off: meanwhile members are suspended and join, and the plan
file changes. Sales, customers, returns and given ranks of a month that is shut change no more.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy import Connection, text

from bot.store.jobs import job_inputs

__all__ = ["MemberRow", "ShutMonth", "find", "forget", "keep"]

REFERENCE: Final = "shut:{}"
"""The reference of the stored input; `job_inputs` keeps it until the month is closed."""

MemberRow: TypeAlias = tuple[int, int | None, int]
"""A member's id, the sponsor's id, and whether the membership is active (1 or 0)."""

UPTO = text("SELECT COALESCE(MAX(id), 0) FROM members")

# Rows of lists that were not imported to their end; later lists may use them.
HIDDEN = text("""
    SELECT id FROM members
    WHERE import_id IS NOT NULL AND import_id NOT IN (SELECT id FROM imports WHERE state = 'done')
    ORDER BY id
""")

# Who left in this month or later is paid for it.
SUSPENDED = text("""
    SELECT m.id FROM members AS m
    WHERE m.active = 0
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
      AND NOT EXISTS (SELECT 1 FROM departures AS d
                      WHERE d.member_id = m.id AND d.suspended = 0 AND d.period >= :period)
    ORDER BY m.id
""")


@dataclass(frozen=True, slots=True)
class ShutMonth:
    """What a month was shut with.

    Attributes:
        upto: the highest id of a member.
        hidden: ids up to that one that were no members yet.
        suspended: members whose membership was suspended, or left before that month.
        plan: the plan file as it was; empty where it is not known.
        languages: in which the plan file names its rules.
    """

    upto: int
    hidden: frozenset[int]
    suspended: frozenset[int]
    plan: str
    languages: tuple[str, ...]

    def members_of(self, rows: Iterable[MemberRow]) -> Iterator[MemberRow]:
        """Yield those who were members, as they were, from the members of today."""
        for member_id, sponsor_id, _ in rows:
            if member_id <= self.upto and member_id not in self.hidden:
                yield member_id, sponsor_id, int(member_id not in self.suspended)


def keep(
    conn: Connection, period: str, *, plan: str, languages: Sequence[str], at: datetime
) -> None:
    """Store what a month is shut with, in the transaction that shuts it."""
    facts = {
        "upto": conn.execute(UPTO).scalar_one(),
        "hidden": list(conn.execute(HIDDEN).scalars()),
        "suspended": list(conn.execute(SUSPENDED, {"period": period}).scalars()),
        "plan": plan,
        "languages": list(languages),
    }
    job_inputs.keep(conn, REFERENCE.format(period), 0, json.dumps(facts), at)


def find(conn: Connection, period: str) -> ShutMonth | None:
    """Returns what a month was shut with; None unless it is being closed.

    None also for a month that an earlier version of the bot has shut.
    """
    parts = job_inputs.parts(conn, REFERENCE.format(period))
    if not parts:
        return None
    facts = json.loads("".join(parts))
    return ShutMonth(
        upto=facts["upto"],
        hidden=frozenset(facts["hidden"]),
        suspended=frozenset(facts["suspended"]),
        plan=facts["plan"],
        languages=tuple(facts["languages"]),
    )


def forget(conn: Connection, period: str) -> None:
    """Delete what a month was shut with, in the transaction that closes it."""
    job_inputs.drop(conn, REFERENCE.format(period))
