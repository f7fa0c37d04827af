"""What receiving keeps: open questions, albums and moments, on SQLite and on PostgreSQL."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.store.conversation import sessions
from bot.store.conversation.sessions import Session
from bot.store.db import counters
from bot.store.members import people
from bot.store.queue import albums, inbox
from tests.store.both import ACCOUNT, START, ZONE, in_books, join

MINUTE = timedelta(minutes=1)
HOME = "Asia/Jakarta"


def _asked(conn: Connection, chat_id: int, at: datetime) -> None:
    session = Session(chat_id, "sell", 1, f"r{chat_id}", "", (), (), "AskX:1", None, at)
    sessions.save(conn, session, at)


def _open(conn: Connection, *, zones: tuple[str, ...] = (ZONE, HOME), limit: int = 9) -> list[int]:
    return sessions.left_open(conn, START, START + MINUTE, zones=zones, home=HOME, limit=limit)


@in_books
def test_questions_of_a_time_are_found_where_they_can_be_put(conn: Connection) -> None:
    join(conn, [None, 1, 1])
    people.meet(conn, ACCOUNT, "id", START)
    for place, seconds in ((0, 3), (1, 2), (2, 1), (3, -1)):
        _asked(conn, ACCOUNT + place, START + timedelta(seconds=seconds))
    assert _open(conn) == [ACCOUNT + 2, ACCOUNT + 1, ACCOUNT]
    assert _open(conn, limit=1) == [ACCOUNT + 2]
    assert _open(conn, zones=(ZONE,)) == [ACCOUNT + 2, ACCOUNT + 1]
    assert _open(conn, zones=(HOME,)) == [ACCOUNT]
    assert _open(conn, zones=()) == []
    people.reached(conn, ACCOUNT + 2, "blocked")
    inbox.store(conn, 1, [(5, f"chat {ACCOUNT + 1}", "{}"), (6, "chat 1", "{}")], 7, START)
    assert _open(conn) == [ACCOUNT]
    assert sessions.any_left_open(conn, START, START + MINUTE)


@in_books
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


@in_books
def test_an_album_is_new_once_and_taken_once(conn: Connection) -> None:
    assert albums.seen(conn, ACCOUNT, "a", START) == "first"
    assert albums.seen(conn, ACCOUNT, "a", START) == "before"
    assert albums.seen(conn, ACCOUNT, "b", START) == "first"
    assert albums.seen(conn, ACCOUNT + 1, "a", START) == "first"
    albums.take(conn, ACCOUNT, "a")
    assert albums.seen(conn, ACCOUNT, "a", START) == "taken"
    assert albums.seen(conn, ACCOUNT, "c", START + timedelta(days=3)) == "first"
    assert albums.seen(conn, ACCOUNT, "a", START + timedelta(days=3)) == "first"


@in_books
def test_a_moment_is_kept_to_the_microsecond(conn: Connection) -> None:
    at = START + timedelta(microseconds=123_457)
    assert counters.moment(conn, "heard 7") is None
    counters.put_moment(conn, "heard 7", at)
    assert counters.moment(conn, "heard 7") == at
    counters.put(conn, "heard 7", 0)
    assert counters.moment(conn, "heard 7") is None
