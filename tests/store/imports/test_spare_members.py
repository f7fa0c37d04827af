"""A member of an abandoned list is emptied, and the next list is written over the row.

A column set by neither statement is inherited by the next person, so it must be empty already.
"""

import re
from functools import partial

from sqlalchemy import Connection, TextClause, select

from bot.store.db.database import Database
from bot.store.db.schema import members
from bot.store.imports import leftovers
from bot.store.members import staging
from tests.store.both import START, ZONE

CLAIMED = "only who has the account writes it, and a member has one after the list is done"
NOT_SET = {
    "id": "the row itself",
    "user_id": "written when the place is claimed, which is after the list is done",
    "title": CLAIMED,
    "phone_verified": CLAIMED,
    "phone_shown": CLAIMED,
    "province": CLAIMED,
    "birth_year": CLAIMED,
    "active": "the office suspends members it finds, and it finds none before the list is done",
    "zone": "says nothing about a person: the company's; ENTER_OVER sets it",
}


def columns_set_by(statement: TextClause) -> set[str]:
    """The columns that an UPDATE sets."""
    words = re.sub(r"\s+", " ", str(statement)).partition(" SET ")[2]
    while (shorter := re.sub(r"\([^()]*\)", "", words)) != words:
        words = shorter
    return {part.split("=")[0].strip() for part in words.partition(" WHERE ")[0].split(",")}


def test_each_column_of_a_member_is_set_again_or_is_empty_already() -> None:
    both = columns_set_by(leftovers.EMPTY) & columns_set_by(staging.ENTER_OVER)
    assert sorted({column.name for column in members.columns} - both) == sorted(NOT_SET), (
        "a column that leftovers.EMPTY or staging.ENTER_OVER does not set keeps the value of the "
        "person before: set it in both, or say here why it has none"
    )


def test_the_columns_of_an_update_are_found_after_a_nested_query() -> None:
    assert {"reference", "sponsor_id", "import_id"} <= columns_set_by(staging.ENTER_OVER)
    assert "id" not in columns_set_by(staging.ENTER_OVER)


def enter(conn: Connection, *rows: staging.Newcomer, zone: str) -> list[dict[str, object]]:
    """Enter a new list with these members; returns their rows without the unique columns."""
    import_id = staging.begin(conn, 0, START)
    assert import_id is not None
    assert staging.add_members(conn, import_id, rows, zone, START)
    unique = {"id", "reference", "code", "phone", "number"}
    written = conn.execute(
        select(members).where(members.c.import_id == import_id).order_by(members.c.number)
    ).mappings()
    return [{name: row[name] for name in row if name not in unique} for row in written]


def newcomer(number: str, name: str, joined_at: int) -> staging.Newcomer:
    return staging.Newcomer(number, f"C{number}", "", name, f"+6281{number}", joined_at)


async def test_a_member_written_over_an_empty_one_is_like_a_new_one(database: Database) -> None:
    before = newcomer("A1", "Siti Aminah", 5_000_000)
    await database.write(lambda conn: enter(conn, before, zone="Asia/Jayapura"))
    await database.write(partial(leftovers.mark_abandoned, before=START))
    assert await database.write(partial(leftovers.empty_some, limit=10)) == 1
    both = [newcomer("B1", "Budi", 9_000_000), newcomer("B2", "Budi", 9_000_000)]
    over, new = await database.write(lambda conn: enter(conn, *both, zone=ZONE))
    assert over == new
    left = await database.read(lambda conn: conn.execute(select(members.c.id)).scalars().all())
    assert len(left) == len(both), "one of them was written over the empty row"
