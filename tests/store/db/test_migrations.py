"""The tables are created whole or not at all, and match the schema in the code."""

import asyncio
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from bot.core.customers.customer_keys import name_key, phone_in
from bot.store.broadcasts import recipients
from bot.store.customers import customers
from bot.store.db import read_only
from bot.store.db.database import Database, open_database, sqlite_engine
from bot.store.db.migrations import NewerSchemaError, current, head, is_known, migrate
from bot.store.db.schema import metadata
from bot.store.db.write_lease import ServerLeaseHeldError, hold_write_lease
from bot.store.ledger import ledger
from bot.store.members import members
from bot.store.queue import claiming, outcomes
from bot.store.tips import consents
from tests.blank import blank_file
from tests.store.bare_database import at, downgrade, empty_url
from tests.store.both import ACCOUNT, MONTH, START, ZONE, join, sell, stock

__all__ = ["empty_url"]

ROOT = Path(__file__).parents[3]


def _differences(conn: Connection) -> list[object]:
    context = MigrationContext.configure(conn, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def _tables(conn: Connection) -> set[str]:
    return set(inspect(conn).get_table_names()) - {"alembic_version"}


async def test_the_migrations_run_up_down_and_up_again_and_match_the_code(
    empty_url: str,
) -> None:
    assert await current(empty_url) is None
    assert await migrate(empty_url)
    assert await current(empty_url) == head()
    assert await at(empty_url, _differences) == []
    await at(empty_url, downgrade)
    assert await at(empty_url, _tables) == set()
    assert await migrate(empty_url)
    assert not await migrate(empty_url)
    assert await at(empty_url, _differences) == []


async def test_members_who_paused_tips_count_as_refusing_them_and_back(
    empty_url: str,
) -> None:
    def begin(conn: Connection) -> None:
        for member in join(conn, [None, 1, 1]):
            members.start_tips(conn, member, "09:00", START)
        consents.note(conn, 1, "tips", given=False, at=START)
        consents.note(conn, 2, "tips", given=False, at=START)
        consents.note(conn, 2, "tips", given=True, at=START)

    def paused(conn: Connection) -> list[int]:
        found = conn.execute(text("SELECT paused FROM tip_clocks ORDER BY member_id"))
        return list(found.scalars())

    await migrate(empty_url)
    await at(empty_url, begin)
    await at(empty_url, partial(downgrade, to="0001"))
    assert await at(empty_url, paused) == [1, 0, 0]
    await migrate(empty_url)
    for member, wanted in ((1, False), (2, True), (3, True)):
        look = partial(consents.allows, member_id=member, purpose="tips")
        assert await at(empty_url, look) is wanted


async def test_a_broadcast_under_way_at_the_upgrade_goes_on(empty_url: str) -> None:
    def under_way(conn: Connection) -> None:
        conn.execute(
            text("""
                INSERT INTO broadcasts (reference, author_id, body, audience, state, starts_at,
                                        created_at)
                VALUES ('b', 1, 'Halo', 'all', 'running', 0, 0)
            """)
        )
        conn.execute(
            text("""
                INSERT INTO outbox (key, chat_id, kind, method, payload, state, not_before,
                                    created_at, broadcast_id)
                VALUES ('now', :chat, 'broadcast', 'broadcast', '{}', 'held', NULL, 5, 1),
                       ('later', :chat, 'broadcast', 'broadcast', '{}', 'held', 7, 5, 1)
            """),
            {"chat": ACCOUNT + 1},
        )

    def moments(conn: Connection) -> dict[str, int]:
        return dict(map(tuple, conn.execute(text("SELECT key, due_at FROM outbox"))))

    def taken(conn: Connection) -> list[str]:
        outcomes.recover(conn, 1, START)
        assert recipients.release(conn, 1, [ZONE], START, 9) == 2
        found = [claiming.claim(conn, START, 1, answers=1, bulk=1, excluded=()) for _ in "12"]
        return [message.key for each in found for message in each.outbox_messages]

    await migrate(empty_url)
    await at(empty_url, lambda conn: join(conn, [None]))
    await at(empty_url, partial(downgrade, to="0003"))
    await at(empty_url, under_way)
    await migrate(empty_url)
    assert await at(empty_url, moments) == {"now": 5, "later": 7}
    database = open_database(empty_url)
    try:
        assert await database.write(taken) == ["now"], "one at a time to a chat"
    finally:
        await database.close()


async def test_customers_get_keys_of_today_and_none_is_lost_or_put_together(
    empty_url: str,
) -> None:
    """Of names that have one key by now the oldest is found, the others keep a row and a key."""
    before = (
        (1, "Bu Wati", "wati"),
        (1, "Bu Wati 🙏", "wati 🙏"),
        (1, "Ny Wati*", "ny wati*"),
        (1, "dr. Budi", "dr. budi"),
        (1, "Pak Budi", "budi"),
        (1, "Nur", "nur"),
        (2, "Ibu  WATI", "wati"),
    )
    keys = ["bu wati", "bu wati #2", "bu wati #3", "budi", "pak budi", "nur", "bu wati"]

    def enter(conn: Connection) -> None:
        for member_id, name, key in before:
            conn.execute(
                text("""
                    INSERT INTO customers (member_id, name, name_key, created_at)
                    VALUES (:member_id, :name, :key, 0)
                """),
                {"member_id": member_id, "name": name, "key": key},
            )

    def stored(conn: Connection) -> list[tuple[object, ...]]:
        rows = conn.execute(text("SELECT member_id, name, name_key FROM customers ORDER BY id"))
        return [tuple(row) for row in rows]

    def found(conn: Connection) -> list[int | None]:
        named = (customers.named(conn, 1, name_key(name)) for _, name, _ in before)
        return [None if one is None else one.id for one in named]

    await migrate(empty_url)
    await at(empty_url, lambda conn: join(conn, [None, 1]))
    await at(empty_url, partial(downgrade, to="0013"))
    await at(empty_url, enter)
    await migrate(empty_url)
    names = [(member_id, name) for member_id, name, _ in before]
    assert await at(empty_url, stored) == [
        (*each, key) for each, key in zip(names, keys, strict=True)
    ]
    assert await at(empty_url, found) == [1, 1, 1, 4, 5, 6, 1]
    await at(empty_url, partial(downgrade, to="0013"))
    assert [row[:2] for row in await at(empty_url, stored)] == names
    back = ["wati", "wati 🙏", "ny wati*", "dr. budi", "budi", "nur", "wati"]
    assert [row[2] for row in await at(empty_url, stored)] == back


async def test_customers_who_were_put_together_keep_the_schema(empty_url: str) -> None:
    def put_together(conn: Connection) -> None:
        join(conn, [None])
        first = customers.add(conn, 1, "Bu Ani", "bu ani", START)
        customers.merge(conn, 1, first, customers.add(conn, 1, "Bu Ana", "bu ana", START), START)

    await migrate(empty_url)
    await at(empty_url, put_together)
    with pytest.raises(RuntimeError, match="1 names of customers"):
        await at(empty_url, partial(downgrade, to="0013"))


async def test_a_name_with_an_apostrophe_is_found_by_its_joined_word_and_back(
    empty_url: str,
) -> None:
    def enter(conn: Connection) -> None:
        conn.execute(text("UPDATE members SET name = 'Ma''ruf Nur’aini' WHERE id = 1"))
        conn.execute(text("DELETE FROM member_words WHERE member_id = 1"))
        for word in ("ma", "ruf", "nur", "aini"):
            conn.execute(
                text("INSERT INTO member_words (word, member_id) VALUES (:word, 1)"),
                {"word": word},
            )

    def words(conn: Connection) -> set[str]:
        found = conn.execute(text("SELECT word FROM member_words WHERE member_id = 1"))
        return set(found.scalars())

    await migrate(empty_url)
    await at(empty_url, partial(join, sponsors=[None, None]))
    await at(empty_url, partial(downgrade, to="0018"))
    await at(empty_url, enter)
    await migrate(empty_url)
    assert await at(empty_url, words) == {"maruf", "nuraini"}
    await at(empty_url, partial(downgrade, to="0018"))
    assert await at(empty_url, words) == {"ma", "ruf", "nur", "aini"}


async def test_a_database_of_a_newer_version_is_left_alone(database_url: str) -> None:
    await at(
        database_url,
        lambda conn: conn.execute(text("UPDATE alembic_version SET version_num = '9999'")),
    )
    with pytest.raises(NewerSchemaError, match="9999"):
        await migrate(database_url)
    assert await at(database_url, _tables) == set(metadata.tables)


KILLED = """
import asyncio, os, sys
from alembic import op
from bot.store.db.migrations import migrate

made = op.create_table

def create_table(*args, **kwargs):
    if args[0] == "sales":
        os._exit(9)
    return made(*args, **kwargs)

op.create_table = create_table
asyncio.run(migrate(sys.argv[1]))
"""


async def test_a_migration_that_is_killed_in_the_middle_leaves_nothing(empty_url: str) -> None:
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", KILLED, empty_url], cwd=ROOT, check=False
    )
    assert killed.returncode == 9
    assert await at(empty_url, _tables) == set()
    assert await migrate(empty_url)
    assert await at(empty_url, _differences) == []


