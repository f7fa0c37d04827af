"""What the database refuses is logged without people's words, on SQLite and on PostgreSQL."""

import io
import logging
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.db.database import Database
from bot.store.members import people
from bot.store.queue import outbox
from bot.telemetry import logs
from tests.store.both import START
from tests.telemetry.test_logs_private import lines

__all__ = ["lines"]

SAID = "Rahasiawati\nbaris kedua"
ACCOUNT = 5_551_234
WORDS = ("Rahasiawati", "kedua", "5551234")
PUT = text("INSERT INTO marks (name, value) VALUES (:name, 1)")
UNREACH = text("UPDATE people SET reach = :reach")


def _put(conn: Connection, **differing: Any) -> None:
    facts: dict[str, Any] = {
        "key": SAID,
        "chat_id": ACCOUNT,
        "kind": "answer",
        "method": "sendMessage",
        "payload": {"text": SAID},
        "at": START,
    }
    outbox.put(conn, **(facts | differing))


def _bad_kind(conn: Connection) -> None:
    _put(conn, kind=SAID)


def _text_for_a_number(conn: Connection) -> None:
    _put(conn, chat_id=SAID)


def _twice(conn: Connection) -> None:
    for _ in range(2):
        conn.execute(PUT, {"name": SAID})


def _bad_reach(conn: Connection) -> None:
    people.meet(conn, ACCOUNT, SAID, START)
    conn.execute(UNREACH, {"reach": SAID})


@pytest.mark.parametrize("unit", [_bad_kind, _text_for_a_number, _twice, _bad_reach])
async def test_what_the_database_refuses_is_logged_without_its_values(
    database: Database, lines: io.StringIO, unit: Any
) -> None:
    with pytest.raises(SQLAlchemyError) as caught:
        await database.write(unit)
    log = logging.getLogger("bot.test")
    log.error("It broke.", exc_info=caught.value)
    log.error("It broke: %s", caught.value)
    written = lines.getvalue()
    assert written.count("It broke") >= 2
    assert "hidden" in written or "<values>" in written
    assert [word for word in WORDS if word in written] == []


@pytest.mark.parametrize(
    "words",
    [
        "broke\nDETAIL:  Failing row contains (1, Rahasiawati\nbaris kedua, x).",
        "broke\nDETAIL:  Key (name)=(Rahasiawati\n\nbaris kedua) already exists.",
        "Failing row contains (1, Rahasiawati\nbaris kedua).",
        "invalid input for query argument $2: 'Rahasiawati\nbaris kedua' (expected)",
        'invalid input syntax for type bigint: "Rahasiawati\nbaris kedua"',
    ],
)
def test_values_with_line_breaks_are_taken_out_to_their_end(
    lines: io.StringIO, words: str
) -> None:
    assert "Rahasiawati" not in logs.redact(words)
    assert "kedua" not in logs.redact(words)
    outer = RuntimeError(words)
    outer.__cause__ = RuntimeError("where it began")
    logging.getLogger("bot.test").error("It broke.", exc_info=outer)
    written = lines.getvalue()
    assert "where it began" in written, "only the words of one error are cut"
    assert "Rahasiawati" not in written
    assert "kedua" not in written
