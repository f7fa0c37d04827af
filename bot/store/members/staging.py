"""Members of an import in progress: written in steps, hidden until all of them are there.

Every imported member belongs to an import. Until it is done its members are hidden: each
statement that could find a member without an account leaves them out, no visible member is their
sponsor, and their phone numbers are free for people who join with one. `arrival` makes all of
them visible at once. After an import that was broken off, `leftovers` empties its members, and
the next import reuses the empty rows.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from bot.core.members.people import name_words
from bot.store.db import bulk
from bot.store.db.types import Instant, Words

__all__ = [
    "Counts",
    "Newcomer",
    "add_counts",
    "add_members",
    "begin",
    "give_up",
    "hidden",
    "hold",
    "last_done",
    "yield_phone",
]


class Newcomer(NamedTuple):
    """A member to import; the sponsor is in the same list or is linked at the end.

    Attributes:
        number: the company's own member number.
        code: the code that the member will have.
        sponsor: the sponsor's number if the list has it; else empty.
        name: the full name.
        phone: E.164.
        joined_at: microseconds since 1970, UTC.
    """

    number: str
    code: str
    sponsor: str
    name: str
    phone: str
    joined_at: int


class Counts(NamedTuple):
    """The counters of an imported member.

    Attributes:
        number: the company's own member number.
        size: the number of members below.
        legs: the number of members right below.
        months: month (YYYY-MM) and number of members below who joined in it.
    """

    number: str
    size: int
    legs: int
    months: Sequence[tuple[str, int]]


LAST_DONE = text("SELECT COALESCE(MAX(id), 0) FROM imports WHERE state = 'done'")

BEGIN = text("""
    INSERT INTO imports (state, began_at, touched_at) VALUES ('open', :at, :at) RETURNING id
""").bindparams(bindparam("at", type_=Instant))

LOSE_OTHERS = text("UPDATE imports SET state = 'lost' WHERE state = 'open'")

GIVE_UP = text("UPDATE imports SET state = 'lost' WHERE id = :import_id AND state = 'open'")

HOLD = text("""
    UPDATE imports SET touched_at = :at WHERE id = :import_id AND state = 'open'
""").bindparams(bindparam("at", type_=Instant))

HIDDEN = text("""
    SELECT id FROM members
    WHERE import_id IS NOT NULL
      AND import_id NOT IN (SELECT id FROM imports WHERE state = 'done')
""")

# By the reference, which every member has: the planner misjudges a column that few rows fill.
THERE = text("""
    SELECT id, number, import_id FROM members WHERE reference IN :references
""").bindparams(bindparam("references", expanding=True, type_=Words))

TAKEN = text("""
    SELECT 1 FROM members WHERE phone IN :phones
    UNION ALL SELECT 1 FROM members WHERE code IN :codes
    LIMIT 1
""").bindparams(
    bindparam("phones", expanding=True, type_=Words),
    bindparam("codes", expanding=True, type_=Words),
)

SPARES = text("""
    SELECT id FROM members WHERE import_id = 0 ORDER BY id LIMIT :limit
""")

# The sponsor may have been entered by the row before this one.
ENTER = text("""
    INSERT INTO members (reference, code, sponsor_id, name, title, phone, phone_verified, province,
                         zone, birth_year, joined_at, number, import_id)
    VALUES ('import:' || CAST(:number AS TEXT), :code,
            (SELECT id FROM members WHERE reference = 'import:' || CAST(:sponsor AS TEXT)),
            :name, '', :phone, 0, '', :zone, 0, :joined_at, :number, :import_id)
""")

ENTER_OVER = text("""
    UPDATE members SET reference = 'import:' || CAST(:number AS TEXT), code = :code,
      sponsor_id =
        (SELECT id FROM members WHERE reference = 'import:' || CAST(:sponsor AS TEXT)),
      name = :name, phone = :phone, zone = :zone, joined_at = :joined_at, number = :number,
      import_id = :import_id
    WHERE id = :id AND import_id = 0
""")

KEEP_WORD = text("""
    INSERT INTO member_words (word, member_id) VALUES (:word, :member_id)
    ON CONFLICT (word, member_id) DO NOTHING
""")

COUNT_TEAM = text("""
    INSERT INTO teams (member_id, size, legs) VALUES (:member_id, :size, :legs)
    ON CONFLICT (member_id) DO NOTHING
""")

COUNT_MONTH = text("""
    INSERT INTO volumes (member_id, period, team_joined) VALUES (:member_id, :period, :joined)
    ON CONFLICT (member_id, period) DO NOTHING
