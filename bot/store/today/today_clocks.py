"""When each seller gets the list of a day by itself, and whether at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.store.db.types import Flag, Instant

__all__ = [
    "DueList",
    "ListReader",
    "TodayClock",
    "clock_of",
    "due_lists",
    "enrol",
    "hold",
    "list_key",
    "list_reader",
    "move_clock",
    "set_clock",
    "unenrolled",
    "want",
]


@dataclass(frozen=True, slots=True)
class DueList:
    """A seller whose list is due.

    Attributes:
        hour: the local time of the list, HH:MM.
        user_id: the account; None while the list is refused or the seller cannot be reached.
    """

    member_id: int
    hour: str
    due_at: datetime
    zone: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class TodayClock:
    """The local time (HH:MM) of a member's list, and whether it is wanted."""

    hour: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class ListReader:
    """A reachable member who wants the list, as its reader."""

    user_id: int
    language: str
    title: str
    name: str
    zone: str


DUE_LISTS = (
    text("""
    SELECT c.member_id, c.hour, c.due_at, m.zone,
      (SELECT p.user_id FROM people AS p
       WHERE p.user_id = m.user_id AND p.reach = 'open' AND m.active = 1
         AND c.wanted = 1) AS user_id
    FROM today_clocks AS c JOIN members AS m ON m.id = c.member_id
    WHERE c.due_at <= :now
    ORDER BY c.due_at LIMIT :limit
""")
    .bindparams(bindparam("now", type_=Instant))
    .columns(due_at=Instant)
)

# An hour that the member changed meanwhile is left as it is.
MOVE_CLOCK = text("""
    UPDATE today_clocks SET due_at = :next_at
    WHERE member_id = :member_id AND due_at = :due_at
""").bindparams(bindparam("next_at", type_=Instant), bindparam("due_at", type_=Instant))

UNENROLLED = text("""
    SELECT m.id, m.zone FROM members AS m
    WHERE m.active = 1 AND m.user_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM customers AS c WHERE c.member_id = m.id)
      AND NOT EXISTS (SELECT 1 FROM today_clocks AS t WHERE t.member_id = m.id)
    ORDER BY m.id LIMIT :limit
""")

ENROL = text("""
    INSERT INTO today_clocks (member_id, hour, wanted, due_at)
    VALUES (:member_id, :hour, 1, :due_at)
    ON CONFLICT (member_id) DO NOTHING
""").bindparams(bindparam("due_at", type_=Instant))

SET_CLOCK = text("""
    INSERT INTO today_clocks (member_id, hour, wanted, decided_at, due_at)
    VALUES (:member_id, :hour, 1, :at, :due_at)
    ON CONFLICT (member_id) DO UPDATE SET hour = excluded.hour, wanted = excluded.wanted,
      decided_at = excluded.decided_at, due_at = excluded.due_at
""").bindparams(bindparam("at", type_=Instant), bindparam("due_at", type_=Instant))

WANT = text("""
    UPDATE today_clocks SET wanted = :wanted, decided_at = :at WHERE member_id = :member_id
""").bindparams(bindparam("wanted", type_=Flag), bindparam("at", type_=Instant))

CLOCK_OF = text("SELECT hour, wanted FROM today_clocks WHERE member_id = :member_id").columns(
    wanted=Flag
)

HOLD = text("UPDATE today_clocks SET hour = hour WHERE member_id = :member_id")

LIST_READER = text("""
    SELECT p.user_id, p.language, m.title, m.name, m.zone
    FROM today_clocks AS c JOIN members AS m ON m.id = c.member_id
      JOIN people AS p ON p.user_id = m.user_id
    WHERE c.member_id = :member_id AND c.wanted = 1 AND m.active = 1 AND p.reach = 'open'
""")


def due_lists(conn: Connection, now: datetime, limit: int) -> list[DueList]:
    """Returns the members whose list is due, the longest overdue first."""
    return [DueList(*row) for row in conn.execute(DUE_LISTS, {"now": now, "limit": limit})]


def move_clock(conn: Connection, clock: DueList, next_at: datetime) -> bool:
    """Set when the next list is due; returns False if the member changed the hour meanwhile."""
    facts = {"member_id": clock.member_id, "due_at": clock.due_at, "next_at": next_at}
    return conn.execute(MOVE_CLOCK, facts).rowcount == 1


def unenrolled(conn: Connection, limit: int) -> Sequence[tuple[int, str]]:
    """Returns id and zone of members who have customers and no hour for the list yet."""
    return [(row.id, row.zone) for row in conn.execute(UNENROLLED, {"limit": limit})]


def enrol(conn: Connection, member_id: int, hour: str, due_at: datetime) -> None:
    """Give a member the usual hour (HH:MM), unless there is one."""
    conn.execute(ENROL, {"member_id": member_id, "hour": hour, "due_at": due_at})


def set_clock(conn: Connection, member_id: int, hour: str, due_at: datetime, at: datetime) -> None:
    """Store the hour (HH:MM) that a member chose, and that the list is wanted."""
    row = {"member_id": member_id, "hour": hour, "due_at": due_at, "at": at}
    conn.execute(SET_CLOCK, row)


def want(conn: Connection, member_id: int, *, wanted: bool, at: datetime) -> None:
    """Store whether the list is to come by itself, of a member who has an hour."""
    conn.execute(WANT, {"member_id": member_id, "wanted": wanted, "at": at})


def clock_of(conn: Connection, member_id: int) -> TodayClock | None:
    """Returns the hour of a member's list; None if there is none yet."""
    row = conn.execute(CLOCK_OF, {"member_id": member_id}).one_or_none()
    return None if row is None else TodayClock(row.hour, row.wanted)


def hold(conn: Connection, member_id: int) -> None:
    """Let nobody else make this member's list until the transaction ends."""
    conn.execute(HOLD, {"member_id": member_id})


def list_reader(conn: Connection, member_id: int) -> ListReader | None:
    """Returns the member as a reader of the list; None if it may not be sent."""
    row = conn.execute(LIST_READER, {"member_id": member_id}).one_or_none()
    return None if row is None else ListReader(*row)


def list_key(member_id: int, day: str) -> str:
    """Returns the unique key of the outbox message with the list of a day (YYYY-MM-DD)."""
    return f"today:{member_id}:{day}"
