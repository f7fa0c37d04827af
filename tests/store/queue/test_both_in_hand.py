"""Updates in progress when a process ended, on both engines."""

from sqlalchemy import Connection, text

from bot.core.messaging import retry_policy
from bot.store.queue import dead_letters, in_progress, inbox
from bot.store.queue.inbox import Received
from tests.store.both import START, in_transaction, of_one_kind

ROWS = text("SELECT update_id, state, taken, alone, ended, ended_alone FROM inbox ORDER BY id")


def fill(conn: Connection, count: int) -> None:
    updates = [(number, f"chat {number}", "{}") for number in range(count)]
    inbox.store(conn, 9, updates, count, START)


def rows(conn: Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in conn.execute(ROWS)]


def marked(conn: Connection) -> list[object]:
    return [row[0] for row in rows(conn) if row[2] is not None]


@in_transaction
def test_updates_in_progress_are_counted_unless_released_or_done(conn: Connection) -> None:
    fill(conn, 4)
    first, second, _ = in_progress.take(conn, 0, 3, epoch=1, room=9)
    of_one_kind(first.id, first.received_at, first.ended, first.ended_alone)
    assert [row[2] for row in rows(conn)] == [1, 1, 1, None]
    assert inbox.mark_done(conn, first.id)
    in_progress.unmark_all(conn, epoch=7)
    assert in_progress.recover(conn, epoch=2) == (2, [])
    assert [row[1:] for row in rows(conn)] == [
        ("done", 1, 0, 0, 0),
        ("new", None, 0, 1, 0),
        ("new", None, 0, 1, 0),
        ("new", None, 0, 0, 0),
    ]
    assert [row.ended for row in in_progress.take(conn, 0, 9, epoch=2, room=9)] == [1, 1, 0]
    in_progress.unmark_all(conn, epoch=2)
    assert in_progress.recover(conn, epoch=3) == (0, [])
    in_progress.take(conn, first.id, 1, epoch=3, room=9)
    assert in_progress.recover(conn, epoch=4) == (1, [])
    # A suspect is taken, but not marked before it is alone.
    found = in_progress.take(conn, 0, 9, epoch=4, room=9)
    assert (found[0].id, found[0].ended) == (second.id, retry_policy.ENDS_MAX)
    assert rows(conn)[1][2] is None


@in_transaction
def test_only_the_update_that_ended_the_process_becomes_a_dead_letter(
    conn: Connection,
) -> None:
    fill(conn, 3)
    bad, other, _ = in_progress.take(conn, 0, 9, epoch=1, room=9)
    for epoch in range(1, retry_policy.ALONE_ENDS_MAX + 1):
        assert in_progress.recover(conn, epoch)[1] == []
        in_progress.take(conn, 0, 9, epoch, room=9)
        assert in_progress.mark_alone(conn, bad.id, epoch)
    count, [condemned] = in_progress.recover(conn, epoch=9)
    assert (count, condemned) == (1, Received(bad.id, 0, "chat 0", "{}", START, 5, 4))
    assert [row[4] for row in rows(conn)] == [5, 1, 1]
    assert inbox.mark_dead(conn, bad.id, "gave up")
    assert not in_progress.mark_alone(conn, bad.id, epoch=9)
    [dead] = dead_letters.page(conn, 9, 0)
    assert dead.error == in_progress.REASON
    assert in_progress.recover(conn, epoch=10) == (0, [])
    # Put back, it has one more try.
    assert dead_letters.put_back(conn, bad.id)
    back = in_progress.take(conn, other.id + 1, 9, epoch=10, room=9)[-1]
    assert (back.update_id, back.ended, back.ended_alone) == (0, 5, 3)
    assert in_progress.mark_alone(conn, back.id, epoch=10)
    assert [row.id for row in in_progress.recover(conn, epoch=11)[1]] == [back.id]
    # It is no dead letter yet: the process ended even before that.
    assert [row.id for row in in_progress.recover(conn, epoch=12)[1]] == [back.id]
    assert in_progress.recover(conn, epoch=13) == (1, [])
    assert rows(conn)[-1][1] == "dead"


@in_transaction
def test_a_suspect_that_was_not_tried_after_all_is_not_blamed(conn: Connection) -> None:
    fill(conn, 1)
    (row,) = in_progress.take(conn, 0, 9, epoch=1, room=9)
    assert in_progress.mark_alone(conn, row.id, epoch=1)
    in_progress.unmark(conn, row.id)
    assert in_progress.recover(conn, epoch=2) == (0, [])
    assert rows(conn) == [(0, "new", None, 0, 0, 0)]


@in_transaction
def test_suspects_are_not_marked_and_others_only_as_far_as_there_is_room(conn: Connection) -> None:
    fill(conn, 5)
    rows = in_progress.take(conn, 0, 9, epoch=1, room=2)
    assert [row.update_id for row in rows] == [0, 1, 2, 3, 4]
    assert marked(conn) == [0, 1]
    in_progress.take(conn, 0, 9, epoch=1, room=0)
    in_progress.mark(conn, [], epoch=1)
    in_progress.mark(conn, [rows[4].id], epoch=1)
    assert marked(conn) == [0, 1, 4]
    for epoch in (2, 3):
        assert in_progress.recover(conn, epoch)[0] == 3
        in_progress.mark(conn, [rows[number].id for number in (0, 1, 4)], epoch)
    in_progress.unmark_all(conn, epoch=3)
    again = in_progress.take(conn, 0, 9, epoch=4, room=1)
    assert in_progress.ids_to_mark(again, 9) == [rows[2].id, rows[3].id]
    assert marked(conn) == [2]
    assert inbox.mark_done(conn, rows[3].id)
    in_progress.mark(conn, [rows[3].id], epoch=4)
    assert marked(conn) == [2]