""")

LOSE_BY_PHONE = text("""
    UPDATE imports SET state = 'lost'
    WHERE state = 'open' AND id = (SELECT import_id FROM members WHERE phone = :phone)
""")

YIELD = text("""
    UPDATE members SET phone = 'yielded:' || CAST(id AS TEXT)
    WHERE phone = :phone AND import_id IS NOT NULL
      AND import_id NOT IN (SELECT id FROM imports WHERE state = 'done')
""")


def last_done(conn: Connection) -> int:
    """Returns the id of the last finished import, which tells whether another came between."""
    found: int = conn.execute(LAST_DONE).scalar_one()
    return found


def begin(conn: Connection, last: int, now: datetime) -> int | None:
    """Returns the id of a new import; None if another was done since `last`.

    An import still in progress is marked lost: its command has ended, or fails at its next step.
    """
    if last_done(conn) != last:
        return None
    conn.execute(LOSE_OTHERS)
    number: int = conn.execute(BEGIN, {"at": now}).scalar_one()
    return number


def give_up(conn: Connection, import_id: int) -> None:
    """Mark this import lost if it is still in progress."""
    conn.execute(GIVE_UP, {"import_id": import_id})


def hold(conn: Connection, import_id: int, now: datetime) -> bool:
    """Returns whether an import is still in progress; stays true until this transaction ends."""
    return conn.execute(HOLD, {"import_id": import_id, "at": now}).rowcount == 1


def hidden(conn: Connection) -> frozenset[int]:
    """Returns the ids of members who are hidden, or were emptied after a lost import."""
    return frozenset(conn.execute(HIDDEN).scalars())


def add_members(
    conn: Connection, import_id: int, rows: Sequence[Newcomer], zone: str, now: datetime
) -> bool:
    """Returns whether these members could be written; those written before are left unchanged.

    Args:
        conn: the connection.
        import_id: the import, which must be in progress.
        rows: sponsors before the members they sponsor, also across calls.
        zone: the company's time zone.
        now: the current time.
    """
    if not hold(conn, import_id, now):
        return False
    there = _there(conn, [row.number for row in rows])
    fresh = [row for row in rows if row.number not in there]
    if any(found != import_id for _, found in there.values()) or _taken(conn, fresh):
        return False
    facts = [{**row._asdict(), "zone": zone, "import_id": import_id} for row in fresh]
    spares = conn.execute(SPARES, {"limit": len(facts)}).scalars().all() if facts else []
    over = [{**row, "id": spare} for row, spare in zip(facts, spares, strict=False)]
    if over:
        conn.execute(ENTER_OVER, over)
    if facts[len(over) :]:
        conn.execute(ENTER, facts[len(over) :])
    ids = _there(conn, [row.number for row in fresh])
    words = [(word, ids[row.number][0]) for row in fresh for word in name_words(row.name)]
    bulk.write(conn, KEEP_WORD, words)
    return True


def add_counts(conn: Connection, import_id: int, counts: Sequence[Counts], now: datetime) -> bool:
    """Returns whether the counters could be written; those written before are left unchanged."""
    if not hold(conn, import_id, now):
        return False
    ids = _there(conn, [count.number for count in counts])
    if any(ids.get(count.number, (0, 0))[1] != import_id for count in counts):
        return False
    teams = [(ids[count.number][0], count.size, count.legs) for count in counts]
    bulk.write(conn, COUNT_TEAM, teams)
    months = [
        (ids[count.number][0], period, joined)
        for count in counts
        for period, joined in count.months
    ]
    bulk.write(conn, COUNT_MONTH, months)
    return True


def yield_phone(conn: Connection, phone: str) -> None:
    """Free a phone number that only a hidden member has; this marks the member's import lost."""
    conn.execute(LOSE_BY_PHONE, {"phone": phone})
    conn.execute(YIELD, {"phone": phone})


def _there(conn: Connection, numbers: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Returns member id and import id by member number, of those that exist."""
    if not numbers:
        return {}
    found = conn.execute(THERE, {"references": [f"import:{number}" for number in numbers]})
    return {row.number: (row.id, row.import_id) for row in found}


def _taken(conn: Connection, rows: Sequence[Newcomer]) -> bool:
    """Returns whether another member has taken one of the phone numbers or codes meanwhile."""
    if not rows:
        return False
    wanted = {"phones": [row.phone for row in rows], "codes": [row.code for row in rows]}
    return conn.execute(TAKEN, wanted).first() is not None
