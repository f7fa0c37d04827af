"""The last, short commit of an import, after which everyone sees all members of the list.

All that takes long was written before (`staging`, `counter_growth`). Here the new members get
their registered sponsors, the counters of those above grow, and names and phones of registered
members change. If the database has changed since the import was planned, nothing is done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, TextClause, bindparam, text

from bot.core.members.people import name_words
from bot.store.db import audit_log
from bot.store.db.types import Big, Words
from bot.store.imports import counter_growth
from bot.store.ledger import given_ranks, openings, periods
from bot.store.ledger.openings import BroughtAlong
from bot.store.members import staging

__all__ = ["WORK_MAX", "Ending", "arrive"]

WORK_MAX: Final = 32_000
"""How many counters, or as much other work, it may write; that takes about a tenth of a second."""

COUNTERS_PER_LINK: Final = 8
COUNTERS_PER_CHANGE: Final = 12
COUNTERS_PER_OPENING: Final = 12
COUNTERS_PER_RANK: Final = 3
LOOKED_UP_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Ending:
    """What the last commit writes, when all members of the list are staged.

    Attributes:
        total: the number of members of the list.
        grown: the number of counters of registered members that grow.
        links: the number of a member of the list, and the id of the sponsor, who is registered.
        phones: the number of a member of the list, and the phone that one of the changes frees.
        changes: of registered members: id, present name and phone, new name and phone.
        period: the month that runs, in which what is brought along counts first.
        openings: the number of a member of the list, and the rupiah, the points and the title
            that the member brings along.
        ranks: the number of a member of the list, and the rank that the member holds from now on.
    """

    total: int
    grown: int = 0
    links: Sequence[tuple[str, int]] = ()
    phones: Sequence[tuple[str, str]] = ()
    changes: Sequence[tuple[int, str, str, str, str]] = ()
    period: str = ""
    openings: Sequence[tuple[str, int, int, str]] = ()
    ranks: Sequence[tuple[str, str]] = ()

    @property
    def work(self) -> int:
        """How much the commit writes, in counters."""
        linked = COUNTERS_PER_LINK * (len(self.links) + len(self.phones))
        brought = COUNTERS_PER_OPENING * len(self.openings) + COUNTERS_PER_RANK * len(self.ranks)
        return self.grown + linked + brought + COUNTERS_PER_CHANGE * len(self.changes)


STAGED = text("SELECT count(*) FROM members WHERE import_id = :import_id")

STANDING = text("SELECT id, name, phone, user_id FROM members WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)

# On a server a member could be claimed between the check and the change; the lock prevents it.
STANDING_POSTGRESQL = text("""
    SELECT id, name, phone, user_id FROM members WHERE id IN :ids ORDER BY id FOR UPDATE
""").bindparams(bindparam("ids", expanding=True, type_=Big))

HOLDERS = text("SELECT id FROM members WHERE phone IN :phones").bindparams(
    bindparam("phones", expanding=True, type_=Words)
)

LINK = text("""
    UPDATE members SET sponsor_id = :sponsor_id
    WHERE reference = 'import:' || CAST(:number AS TEXT) AND import_id = :import_id
      AND sponsor_id IS NULL
""")

# In the list two members may have swapped their phones, and no two may have the same at any time.
FREE_PHONE = text("""
    UPDATE members SET phone = 'mended:' || CAST(id AS TEXT) WHERE id = :id AND user_id IS NULL
""")

CHANGE = text("""
    UPDATE members SET name = :name, phone = :phone WHERE id = :id AND user_id IS NULL
""")

GIVE_PHONE = text("""
    UPDATE members SET phone = :phone
    WHERE reference = 'import:' || CAST(:number AS TEXT) AND import_id = :import_id
