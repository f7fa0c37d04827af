"""What receiving stores: open questions, albums and times, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.conversation import sessions
from bot.store.conversation.sessions import Session
from bot.store.db import counters
from bot.store.db.database import Database
from bot.store.members import people
from bot.store.queue import albums, dead_letters, inbox
from tests.store.both import ACCOUNT, START, ZONE, in_transaction, join

MINUTE = timedelta(minutes=1)
HOME = "Asia/Jakarta"
ON_A_SERVER = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def _asked(conn: Connection, chat_id: int, at: datetime) -> None:
    session = Session(chat_id, "sell", 1, f"r{chat_id}", "", (), (), "AskX:1", None, at)
    sessions.save(conn, session, at)


def _open(conn: Connection, *, zones: tuple[str, ...] = (ZONE, HOME), limit: int = 9) -> list[int]:
    return sessions.left_open(conn, START, START + MINUTE, zones=zones, home=HOME, limit=limit)


@in_transaction
def test_rows_are_inserted_one_unit_after_the_other(conn: Connection) -> None:
    inbox.in_order(conn)
    inbox.in_order(conn)  # the lock is held for the whole unit
    held = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
    if conn.dialect.name == "postgresql":
        assert conn.execute(held).scalar_one() >= 1


@in_transaction
def test_open_questions_of_a_period_are_found_where_they_can_be_asked_again(
    conn: Connection,
) -> None:
    join(conn, [None, 1, 1])
    people.meet(conn, ACCOUNT, "id", START)
    for place, seconds in ((0, 3), (1, 2), (2, 1), (3, -1)):
        _asked(conn, ACCOUNT + place, START + timedelta(seconds=seconds))
    assert _open(conn) == [ACCOUNT + 2, ACCOUNT + 1, ACCOUNT]
    assert _open(conn, limit=1) == [ACCOUNT + 2]
    assert _open(conn, zones=(ZONE,)) == [ACCOUNT + 2, ACCOUNT + 1]
    assert _open(conn, zones=(HOME,)) == [ACCOUNT]
    assert _open(conn, zones=()) == []
    people.set_reach(conn, ACCOUNT + 2, "blocked")
    inbox.store(conn, 1, [(5, f"chat {ACCOUNT + 1}", "{}"), (6, "chat 1", "{}")], 7, START)
    assert _open(conn) == [ACCOUNT]
    assert sessions.any_left_open(conn, START, START + MINUTE)


@in_transaction
def test_a_question_is_touched_once(conn: Connection) -> None:
    people.meet(conn, ACCOUNT, "id", START)
    _asked(conn, ACCOUNT, START)
    assert sessions.any_since(conn, START)
    assert not sessions.any_since(conn, START + MINUTE)
    assert sessions.touch(conn, ACCOUNT, START + MINUTE, START + 2 * MINUTE)
    assert not sessions.touch(conn, ACCOUNT, START + MINUTE, START + 3 * MINUTE)
    assert sessions.any_since(conn, START + MINUTE)
    assert not sessions.any_left_open(conn, START, START + MINUTE)
    assert not sessions.touch(conn, ACCOUNT + 1, START + MINUTE, START)


@in_transaction
def test_an_album_is_new_once_and_taken_once(conn: Connection) -> None:
    assert albums.seen(conn, ACCOUNT, "a", START) == "first"
    assert albums.seen(conn, ACCOUNT, "a", START) == "before"
    assert albums.seen(conn, ACCOUNT, "b", START) == "first"
    assert albums.seen(conn, ACCOUNT + 1, "a", START) == "first"
    albums.take(conn, ACCOUNT, "a")
    assert albums.seen(conn, ACCOUNT, "a", START) == "taken"
    assert albums.seen(conn, ACCOUNT, "c", START + timedelta(days=3)) == "first"
    assert albums.seen(conn, ACCOUNT, "a", START + timedelta(days=3)) == "first"


@in_transaction
def test_a_moment_is_kept_to_the_microsecond(conn: Connection) -> None:
    at = START + timedelta(microseconds=123_457)
    assert counters.moment(conn, "heard 7") is None
    counters.put_moment(conn, "heard 7", at)
    assert counters.moment(conn, "heard 7") == at
    counters.put(conn, "heard 7", 0)
    assert counters.moment(conn, "heard 7") is None


@in_transaction
def test_a_stored_update_is_not_new_and_only_moves_the_cursor(conn: Connection) -> None:
    def store(numbers: Iterable[int], following: int) -> tuple[int, int]:
        rows = [(number, "chat 1", "{}") for number in numbers]
        return inbox.store(conn, 9, rows, following, START), inbox.next_offset(conn, 9)

    assert store([100, 101], 102) == (2, 102)
    assert store([100, 101], 102) == (0, 102)
    assert store([100], 101) == (0, 102)
    # A new number may be a low one: Telegram begins at any after a quiet week.
    assert store([7, 8], 9) == (2, 9)
    assert store([8, 9], 10) == (1, 10)
    assert store([101], 102) == (0, 102)
    assert inbox.store(conn, 10, [(100, "chat 1", "{}")], 101, START) == 1
    assert inbox.next_offset(conn, 9) == 102


@ON_A_SERVER
async def test_a_row_that_is_put_back_is_seen_before_those_with_higher_ids(
    database_url: str, database: Database
) -> None:
    """Updates are read in ascending order: a lower id that came later would be skipped."""

    def dead(conn: Connection) -> int:
        inbox.store(conn, 9, [(1, "chat 1", "{}")], 2, START)
        (row,) = inbox.waiting(conn, 0, 9)
        assert inbox.mark_dead(conn, row.id, "gave up")
        return row.id

    row_id = await database.write(dead)
    store = partial(inbox.store, bot_id=9, updates=[(2, "chat 2", "{}")], next_offset=3, at=START)
    engine = create_async_engine(database_url, poolclass=NullPool)
    try:
        async with engine.begin() as slow:
            assert await slow.run_sync(dead_letters.put_back, row_id)
            storing = asyncio.create_task(database.write(store))
            async with asyncio.timeout(30):
                while not (storing.done() or await database.read(_one_waits)):
                    await asyncio.sleep(0.01)
            # No row with a lower id appears after one that can be read by now.
            seen = await database.read(partial(inbox.waiting, after=0, limit=9))
        last = max((row.id for row in seen), default=0)
        await storing
    finally:
        await engine.dispose()
    behind = await database.read(partial(inbox.waiting, after=last, limit=9))
    assert [row.update_id for row in [*seen, *behind]] == [1, 2]


def _one_waits(conn: Connection) -> bool:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
    count: int = conn.execute(waiting).scalar_one()
    return count > 0
