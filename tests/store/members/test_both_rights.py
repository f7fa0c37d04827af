"""Rights, readers of messages, and messages delayed by a wrong clock, on both engines."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from bot.core.messaging.broadcasts import Audience
from bot.store.broadcasts import broadcasts
from bot.store.db.database import Database
from bot.store.members import people, roles
from bot.store.queue import claiming, notice_circles, outbox, waits
from bot.store.queue.outbox import OutboxKind

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


def put(conn: Connection, key: str, kind: OutboxKind, not_before: datetime | None) -> None:
    outbox.put(
        conn,
        key=key,
        chat_id=7,
        kind=kind,
        method="sendMessage",
        payload={},
        at=NOW,
        not_before=not_before,
    )


async def test_an_account_without_membership_has_the_rights_of_its_roles(
    database: Database,
) -> None:
    def unit(conn: Connection) -> None:
        people.meet(conn, 7, "id", NOW)
        roles.grant(conn, 7, "admin", None, NOW)

    await database.write(unit)
    found = await database.read(lambda conn: roles.rights_of(conn, 7))
    assert not found.member
    assert found.roles == {"admin"}
    outsider = await database.read(lambda conn: roles.rights_of(conn, 8))
    assert not outsider.member
    assert not outsider.suspended
    assert not outsider.roles


async def test_a_message_is_for_its_reader_unless_it_is_marked_otherwise(
    database: Database,
) -> None:
    def unit(conn: Connection) -> list[str]:
        put(conn, "a", "notice", None)
        put(conn, "b", "notice", None)
        notice_circles.note(conn, "b", "office")
        outbox_messages = claiming.claim(
            conn, NOW, 1, answers=9, bulk=9, excluded=()
        ).outbox_messages
        more = claiming.claim(conn, NOW, 1, answers=9, bulk=9, excluded=()).outbox_messages
        return [notice_circles.of(conn, message.id) for message in (*outbox_messages, *more)]

    assert await database.write(unit) == ["own"], "one to a chat"
    assert await database.read(lambda conn: notice_circles.of(conn, 2)) == "office"


async def test_the_person_who_resumed_a_broadcast_is_stored(database: Database) -> None:
    def unit(conn: Connection) -> int | None:
        number = broadcasts.add(
            conn,
            reference="b",
            author_id=7,
            body="Halo",
            file_id="",
            file_kind="",
            audience=Audience("all"),
            starts_at=NOW,
            at=NOW,
        )
        broadcasts.vouch(conn, number, 8)
        found = broadcasts.load(conn, number)
        assert found is not None
        return found.vouched_by

    assert await database.write(unit) == 8


async def test_the_latest_time_in_the_database_is_that_of_the_newest_rows(
    database: Database,
) -> None:
    assert await database.read(waits.latest_known) is None
    await database.write(lambda conn: put(conn, "a", "notice", None))
    assert await database.read(waits.latest_known) == NOW


async def test_messages_delayed_by_a_wrong_clock_wait_no_longer_than_the_right_one_asks(
    database: Database,
) -> None:
    def opening(at: datetime, zone: str) -> datetime:
        assert zone == "Asia/Jakarta"
        return at + HOUR

    def unit(conn: Connection) -> None:
        put(conn, "far notice", "notice", NOW + 72 * HOUR)
        put(conn, "near notice", "notice", NOW + HOUR / 2)
        put(conn, "far answer", "answer", NOW + 72 * HOUR)
        put(conn, "near answer", "answer", NOW + timedelta(seconds=10))
        assert waits.shorten_waits(conn, NOW, "Asia/Jakarta", opening) == 2
        assert waits.shorten_waits(conn, NOW, "Asia/Jakarta", opening) == 0

    await database.write(unit)
    found = await database.read(
        lambda conn: conn.exec_driver_sql("SELECT key, not_before FROM outbox").all()
    )
    waits_for = {key: moment and moment / 1e6 - NOW.timestamp() for key, moment in found}
    assert waits_for == {
        "far notice": 3600,
        "near notice": 1800,
        "far answer": None,
        "near answer": 10,
    }