""")

FORGET_WORD = text("DELETE FROM member_words WHERE member_id = :member_id AND word = :word")

KEEP_WORD = text("INSERT INTO member_words (word, member_id) VALUES (:word, :member_id)")

DONE = text("UPDATE imports SET state = 'done' WHERE id = :import_id")


def arrive(
    conn: Connection, import_id: int, ending: Ending, now: datetime, by: int | None = None
) -> bool:
    """Make the list visible; returns False if that was not possible and nothing was changed.

    Args:
        conn: the transaction.
        import_id: the import, all of whose members are staged.
        ending: what else is written.
        now: the current time.
        by: the account that confirmed the list; None for the command line.
    """
    periods.hold_open(conn)
    if not staging.hold(conn, import_id, now) or not _stands(conn, import_id, ending):
        return False
    _change(conn, ending)
    phones = [{"number": number, "phone": phone} for number, phone in ending.phones]
    links = [{"number": number, "sponsor_id": sponsor} for number, sponsor in ending.links]
    for statement, rows in ((GIVE_PHONE, phones), (LINK, links)):
        _many(conn, statement, [{**row, "import_id": import_id} for row in rows])
    counter_growth.add_up(conn, import_id)
    brought = [BroughtAlong(*row) for row in ending.openings]
    openings.bring_in(conn, import_id, brought, period=ending.period, at=now, by=by)
    given_ranks.bring_in(conn, import_id, ending.ranks, period=ending.period, at=now, by=by)
    conn.execute(DONE, {"import_id": import_id})
    money = sum(amount for _, amount, *_ in ending.openings)
    done = f"added {ending.total}, changed {len(ending.changes)}"
    done += f", opening balances {money}" if money else ""
    audit_log.note(conn, by, "import members", done, now)
    return True


def _stands(conn: Connection, import_id: int, ending: Ending) -> bool:
    """Returns whether the database is still what the import was planned on."""
    if (ending.openings or ending.ranks) and not periods.is_open(conn, ending.period):
        return False
    if conn.execute(STAGED, {"import_id": import_id}).scalar_one() != ending.total:
        return False
    if not counter_growth.stands(conn, import_id, ending.grown):
        return False
    before = {row[0]: (row[1], row[2], None) for row in ending.changes}
    standing = STANDING if conn.dialect.name == "sqlite" else STANDING_POSTGRESQL
    found = _rows(conn, standing, "ids", sorted(before))
    if {row.id: (row.name, row.phone, row.user_id) for row in found} != before:
        return False
    new = [row[4] for row in ending.changes] + [phone for _, phone in ending.phones]
    return all(row.id in before for row in _rows(conn, HOLDERS, "phones", new))


def _change(conn: Connection, ending: Ending) -> None:
    """Change names and phones, and the words by which members are found."""
    wanted = {row[4] for row in ending.changes} | {phone for _, phone in ending.phones}
    freed = [{"id": row[0]} for row in ending.changes if row[2] != row[4] and row[2] in wanted]
    _many(conn, FREE_PHONE, freed)
    changed = [{"id": row[0], "name": row[3], "phone": row[4]} for row in ending.changes]
    _many(conn, CHANGE, changed)
    gone, new = [], []
    for member_id, old_name, _, name, _ in ending.changes:
        had, has = set(name_words(old_name)), set(name_words(name))
        gone += [{"member_id": member_id, "word": word} for word in had - has]
        new += [{"member_id": member_id, "word": word} for word in has - had]
    _many(conn, FORGET_WORD, gone)
    _many(conn, KEEP_WORD, new)


def _many(conn: Connection, statement: TextClause, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        conn.execute(statement, rows)


def _rows(
    conn: Connection, statement: TextClause, name: str, values: Sequence[object]
) -> list[Row[tuple[object, ...]]]:
    found: list[Row[tuple[object, ...]]] = []
    for start in range(0, len(values), LOOKED_UP_AT_ONCE):
        found += conn.execute(statement, {name: values[start : start + LOOKED_UP_AT_ONCE]})
    return found