def test_every_table_of_sqlite_refuses_a_text_where_a_number_belongs(tmp_path: Path) -> None:
    file = blank_file(tmp_path)
    with read_only.read_only_engine(file).begin() as conn:
        said = read_only.sqlite_state(conn)
        assert said.loose == ()
        assert said.journal == "wal"
        assert read_only.find_damage(conn) == []
    with sqlite_engine(make_url(f"sqlite:///{file}")).begin() as conn:
        conn.exec_driver_sql("CREATE TABLE lax (id INTEGER)")
        assert read_only.sqlite_state(conn).loose == ("lax",)


@pytest.mark.parametrize(
    "change",
    ["UPDATE postings SET amount = 1", "DELETE FROM postings"],
    ids=["changed", "taken away"],
)
async def test_a_posting_is_never(database: Database, change: str) -> None:
    def posted(conn: Connection) -> None:
        (mine,) = join(conn, [None])
        soap, _ = stock(conn)
        sale = sell(conn, mine, soap)
        source, destination = ledger.house_account(conn, "a"), ledger.trade_account(conn, mine)
        ledger.post(conn, ledger.Posting("p", source, destination, 5, sale, MONTH), START)

    await database.write(posted)
    with pytest.raises(DBAPIError, match="reverse it"):
        await database.write(lambda conn: conn.exec_driver_sql(change))
    left = await database.read(
        lambda conn: conn.exec_driver_sql("SELECT amount FROM postings").all()
    )
    assert [tuple(row) for row in left] == [(5,)]


