"""A database identifies its owner, on either engine."""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from bot.store.backup import seals
from bot.store.backup.seals import Identity, Seal
from bot.store.db.database import Database
from bot.store.db.migrations import migrate
from tests.store.bare_database import at, downgrade, empty_url

__all__ = ["empty_url"]

NOW = datetime(2026, 11, 22, 1, 5, 0, 7, tzinfo=UTC)


async def test_each_database_has_its_own_seal_from_the_first_migration_on(empty_url: str) -> None:
    await migrate(empty_url)
    found = await at(empty_url, seals.of)
    assert found.seal is not None
    assert len(bytes.fromhex(found.seal.token)) == 16
    assert (found.seal.bot, found.seal.sealed_at) == (None, None)
    assert (found.bots, found.reached) == (frozenset(), (0, 0))


async def test_the_seal_and_the_bot_are_kept(database: Database) -> None:
    sealed = Seal("token", 7, NOW)
    await database.write(lambda conn: seals.put(conn, sealed))
    assert (await database.read(seals.of)).seal == sealed
    for _ in range(2):
        noted = await database.write(lambda conn: seals.note_bot(conn, 8))
        assert noted == Seal("token", 8, NOW)
    await database.write(lambda conn: conn.execute(text("DELETE FROM seal")))
    assert await database.write(lambda conn: seals.note_bot(conn, 8)) is None
    assert (await database.read(seals.of)).seal is None


async def test_how_far_a_database_was_written_does_not_depend_on_a_clock(
    database: Database,
) -> None:
    def live(conn: Connection) -> None:
        conn.execute(text("INSERT INTO marks (name, value) VALUES ('epoch', 3)"))
        conn.execute(text("INSERT INTO cursors (bot_id, next_offset) VALUES (5, 1), (6, 1)"))
        conn.execute(
            text("""
            INSERT INTO inbox (bot_id, update_id, lane, body, received_at)
            VALUES (5, 1, 'a', '', 1), (5, 2, 'a', '', 1)
            """)
        )

    await database.write(live)
    found = await database.read(seals.of)
    assert (found.bots, found.reached) == (frozenset({5, 6}), (3, 2))


def test_a_database_without_a_seal_belongs_where_its_bot_does() -> None:
    def older(*bots: int) -> Identity:
        return Identity(None, frozenset(bots), (0, 0))

    seal = Seal("mine", 5, NOW)
    assert Identity(Seal("mine", 9), frozenset(), (0, 0)).belongs_to(seal)
    assert not Identity(Seal("theirs", 5, NOW), frozenset({5}), (0, 0)).belongs_to(seal)
    assert older().belongs_to(seal)
    assert older(5, 6).belongs_to(seal)
    assert not older(6).belongs_to(seal)
    assert older(6).belongs_to(Seal("mine"))


async def test_the_bot_of_an_older_database_is_known_if_only_one_has_used_it(
    empty_url: str,
) -> None:
    for bots, known in (([5], 5), ([6], None)):
        await migrate(empty_url)
        await at(empty_url, lambda conn: downgrade(conn, "0009"))
        for bot in bots:
            await at(
                empty_url,
                lambda conn, bot=bot: conn.execute(  # type: ignore[misc]
                    text("INSERT INTO cursors VALUES (:bot, 1)"), {"bot": bot}
                ),
            )
        await migrate(empty_url)
        found = await at(empty_url, seals.of)
        assert found.seal is not None
        assert found.seal.bot == known


def test_a_seal_no_bot_has_used_yet_says_nothing() -> None:
    """The last migration makes it; a start killed there has not written it beside the database."""
    made = Seal("made")
    assert Identity(made, frozenset(), (0, 0)).belongs_to(Seal("mine", 5, NOW))
    assert not Identity(made, frozenset({6}), (0, 0)).belongs_to(Seal("mine", 5, NOW))
    assert Identity(made, frozenset({6}), (0, 0)).belongs_to(Seal("made", 5, NOW))
    assert Identity(made, frozenset({6}), (0, 0)).bot == 6
    assert Identity(made, frozenset({6, 7}), (0, 0)).bot is None
    assert Identity(Seal("mine", None, NOW), frozenset({6}), (0, 0)).bot is None
