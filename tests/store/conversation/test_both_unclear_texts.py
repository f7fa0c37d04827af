"""Unclear texts are counted by shape and reason, below a ceiling, on both engines."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.store.conversation import unclear_texts
from bot.store.conversation.unclear_texts import SHAPES_MAX, UnclearText
from bot.store.db.database import Database
from tests.store.both import in_transaction, of_one_kind

FIRST, NEXT, LATER = "2026-11-01", "2026-11-02", "2026-12-01"


def everything(conn: Connection) -> list[UnclearText]:
    return unclear_texts.most_frequent(conn, "", SHAPES_MAX)


@in_transaction
def test_a_shape_is_counted_with_its_first_and_its_last_day(conn: Connection) -> None:
    assert everything(conn) == []
    for day in (FIRST, NEXT, NEXT):
        unclear_texts.count(conn, "stok …", "not-understood", day)
    unclear_texts.count(conn, "stok …", "asked-which", LATER)
    found = everything(conn)
    assert found == [
        UnclearText("stok …", "not-understood", 3, FIRST, NEXT),
        UnclearText("stok …", "asked-which", 1, LATER, LATER),
    ]
    of_one_kind(found)


@in_transaction
def test_the_most_frequent_of_the_last_days_come_first(conn: Connection) -> None:
    for shape, days in {
        "old": [FIRST] * 9,
        "often": [FIRST, LATER, LATER],
        "once": [LATER],
    }.items():
        for day in days:
            unclear_texts.count(conn, shape, "asked-if-sale", day)
    found = unclear_texts.most_frequent(conn, NEXT, 5)
    assert [(each.shape, each.times) for each in found] == [("often", 3), ("once", 1)]
    assert [each.shape for each in unclear_texts.most_frequent(conn, FIRST, 1)] == ["old"]


@in_transaction
def test_shapes_not_seen_for_long_are_deleted(conn: Connection) -> None:
    unclear_texts.count(conn, "gone", "not-understood", FIRST)
    for day in (FIRST, NEXT):
        unclear_texts.count(conn, "kept", "not-understood", day)
    unclear_texts.forget(conn, NEXT)
    assert [each.shape for each in everything(conn)] == ["kept"]


@in_transaction
def test_above_the_ceiling_the_rarest_goes_and_of_those_the_oldest(conn: Connection) -> None:
    unclear_texts.count(conn, "often", "not-understood", FIRST)
    unclear_texts.count(conn, "often", "not-understood", FIRST)
    unclear_texts.count(conn, "oldest", "not-understood", FIRST)
    for number in range(SHAPES_MAX - 2):
        unclear_texts.count(conn, f"shape {number}", "not-understood", NEXT)
    unclear_texts.count(conn, "newest", "not-understood", LATER)
    found = {each.shape for each in everything(conn)}
    assert len(found) == SHAPES_MAX
    assert {"often", "newest"} <= found
    assert "oldest" not in found
    unclear_texts.count(conn, "often", "not-understood", LATER)
    assert {each.shape for each in everything(conn)} == found, "a known shape needs no room"


async def test_no_other_reason_can_be_stored(database: Database) -> None:
    with pytest.raises(DBAPIError, match="ck_unclear_texts_why"):
        await database.write(
            lambda conn: unclear_texts.count(conn, "…", "because", FIRST)  # type: ignore[arg-type]
        )