async def test_a_look_from_outside_sees_the_step_and_cannot_write(database_url: str) -> None:
    assert await read_only.look(database_url, read_only.revision) == head()
    assert is_known(head())
    assert not is_known("9999")
    assert await read_only.look(database_url, read_only.holds_tables)
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await read_only.look(database_url, lambda conn: conn.exec_driver_sql("DELETE FROM marks"))


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
async def test_one_at_a_time_has_the_right_to_write_on_a_server(database_url: str) -> None:
    async with hold_write_lease(database_url):
        with pytest.raises(ServerLeaseHeldError, match=r"127\.0\.0\.1|this machine"):
            async with hold_write_lease(database_url):
                pytest.fail("two programs write")
    async with hold_write_lease(database_url):
        pass


async def test_a_database_can_be_opened_again_and_again(database_url: str) -> None:
    for _ in range(3):
        database = open_database(database_url)
        assert await database.read(_tables) == set(metadata.tables)
        await database.close()


async def test_numbers_in_the_names_of_customers_are_found_after_the_upgrade(
    empty_url: str,
) -> None:
    before = (("Bu Ani 0812-3456-7890", "081234567890"), ("Bu Ani", ""), ("Toko 3", ""))

    def enter(conn: Connection) -> None:
        for name, _ in before:
            conn.execute(
                text("""
                    INSERT INTO customers (member_id, name, name_key, created_at)
                    VALUES (1, :name, :key, 0)
                """),
                {"name": name, "key": name_key(name)},
            )

    def stored(conn: Connection) -> list[tuple[object, ...]]:
        rows = conn.execute(text("SELECT name, phone FROM customers ORDER BY id"))
        return [tuple(row) for row in rows]

    await migrate(empty_url)
    await at(empty_url, lambda conn: join(conn, [None]))
    await at(empty_url, partial(downgrade, to="0032"))
    await at(empty_url, enter)
    await migrate(empty_url)
    assert await at(empty_url, stored) == [tuple(each) for each in before]
    assert [phone for _, phone in before] == [phone_in(name_key(name)) for name, _ in before]
