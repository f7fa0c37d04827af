"""A database of the first version is migrated whole, and derived columns are filled in."""

import pytest
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.store.db.migrations import FOLDER, migrate
from bot.store.db.schema import metadata
from tests.store.bare_database import at, empty_url

__all__ = ["empty_url"]

BEFORE = (
    """INSERT INTO members (id, reference, user_id, code, sponsor_id, name, title, phone,
         phone_verified, province, zone, birth_year, joined_at)
       VALUES (1, 'join1', 11, 'AAAA1111', NULL, 'Ayu Ningsih', 'Ibu', '+62811', 1, 'bali',
               'Asia/Makassar', 1978, 5),
              (2, 'join2', 12, 'AAAA2222', 1, 'Zoë  D''Árcy', 'Ibu', '+62812', 1, 'bali',
               'Asia/Makassar', 1978, 6)""",
    """INSERT INTO products (id, sku, name, member_price, retail_price, points, bonus_value)
       VALUES (1, 'SABUN', 'Sabun', 40000, 50000, 5, 30000)""",
    """INSERT INTO sales (id, reference, seller_id, sold_on, period, status, total, goods, points,
         bonus_value, logged_at)
       VALUES (1, 'a', 2, '2026-11-02', '2026-11', 'approved', 100000, 80000, 10, 60000, 7),
              (2, 'b', 2, '2026-11-03', '2026-11', 'void', 50000, 40000, 5, 30000, 8),
              (3, 'c', 2, '2026-11-04', '2026-11', 'approved', 50000, 40000, 5, 30000, 9)""",
    """INSERT INTO volumes (member_id, period, own_sales, own_points, own_profit, own_count)
       VALUES (2, '2026-11', 150000, 15, 30000, 2), (1, '2026-11', 0, 0, 0, 0)""",
    """INSERT INTO accounts (id, name, kind, member_id, balance)
       VALUES (1, 'house:customers', 'house', NULL, 0), (2, 'member:2:trade', 'trade', 2, 7)""",
    """INSERT INTO postings (id, reference, source_id, destination_id, amount, sale_id, reverses,
         period, at)
       VALUES (3, 'p', 1, 2, 7, 1, NULL, '2026-11', 10), (5, 'q', 1, 2, 9, 2, NULL, '2026-11', 11),
              (6, 'q:reversed', 2, 1, 9, 2, 5, '2026-11', 12)""",
    "INSERT INTO tip_clocks (member_id, hour, paused, due_at) VALUES (1, '09:00', 1, 5)",
    "INSERT INTO tip_clocks (member_id, hour, paused, due_at) VALUES (2, '10:00', 0, 6)",
    """INSERT INTO outbox (id, key, chat_id, kind, method, payload, state, not_before, created_at,
         message_id, error)
       VALUES (4, 'u1', 12, 'answer', 'sendMessage', '{}', 'sent', NULL, 13, 77, NULL),
              (9, 'u2', 12, 'tip', 'tip', '{}', 'new', 99, 14, NULL, 'late')""",
)

POSTINGS = """SELECT id, reference, source_id, destination_id, amount, sale_id, reverses, period,
  at, closing FROM postings ORDER BY id"""


def _first_version(conn: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    scripts = ScriptDirectory.from_config(config)
    with EnvironmentContext(
        config, scripts, fn=lambda revision, _: scripts._upgrade_revs("0001", revision)
    ) as environment:
        environment.configure(connection=conn, target_metadata=metadata)
        environment.run_migrations()
    for statement in BEFORE:
        conn.exec_driver_sql(statement)


def _all(conn: Connection, statement: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in conn.execute(text(statement))]


async def test_a_database_of_the_first_version_is_migrated_whole(empty_url: str) -> None:
    await at(empty_url, _first_version)
    await migrate(empty_url)

    def look(conn: Connection) -> None:
        assert _all(conn, POSTINGS) == [
            (3, "p", 1, 2, 7, 1, None, "2026-11", 10, None),
            (5, "q", 1, 2, 9, 2, None, "2026-11", 11, None),
            (6, "q:reversed", 2, 1, 9, 2, 5, "2026-11", 12, None),
        ]
        assert _all(
            conn,
            "SELECT id, key, chat_id, kind, state, not_before, message_id, error, broadcast_id "
            "FROM outbox ORDER BY id",
        ) == [
            (4, "u1", 12, "answer", "sent", None, 77, None, None),
            (9, "u2", 12, "tip", "new", 99, None, "late", None),
        ]
        bonus = "SELECT member_id, own_bonus FROM volumes ORDER BY member_id"
        assert _all(conn, bonus) == [(1, 0), (2, 90_000)]
        words = "SELECT word, member_id FROM member_words ORDER BY member_id, word"
        assert _all(conn, words) == [
            ("ayu", 1),
            ("ningsih", 1),
            ("darcy", 2),
            ("zoe", 2),
        ]
        refused = "SELECT member_id, purpose, given FROM permissions"
        assert _all(conn, refused) == [(1, "tips", 0)]
        prices = "SELECT product_id, from_day, member_price, points, bonus_value FROM prices"
        assert _all(conn, prices) == [(1, "2000-01-01", 40_000, 5, 30_000)]

    await at(empty_url, look)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE postings SET amount = 1",
        "DELETE FROM postings",
        """INSERT INTO postings (reference, source_id, destination_id, amount, period, at)
           VALUES ('no cause', 1, 2, 5, '2026-11', 1)""",
        "UPDATE outbox SET kind = 'letter'",
        "INSERT INTO credits SELECT 1, '2026-11', 1, 'tim', 2, 1, 10, 10, 10",
    ],
)
async def test_the_new_tables_guard_as_the_old_ones_did(empty_url: str, change: str) -> None:
    await at(empty_url, _first_version)
    await migrate(empty_url)
    with pytest.raises(DBAPIError):
        await at(empty_url, lambda conn: conn.execute(text(change)))
