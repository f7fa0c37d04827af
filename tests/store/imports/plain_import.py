"""Imports a list of members in one unit: the model for the import in steps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, TextClause, bindparam, text

from bot.core.calendar.periods import period_of
from bot.core.members.lineage import trace
from bot.store.db import audit_log
from bot.store.db.types import Instant
from bot.store.imports.roster import Comparison, Entry, MemberIndex, codes, compare_with
from bot.store.members import name_words
from bot.store.team.sizes import counted

__all__ = ["compare", "joined_together", "take_over"]

BATCH_ROWS: Final = 5_000
NOON: Final = time(12)

# The sponsor may have been entered by the row before this one.
ENTER = text("""
    INSERT INTO members (reference, code, sponsor_id, name, title, phone, phone_verified, province,
                         zone, birth_year, joined_at, number)
    VALUES (:reference, :code,
            COALESCE(CAST(:sponsor_id AS BIGINT),
                     (SELECT id FROM members WHERE number = CAST(:sponsor AS TEXT))),
            :name, '', :phone, 0, '', :zone, 0, :joined_at, :number)
""").bindparams(bindparam("joined_at", type_=Instant))

# Two members may have had each other's number in the list, and no two may ever have the same.
FREE_PHONE = text("""
    UPDATE members SET phone = 'mended:' || CAST(id AS TEXT) WHERE id = :id AND user_id IS NULL
""")

MEND = text("""
    UPDATE members SET name = :name, phone = :phone WHERE id = :id AND user_id IS NULL
""")

NUMBERED = text("SELECT id, number FROM members WHERE number IS NOT NULL")


SPONSORS = text("SELECT id, sponsor_id FROM members")

ADD_ALL_TO_TEAM = text("""
    INSERT INTO teams (member_id, size, legs) VALUES (:member_id, :size, :legs)
    ON CONFLICT (member_id) DO UPDATE SET
      size = teams.size + excluded.size, legs = teams.legs + excluded.legs
""")

ADD_ALL_TO_MONTH = text("""
    INSERT INTO volumes (member_id, period, team_joined) VALUES (:member_id, :period, :joined)
    ON CONFLICT (member_id, period) DO UPDATE SET
      team_joined = volumes.team_joined + excluded.team_joined
""")


def compare(conn: Connection, entries: Sequence[Entry], time_zone: str) -> Comparison:
    """What taking the list over would change.

    Args:
        conn: the database.
        entries: the list.
        time_zone: of the company, which decides the day on which a member joined.
    """
    return compare_with(MemberIndex(conn, time_zone), entries)


def take_over(
    conn: Connection, entries: Sequence[Entry], time_zone: str, *, seed: str, now: datetime
) -> Comparison:
    """Enter new members and correct known ones; after any clash nothing is changed.

    All in one unit, for a database without other users; otherwise see `roster_plan`.

    Args:
        conn: the transaction that does all of it.
        entries: the list, in any order.
        time_zone: of the company.
        seed: of the random codes of the new members.
        now: this moment.
    """
    database = MemberIndex(conn, time_zone)
    found = compare_with(database, entries)
    if found.clashes or not (found.added or found.changed):
        return found
    _mend(conn, found.changed)
    _enter(conn, database, found.added, seed, now)
    done = f"added {len(found.added)}, changed {len(found.changed)}"
    audit_log.note(conn, None, "import members", done, now)
    return found


def joined_together(conn: Connection, newcomers: Mapping[int, str]) -> None:
    """Count many new members, who are entered already, as `joined` would one after the other.

    Args:
        conn: the transaction that enters them.
        newcomers: for each of them the company's month in which they joined.
    """
    sponsors: dict[int, int | None] = {row.id: row.sponsor_id for row in conn.execute(SPONSORS)}
    grown = counted(sponsors, newcomers)
    while batch := list(islice(grown, BATCH_ROWS)):
        rows = [
            {"member_id": member_id, "size": growth.size, "legs": growth.legs}
            for member_id, growth, _ in batch
        ]
        conn.execute(ADD_ALL_TO_TEAM, rows)
        months = [
            {"member_id": member_id, "period": period, "joined": number}
            for member_id, _, team in batch
            for period, number in team
        ]
        if months:
            conn.execute(ADD_ALL_TO_MONTH, months)


def _mend(conn: Connection, changed: Mapping[int, Entry]) -> None:
    _in_batches(conn, FREE_PHONE, ({"id": member_id} for member_id in changed))
    rows = (
        {"id": member_id, "name": entry.name, "phone": entry.phone}
        for member_id, entry in changed.items()
    )
    _in_batches(conn, MEND, rows)
    _keep_words(conn, ((member_id, entry.name) for member_id, entry in changed.items()))


def _enter(
    conn: Connection, database: MemberIndex, added: Sequence[Entry], seed: str, now: datetime
) -> None:
    """Enter new members, sponsors first, with all that is counted and looked up by."""
    zone = ZoneInfo(database.time_zone)
    by_number = {entry.number: entry for entry in added}
    order = trace({entry.number: entry.sponsor for entry in added}).sponsors_first
    assert len(order) == len(added), "a circle does not get this far"
    drawn = codes(seed, set(database.by_code))

    def row(number: str) -> dict[str, object]:
        entry = by_number[number]
        sponsor = database.sponsor(entry.sponsor)
        noon = datetime.combine(date.fromisoformat(entry.joined), NOON, zone).astimezone(UTC)
        return {
            "reference": f"import:{number}",
            "code": next(drawn),
            "sponsor_id": sponsor.id if sponsor is not None else None,
            "sponsor": entry.sponsor,
            "name": entry.name,
            "phone": entry.phone,
            "zone": database.time_zone,
            "joined_at": min(noon, now),
            "number": number,
        }

    _in_batches(conn, ENTER, map(row, order))
    ids = {each.number: each.id for each in conn.execute(NUMBERED)}
    _keep_words(conn, ((ids[entry.number], entry.name) for entry in added))
    months = {
        ids[entry.number]: period_of(date.fromisoformat(entry.joined), database.time_zone)
        for entry in added
    }
    joined_together(conn, months)


def _keep_words(conn: Connection, names: Iterable[tuple[int, str]]) -> None:
    left = iter(names)
    while batch := dict(islice(left, BATCH_ROWS)):
        name_words.write(conn, batch)


def _in_batches(
    conn: Connection, statement: TextClause, rows: Iterable[Mapping[str, object]]
) -> None:
    left = iter(rows)
    while batch := list(islice(left, BATCH_ROWS)):
        conn.execute(statement, batch)
